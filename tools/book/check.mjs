// Open pages of the website in Chromium, without network, from the disk and from a folder of a web server, and print
// what is wrong as JSON: node tools/book/check.mjs FOLDER PAGE ...
// Wrong is: a request to another host, a request that fails, an error on the console, a page wider than a phone, a quiz
// whose first answers bring no verdict.

import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "../browser.mjs";

const [folder, ...pages] = process.argv.slice(2);
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const PHONE = { width: 400, height: 800 };
const problems = [];

const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  const file = join(resolve(folder), normalize(path).replace(/^\/course\//, "/"));
  if (!path.startsWith("/course/") || !existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const roots = [pathToFileURL(resolve(folder)).href, `http://127.0.0.1:${server.address().port}/course`];

const browser = await launch();
for (const root of roots) {
  const context = await browser.newContext({ viewport: PHONE });
  await context.route("**/*", (route) => {
    const address = route.request().url();
    if (address.startsWith(root) || address.startsWith("data:")) return route.continue();
    if (!address.endsWith("/favicon.ico")) problems.push({ page: route.request().frame().url(), asks: address });
    return route.abort();
  });
  for (const name of pages) {
    const page = await context.newPage();
    page.on("pageerror", (error) => problems.push({ page: name, error: error.message }));
    page.on("console", (line) => line.type() === "error" && problems.push({ page: name, console: line.text() }));
    page.on("requestfailed", (request) => problems.push({ page: name, failed: request.url() }));
    await page.goto(`${root}/${name}`, { waitUntil: "load" });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 1) problems.push({ page: name, wider: wide });
    const broken = await page.evaluate(() => [...document.images].filter((one) => one.complete && !one.naturalWidth).map((one) => one.src));
    if (broken.length) problems.push({ page: name, broken });
    const questions = await page.locator(".quiz-answers").count();
    for (let number = 0; number < questions; number++) {
      await page.locator(".quiz-answers").nth(number).locator("button").first().click();
      const said = await page.locator(".quiz-reason").nth(number).innerText();
      if (!/^(Right|Wrong)\. .{10}/s.test(said)) problems.push({ page: name, question: number + 1, said });
    }
    if (await page.locator(".quiz").count() && !questions) problems.push({ page: name, quiz: "has no answers to choose" });
    await page.close();
  }
  const page = await context.newPage();
  await page.goto(`${root}/search.html?q=convolution`, { waitUntil: "load" });
  const found = await page.locator("#search-results li").first().innerText({ timeout: 10000 }).catch(() => "");
  if (!found) problems.push({ page: "search.html", search: "finds nothing for convolution" });
  await context.close();
}
await browser.close();
server.close();
console.log(JSON.stringify(problems, null, 1));
