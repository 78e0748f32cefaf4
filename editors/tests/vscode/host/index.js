// Tests inside the extension host: runs those of the files beside it, and fails if one does.
const vscode = require("vscode");

exports.run = async () => {
  const failed = [];
  await vscode.workspace.getConfiguration("files").update("autoSave", "off", vscode.ConfigurationTarget.Workspace);
  for (const [name, test] of Object.entries({ ...require("./fixes.js"), ...require("./beside.js"), ...require("./language.js") })) {
    try {
      await test();
      console.log(`ok   ${name}`);
    } catch (error) {
      console.log(`FAIL ${name}\n${error.stack}`);
      failed.push(name);
    }
  }
  if (failed.length) throw new Error(`${failed.length} failed`);
};
