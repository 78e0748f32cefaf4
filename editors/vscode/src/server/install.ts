// Creates the extension's own environment from the included wheel.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { programs } from "./find";
import { lastWords, type Problem, type Python } from "./problem";
import { candidates, isRecent, probeAll } from "./python";

export interface Installation {
  /** The folder of the environment; existing content is replaced. */
  environment: string;
  wheel: string;
  /** The Python from the settings; empty to search for one. */
  python: string;
  isWindows: boolean;
  report: (step: string) => void;
  log: (line: string) => void;
  signal: AbortSignal;
}

/** Written last: an environment without it is incomplete. */
const MARK = "spec-lsp-wheel.txt";

/** The wheel in the extension's folder, if this build includes one. */
export function bundledWheel(extensionPath: string): string | undefined {
  const folder = join(extensionPath, "bundled");
  const name = existsSync(folder) && readdirSync(folder).find((file) => file.endsWith(".whl"));
  return name ? join(folder, name) : undefined;
}

/** Whether the environment was created from this wheel. */
export function isUpToDate(environment: string, wheel: string | undefined): boolean {
  if (!wheel) return true;
  try {
    return readFileSync(join(environment, MARK), "utf8") === wheelName(wheel);
  } catch {
    return false;
  }
}

/** Creates the environment; returns the problem if it fails. */
export async function install(job: Installation): Promise<Problem | undefined> {
  job.report("Searching for Python");
  const pythons = await probeAll(candidates(job.python, job.isWindows));
  const recent = pythons.filter((python) => isRecent(python.version));
  const python = recent.find((each) => each.canMakeEnvironments);
  if (!recent[0]) return { kind: "noPython", found: pythons };
  if (!python) return { kind: "noVenv", python: recent[0] };
  try {
    await build(job, python);
    return undefined;
  } catch (error) {
    rmSync(job.environment, { recursive: true, force: true });
    return { kind: "install", reason: error instanceof Error ? error.message : String(error) };
  }
}

async function build(job: Installation, python: Python): Promise<void> {
  job.report(`Creating an environment with Python ${python.version}`);
  rmSync(job.environment, { recursive: true, force: true });
  mkdirSync(dirname(job.environment), { recursive: true });
  await run(job, python.command, [...python.args, "-m", "venv", job.environment]);
  job.report("Installing the server and its dependencies");
  const inside = job.isWindows ? ["Scripts", "python.exe"] : ["bin", "python"];
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", job.wheel];
  await run(job, join(job.environment, ...inside), pip);
  const made = programs(job.environment, job)[0];
  if (!made || !existsSync(made)) throw new Error("the installed package does not contain the program spec-lsp");
  writeFileSync(join(job.environment, MARK), wheelName(job.wheel));
}

/** Runs without PYTHONPATH and PYTHONHOME, which would expose packages of other environments. */
function run(job: Installation, command: string, args: readonly string[]): Promise<void> {
  const kept = Object.entries(process.env).filter(([name]) => !/^PYTHON(PATH|HOME)$/.test(name));
  job.log(`> ${command} ${args.join(" ")}`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: Object.fromEntries(kept),
      cwd: dirname(job.environment),
      signal: job.signal,
      windowsHide: true,
    });
    let output = "";
    const listen = (data: Buffer) => {
      output += data.toString();
      job.log(data.toString().trimEnd());
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("error", (error) => reject(job.signal.aborted ? new Error("cancelled") : error));
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(lastWords(output)))));
  });
}

function wheelName(wheel: string): string {
  return wheel.split(/[\\/]/).at(-1) ?? wheel;
}
