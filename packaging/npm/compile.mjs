// Compile the modules in a zip to bytecode: node compile.mjs INTERPRETER SOURCE.zip TARGET.zip
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, source, target] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(resolve(folder, "pyodide.mjs")));
const pyodide = await loadPyodide({
  indexURL: resolve(folder),
  lockFileContents: '{"info": {"abi_version": "2026_0", "platform": "emscripten"}, "packages": {}}',
  // Columns in tracebacks would be a third of the bytecode.
  env: { HOME: "/", PYTHONHASHSEED: "0", PYTHONNODEBUGRANGES: "1" },
});
pyodide.FS.writeFile("/source.zip", readFileSync(source));
pyodide.runPython(`
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc
from _imp import source_hash

with zipfile.ZipFile("/source.zip") as given, zipfile.ZipFile("/target.zip", "w") as made:
    for name in given.namelist():
        text = given.read(name)
        # Help and pages of rules are docstrings of ours; those of others are not read.
        level = 0 if name.startswith("spec_lsp") else 2
        code = compile(text, name, "exec", dont_inherit=True, optimize=level)
        # Not compared with the source, which the package does not have.
        data = _code_to_hash_pyc(code, source_hash(0, text), False)
        made.writestr(zipfile.ZipInfo(name + "c"), data)
`);
writeFileSync(target, pyodide.FS.readFile("/target.zip"));
