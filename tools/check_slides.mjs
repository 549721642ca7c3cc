// List what does not fit on the slides: node tools/check_slides.mjs static|live [START OF NAME ...]
// static: the pages in build/slides, after `make slides`. live: the notebooks, in JupyterLab with RISE.
// Needs Node.js with npm, the network once, and Chromium (CHROMIUM=path, where it is not /usr/bin/chromium).

import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { fail, launch } from "./browser.mjs";

const ROOT = resolve(fileURLToPath(import.meta.url), "../..");
const SLIDES = join(ROOT, "build", "slides");
const SIZES = [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }];
const PORT = Number(process.env.PORT ?? 8977);

// Runs in the page: the slide that is shown, and by how many pixels its content passes each edge of the window.
function measure() {
  const slide = [...document.querySelectorAll(".slides section.present")].at(-1);
  if (!slide) return null;
  const siblings = (one) => [...one.parentElement.children].filter((other) => other.tagName === "SECTION");
  const stacks = [slide.parentElement, slide].filter((one) => one.tagName === "SECTION");
  const place = stacks.map((one) => siblings(one).indexOf(one) + 1).join(".");
  const parts = slide.querySelectorAll("p, li, h1, h2, h3, pre, .cm-line, td, th, img, table, mjx-container, .MathJax_CHTML");
  const found = { top: 0, right: 0, bottom: 0 };
  for (const part of parts) {
    const content = document.createRange();
    content.selectNodeContents(part);
    const box = (part.tagName === "IMG" ? part : content).getBoundingClientRect();
    if (!box.width || !box.height || part.closest("aside")) continue;
    found.top = Math.max(found.top, -box.top);
    found.right = Math.max(found.right, box.right - innerWidth);
    found.bottom = Math.max(found.bottom, box.bottom - innerHeight);
    for (let outer = part; outer !== slide; outer = outer.parentElement) {
      const edge = outer.getBoundingClientRect().right;
      if (getComputedStyle(outer).overflowX !== "visible" && edge > 0) {
        found.right = Math.max(found.right, box.right - edge - 8); // 8: a space that ends a line
      }
    }
  }
  const over = Object.entries(found).map(([edge, by]) => [edge, Math.round(by)]).filter(([, by]) => by > 1);
  const fragments = slide.querySelectorAll(".fragment.visible").length;
  const words = slide.innerText.trim().split(/\s+/).slice(0, 8).join(" ");
  return { place, fragments, over, words };
}

async function walk(page) {
  const slides = new Map();
  let before = "";
  for (let still = 0; still < 3; ) {
    let now = await page.evaluate(measure);
    if (now?.over.length) {
      await page.waitForTimeout(1000); // formulas settle
      now = await page.evaluate(measure);
    }
    const state = `${now?.place} ${now?.fragments}`;
    still = state === before ? still + 1 : 0;
    before = state;
    if (now) slides.set(now.place, now);
    await page.keyboard.press("Space");
    await page.waitForTimeout(still ? 400 : 60);
  }
  return slides;
}

async function report(page, name, address, ready) {
  let count = 0;
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.goto(address);
    await ready(page);
    await page.addStyleTag({ content: ".reveal * { transition: none !important; animation: none !important; }" });
    const slides = await walk(page);
    const full = [...slides.values()].filter((slide) => slide.over.length);
    for (const { place, over, words } of full) {
      const edges = over.map(([edge, by]) => `${edge} ${by}`).join(", ");
      console.log(`${name} ${size.width}x${size.height} slide ${place}: ${edges} px: ${words}`);
    }
    console.log(`${name} ${size.width}x${size.height}: ${slides.size} slides, ${full.length} do not fit`);
    count += full.length;
  }
  return count;
}

// The course's notebooks in a folder of their own: nothing that a page saves reaches the lessons.
async function serve() {
  const folder = mkdtempSync(join(tmpdir(), "check_slides_"));
  cpSync(join(ROOT, "notebooks"), join(folder, "notebooks"), { recursive: true });
  const options = ["-m", "jupyterlab", "--no-browser", "--allow-root", `--port=${PORT}`, "--ServerApp.port_retries=0",
    "--IdentityProvider.token=", "--ServerApp.ip=127.0.0.1", `--ServerApp.root_dir=${folder}`];
  const server = spawn(join(ROOT, ".venv/bin/python"), options, { stdio: "ignore" });
  const stop = () => (server.kill(), rmSync(folder, { recursive: true, force: true }));
  for (let tries = 0; tries < 60; tries++) {
    await new Promise((done) => setTimeout(done, 1000));
    if (server.exitCode !== null) break;
    if (await fetch(`http://127.0.0.1:${PORT}/api`).then((answer) => answer.ok, () => false)) return stop;
  }
  stop();
  fail(`JupyterLab does not start on port ${PORT}: make lab first, or choose another with PORT=.`);
}

const [kind, ...starts] = process.argv.slice(2);
if (!["static", "live"].includes(kind)) fail("say what to check: node tools/check_slides.mjs static|live [START OF NAME ...]");
const folder = kind === "static" ? SLIDES : join(ROOT, "notebooks");
const end = kind === "static" ? ".slides.html" : ".ipynb";
const files = (existsSync(folder) ? readdirSync(folder) : []).sort().filter((name) =>
  /^\d/.test(name) && name.endsWith(end) && (!starts.length || starts.some((start) => name.startsWith(start))));
if (!files.length) fail(`no lesson in ${folder} begins with ${starts.join(" or ") || "a number"}; static slides: make slides.`);

const stop = kind === "live" ? await serve() : () => {};
const browser = await launch();
let count = 0;
try {
  const page = await browser.newPage();
  for (const file of files) {
    const name = file.slice(0, -end.length);
    const static_ = async (page) => page.waitForSelector(".reveal.ready section.present");
    const live = async (page) => {
      await page.waitForSelector(".reveal.ready section.present .jp-Cell", { timeout: 60000 });
      await page.waitForTimeout(3000);
      await page.keyboard.press("Escape");
    };
    const address = kind === "static" ? pathToFileURL(join(SLIDES, file)).href
      : `http://127.0.0.1:${PORT}/rise/notebooks/${file}`;
    count += await report(page, name, address, kind === "static" ? static_ : live);
  }
} finally {
  await browser.close();
  stop();
}
process.exit(count ? 1 : 0);
