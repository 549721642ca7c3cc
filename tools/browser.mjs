// A Chromium to look at pages with: Node.js with npm, the network once, and CHROMIUM=path where it is not /usr/bin/chromium.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const TOOLS = resolve(fileURLToPath(import.meta.url), "../../build/browser");
const PACKAGE = "playwright-core@1.65.1";
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export function fail(sentence) {
  console.error(sentence);
  process.exit(2);
}

// Start the browser; playwright-core is fetched through npm where it is not there yet.
export function launch() {
  if (!existsSync(CHROMIUM)) fail(`no browser at ${CHROMIUM}: install Chromium, or name yours with CHROMIUM=path.`);
  if (!existsSync(join(TOOLS, "node_modules", "playwright-core"))) {
    mkdirSync(TOOLS, { recursive: true });
    const options = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    const { status } = spawnSync("npm", ["install", ...options, "--prefix", TOOLS, PACKAGE], { stdio: "inherit" });
    if (status !== 0) fail(`npm could not fetch ${PACKAGE}: install Node.js with npm, check the network, run this again.`);
  }
  const { chromium } = createRequire(join(TOOLS, "index.js"))("playwright-core");
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}
