// Which versions of a server are new enough for this extension.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isAtLeast } from "../../../vscode/src/server/version";

test("versions are compared by their numbers", () => {
  for (const version of ["1.2.3", "1.2.4", "1.10.0", "2.0.0", "1.2.3+wasm"]) assert.ok(isAtLeast(version, "1.2.3"), version);
  for (const version of ["1.2.2", "0.9.9", "1.1.30", "", "x"]) assert.ok(!isAtLeast(version, "1.2.3"), version);
});
