// Checks documents against templates: the same program, in an interpreter of the npm package.
import { loadPyodide } from "./py/pyodide.mjs";

const PROGRAM = `
import json, sys
sys.path.insert(0, "/site.zip")
import spec_lsp
lambda template, document: json.dumps([each._asdict() for each in spec_lsp.check(document, template)])
`;

async function load() {
  const indexURL = new URL("py/", import.meta.url);
  const site = fetch(new URL("site.zip", indexURL)).then((answer) => answer.arrayBuffer());
  // Nothing else is downloaded: the packages that the interpreter could install are none.
  const lockFileContents = '{"info": {"abi_version": "2026_0", "platform": "emscripten"}, "packages": {}}';
  const python = await loadPyodide({ indexURL: indexURL.href, lockFileContents });
  python.FS.writeFile("/site.zip", new Uint8Array(await site));
  return python.runPython(PROGRAM);
}

const loaded = load();
onmessage = async ({ data: [template, text] }) => {
  postMessage({ found: JSON.parse((await loaded)(template, text)) });
};
// Some failures of loading reach only this.
onunhandledrejection = ({ reason }) => postMessage({ failure: reason.message });
