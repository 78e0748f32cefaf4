// Bundles the extension: for desktops, for browsers, and the worker in which the server runs there.
// `--production` minifies and omits the source maps.
import { build } from "esbuild";

const isProduction = process.argv.includes("--production");
const common = {
  bundle: true,
  external: ["vscode"],
  mainFields: ["module", "main"],
  minify: isProduction,
  sourcemap: !isProduction,
  logLevel: "warning",
};
const browser = { ...common, platform: "browser", target: "es2022" };

await build({
  ...common,
  entryPoints: ["src/desktop.ts"],
  outfile: "dist/extension.cjs",
  format: "cjs",
  platform: "node",
  target: "node20",
});
await build({ ...browser, entryPoints: ["src/web.ts"], outfile: "dist/web.js", format: "cjs" });
await build({
  ...browser,
  entryPoints: ["bundled/npm/lib/browser.mjs"],
  outfile: "dist/worker.js",
  format: "iife",
  // What only runs in Node; a worker from a blob has no address of its own.
  external: ["node:*", "ws"],
  // Pyodide refuses classic workers, the only ones that an extension can start, for their loading of
  // scripts; here nothing is loaded.
  banner: { js: "self.importScripts = undefined;" },
  logOverride: { "direct-eval": "silent", "commonjs-variable-in-esm": "silent" },
  define: { "import.meta.url": '"https://parts.invalid/"' },
});
