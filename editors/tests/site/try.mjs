// Edits the template and the document of the page “Try it”, by keyboard alone.
import { complaints, sizes } from "./browser.mjs";

const KEYS = 20;

/** What is wrong with the page. */
export async function tryIt(browser, site, shots) {
  const faults = [];
  const all = { ...sizes, narrow: { width: 360, height: 740 } };
  for (const [name, viewport] of Object.entries(all)) {
    for (const colorScheme of name === "narrow" ? ["light"] : ["light", "dark"]) {
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
      const page = await context.newPage();
      const fault = (text) => faults.push(`${name}, ${colorScheme}, /try/: ${text}`);
      const asked = [];
      page.on("request", (request) => asked.push(request.url()));
      page.on("pageerror", (error) => fault(error.message));
      await page.goto(`${site}try/`, { waitUntil: "load" });
      if (asked.some((url) => url.includes("/py/"))) fault("loads the interpreter before a text is clicked");
      await edit(page, asked, fault).catch((error) => fault(error.message));
      if (asked.some((url) => !url.startsWith(site) && !url.startsWith("data:"))) fault("loads from elsewhere");
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > viewport.width) fault(`is ${wide} pixels wide`);
      for (const each of await complaints(page)) fault(each);
      await page.screenshot({ path: `${shots}/try-${name}-${colorScheme}.png`, fullPage: true });
      await context.close();
    }
  }
  return [...faults, ...(await blocked(browser, site))];
}

async function edit(page, asked, fault) {
  const template = page.getByRole("textbox", { name: "Template" });
  const text = page.getByRole("textbox", { name: "Document" });
  const found = page.locator(".try li");
  const shows = (problem) => found.filter({ hasText: problem }).waitFor({ timeout: 60_000 });
  // As the page shows it before.
  const before = await page.locator(".try .highlight").nth(2).innerText();
  await template.focus();
  await shows("Section “Options” is missing");
  for (const each of await found.locator("a").allInnerTexts()) {
    if (!before.includes(`[${each}]`)) fault(`the example does not show ${each}`);
  }
  const loaded = asked.length;
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\n\n## Owner\n");
  await shows("Section “Owner” is missing");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\n\n## Owner\n\nThe team 🚀 of exports.");
  await found.filter({ hasText: "Owner" }).waitFor({ state: "detached", timeout: 60_000 });
  await found.filter({ hasText: "Expected one of" }).getByRole("button").press("Enter");
  const marked = await page.locator(".try-editor .hll").allInnerTexts();
  if (!marked.some((line) => line.includes("Acepted"))) fault(`marks ${JSON.stringify(marked)}`);
  await page.keyboard.type("c");
  await page.keyboard.press("Delete");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("Ac");
  await page.keyboard.press("Delete");
  await found.filter({ hasText: "Expected one of" }).waitFor({ state: "detached", timeout: 60_000 });
  if (!(await text.inputValue()).includes("**Status**: Accepted\n")) fault("the cursor is not where the problem is");
  if (asked.length > loaded) fault(`loads ${asked.at(-1)} after the start`);
  const times = [];
  for (let key = 0; key < KEYS; key++) times.push(await answerTime(page, text));
  const slowest = times.sort((a, b) => a - b)[Math.floor(KEYS * 0.95) - 1];
  console.log(`From a key to the problems: p95 ${Math.round(slowest)} ms.`);
}

/** Milliseconds until a section that is added or removed changes the list. */
async function answerTime(page, text) {
  return text.evaluate(
    (area) => new Promise((done) => {
      const start = performance.now();
      const watch = new MutationObserver(() => {
        watch.disconnect();
        done(performance.now() - start);
      });
      watch.observe(document.querySelector(".try ul"), { childList: true });
      area.value = area.value.includes("# X") ? area.value.replace("# X", "# Context") : area.value.replace("# Context", "# X");
      area.dispatchEvent(new Event("input"));
    }),
  );
}

/** Without WebAssembly, the page says so. */
async function blocked(browser, site) {
  const page = await browser.newPage();
  await page.context().route("**/*.asm.wasm", (route) => route.abort());
  await page.goto(`${site}try/`, { waitUntil: "load" });
  await page.getByRole("textbox", { name: "Template" }).focus();
  const said = page.getByRole("status").filter({ hasText: "The checker failed" });
  const isSaid = await said.waitFor({ timeout: 60_000 }).then(() => true, () => false);
  await page.close();
  return isSaid ? [] : ["/try/: a checker that cannot be loaded is not said"];
}
