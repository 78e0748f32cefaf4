// Puts the server into `bundled/`: as it runs without Python, and as a wheel that is installed.
// Set PYTHON to choose the interpreter; the default is the project's `.venv`.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = join(dirname(fileURLToPath(import.meta.url)), "..");
const root = join(here, "..", "..");
const bundled = join(here, "bundled");
const own = [join(root, ".venv/bin/python"), join(root, ".venv/Scripts/python.exe")];
const python = process.env.PYTHON || own.find((path) => existsSync(path));

if (!python) {
  console.error("No .venv in the project root: run `make setup` there, or set PYTHON");
  process.exit(1);
}
rmSync(bundled, { recursive: true, force: true });
mkdirSync(bundled);
const options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation"];
execFileSync(python, ["-m", "pip", "wheel", ...options, "--wheel-dir", bundled, root], {
  stdio: "inherit",
});
execFileSync(python, [join(root, "packaging/npm/build.py")], { stdio: "inherit" });
cpSync(join(root, "build/npm/package"), join(bundled, "npm"), { recursive: true });
console.log(`bundled/${readdirSync(bundled).join(", ")}`);
