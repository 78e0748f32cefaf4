// Draws the extension's icon.png from icon.svg, at twice its size for sharp screens.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const editors = process.env.SPEC_LSP_EDITORS ?? join(homedir(), ".cache/spec-lsp-editors");
const { chromium } = createRequire(join(editors, "drive", "package.json"))("playwright-core");
const media = fileURLToPath(new URL("../../vscode/media/", import.meta.url));

const args = ["--no-sandbox", "--disable-gpu"];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args });
try {
  const page = await browser.newPage({ deviceScaleFactor: 2, viewport: { width: 128, height: 128 } });
  const svg = readFileSync(join(media, "icon.svg"), "utf8");
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
  await page.screenshot({ path: join(media, "icon.png"), omitBackground: true });
} finally {
  await browser.close();
}
