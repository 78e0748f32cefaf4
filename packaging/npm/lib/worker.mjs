// The thread of the interpreter. It never returns to Node's event loop while Python runs.
import { parentPort, workerData } from "node:worker_threads";

import { startInterpreter } from "./interpreter.mjs";

const { words, ...given } = workerData;
const tell = (message) => parentPort.postMessage(message);
const python = await startInterpreter({ ...given, tell });
tell({ isCold: !python.isRestored });
tell({ exit: python.run(words) });
