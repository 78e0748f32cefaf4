// Bundles the extension into one file; `--production` minifies and omits the source map.
import { build } from "esbuild";

const isProduction = process.argv.includes("--production");

await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.cjs",
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  external: ["vscode"],
  mainFields: ["module", "main"],
  minify: isProduction,
  sourcemap: !isProduction,
  logLevel: "warning",
});
