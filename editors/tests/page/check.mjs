// Opens a page as a desktop and as a phone, in both themes, and asks axe-core about each.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [file, shots] = process.argv.slice(2);
const installed = (folder) => createRequire(`${process.env.SPEC_LSP_EDITORS}/${folder}/`);
const { chromium } = installed("drive")("playwright-core");
const axe = readFileSync(installed("axe").resolve("axe-core/axe.min.js"), "utf8");
const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const faults = [];

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
for (const [name, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`file://${file}`);
    await page.screenshot({ path: `${shots}/${name}-${colorScheme}.png` });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > viewport.width) faults.push(`${name}: the page is ${wide} pixels wide`);
    // Everything by keyboard: the first stops are the sections, and a link in the graph lights up.
    await page.keyboard.press("Tab");
    const first = await page.evaluate(() => document.activeElement.getAttribute("href"));
    if (first !== "#state") faults.push(`${name}: the first stop is ${first}`);
    await page.locator(".graph .node").first().focus();
    if (!(await page.locator(".graph.tracing .node.lit").count())) faults.push(`${name}: no node is lit`);
    await page.addScriptTag({ content: axe });
    const { violations } = await page.evaluate(() => window.axe.run());
    for (const { id, impact, nodes } of violations) {
      if (["serious", "critical"].includes(impact)) {
        faults.push(`${name}, ${colorScheme}: ${id}: ${nodes[0].html.slice(0, 200)}`);
      }
    }
    await context.close();
  }
}
await browser.close();
if (faults.length) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log("The page has no serious fault of accessibility.");
