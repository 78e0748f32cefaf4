// Runs scenes, each in a window and a folder of its own, and says which of them failed.
import { rmSync } from "node:fs";
import * as ed from "./harness.mjs";
import * as ui from "./screen.mjs";

/** `part` names the pictures of failures; words on the command line choose among the scenes. */
export async function runScenes(part, scenes, vsix) {
  const wanted = process.argv.slice(2);
  let failed = 0;
  await ed.withEditor(async (editor) => {
    for (const [number, [name, scene]] of Object.entries(scenes).entries()) {
      if (wanted.length && !wanted.some((word) => name.includes(word))) continue;
      // Trust is remembered by folder, so each scene has one of its own.
      const folder = ed.copyWorkspace(editor, `shop-${number}`);
      try {
        await scene(editor, folder);
        console.log(`ok   ${name}`);
      } catch (error) {
        console.log(`FAIL ${name}\n${error.message}`);
        const page = editor.browser.contexts().flatMap((context) => context.pages()).at(-1);
        failed += 1;
        if (page) await ui.shot(page, `failed-${part}-${failed}`);
      }
      for (const context of editor.browser.contexts()) await context.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }, { vsix });
  process.exit(failed ? 1 : 0);
}
