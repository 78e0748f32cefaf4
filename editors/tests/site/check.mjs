// Opens every page of the site as a desktop and as a phone, in both themes. Nothing may be wider than
// the window, no request may leave this machine, no script may fail; axe-core reads the main pages.
import { readdirSync } from "node:fs";

import { complaints, launch, serve, sizes } from "./browser.mjs";
import { tryIt } from "./try.mjs";

const [folder, shots] = process.argv.slice(2);
const shown = ["", "write-a-template/", "configuration/", "rules/", "rules/missing-section/", "editors/"];
const faults = [];

const { server, site } = await serve(folder);
const pages = readdirSync(folder, { recursive: true })
  .filter((path) => path.endsWith("index.html"))
  .map((path) => path.slice(0, -"index.html".length));

const browser = await launch();
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
faults.push(...(await tryIt(browser, site, shots)));
await browser.close();
server.close();
if (faults.length) {
  console.error([...new Set(faults)].join("\n"));
  process.exit(1);
}
console.log(`${pages.length} pages fit a desktop and a phone in both themes, and load nothing from elsewhere.`);

async function look(page, picture, fault) {
  await page.screenshot({ path: picture });
  for (const each of await complaints(page)) fault(each);
}

// The search works without a server: its index comes with the pages.
async function search(page, fault) {
  await page.goto(site);
  await page.keyboard.press("/");
  await page.keyboard.type("duplicate-id");
  const found = page.locator(".md-search-result__link").first();
  await found.waitFor({ timeout: 10_000 }).catch(() => fault("finds nothing"));
}
