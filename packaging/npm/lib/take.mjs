// A process of its own that takes the snapshot: an interpreter that took one is not used further.
import { setPriority } from "node:os";

import { loadForSnapshot } from "./interpreter.mjs";
import { keepSnapshot } from "./snapshot.mjs";

setPriority(19);
await keepSnapshot(loadForSnapshot);
