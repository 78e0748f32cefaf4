// Opens every page of the site as a desktop and as a phone, in both themes. Nothing may be wider than
// the window, no request may leave this machine, no script may fail; axe-core reads the main pages.
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join } from "node:path";

const [folder, shots] = process.argv.slice(2);
const installed = (name) => createRequire(`${process.env.SPEC_LSP_EDITORS}/${name}/`);
const { chromium } = installed("drive")("playwright-core");
const axe = readFileSync(installed("axe").resolve("axe-core/axe.min.js"), "utf8");
const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const shown = ["", "write-a-template/", "configuration/", "rules/", "rules/missing-section/", "editors/"];
const types = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml",
  ".png": "image/png", ".json": "application/json" };
const faults = [];

const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://site").pathname);
  try {
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    const text = readFileSync(file);
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    response.end(text);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const site = `http://127.0.0.1:${server.address().port}/`;
const pages = readdirSync(folder, { recursive: true })
  .filter((path) => path.endsWith("index.html"))
  .map((path) => path.slice(0, -"index.html".length));

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
for (const [name, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
    const page = await context.newPage();
    let path = "";
    const fault = (text) => faults.push(`${name}, ${colorScheme}, /${path}: ${text}`);
    page.on("request", (request) => {
      if (!request.url().startsWith(site) && !request.url().startsWith("data:")) fault(`asks ${request.url()}`);
    });
    page.on("response", (response) => response.status() < 400 || fault(`lacks ${response.url()}`));
    page.on("pageerror", (error) => fault(error.message));
    // The theme changes colours only: all pages in one, those that are shown in both.
    for (path of colorScheme === "light" ? pages : shown) {
      await page.goto(site + path, { waitUntil: "load" });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > viewport.width) fault(`is ${wide} pixels wide`);
      if (shown.includes(path)) await look(page, `${shots}/${path.replaceAll("/", "-")}${name}-${colorScheme}.png`, fault);
    }
    path = "";
    await search(page, fault);
    await context.close();
  }
}
await browser.close();
server.close();
if (faults.length) {
  console.error([...new Set(faults)].join("\n"));
  process.exit(1);
}
console.log(`${pages.length} pages fit a desktop and a phone in both themes, and load nothing from elsewhere.`);

async function look(page, picture, fault) {
  await page.screenshot({ path: picture });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document.querySelector("article")));
  for (const { id, impact, nodes } of violations) {
    if (["serious", "critical"].includes(impact)) fault(`${id}: ${nodes[0].html.slice(0, 200)}`);
  }
}

// The search works without a server: its index comes with the pages.
async function search(page, fault) {
  await page.goto(site);
  await page.keyboard.press("/");
  await page.keyboard.type("duplicate-id");
  const found = page.locator(".md-search-result__link").first();
  await found.waitFor({ timeout: 10_000 }).catch(() => fault("finds nothing"));
}
