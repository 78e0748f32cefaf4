// The page “Try it”: its template and its document can be edited, and a worker finds the problems.
//
// Until one of them is clicked, the page is as it was built, and nothing is loaded.
const [template, text, result] = document.querySelectorAll(".try .highlight");
const list = document.createElement("ul");
const status = document.createElement("p");
status.role = "status";
let worker;
let isBusy = false;
let isStale = false;
let problems = []; // of the last answer
const editors = [template, text].map(editable);

function editable(block, index) {
  const shown = block.querySelector("pre");
  const area = document.createElement("textarea");
  area.value = shown.querySelector("code").textContent.trimEnd();
  area.spellcheck = false;
  area.autocapitalize = "off";
  const kind = index ? "Document" : "Template";
  area.setAttribute("aria-label", kind);
  // Below the text are its lines, of which those with problems are coloured.
  const lines = document.createElement("div");
  lines.ariaHidden = "true";
  const frame = document.createElement("div");
  frame.className = "try-editor";
  frame.append(lines, area);
  shown.replaceWith(frame);
  block.querySelector(".filename")?.prepend(`${kind}: `);
  area.addEventListener("input", () => { mark({ area, lines }, index); check(); });
  area.addEventListener("focus", start, { once: true });
  mark({ area, lines }, index);
  return { area, lines };
}

function start() {
  if (worker) return;
  result.before(status);
  status.textContent = "The checker is being loaded…";
  worker = new Worker(new URL("try-worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => { isBusy = false; show(data); if (isStale) check(); };
  worker.onerror = () => show({ failure: "it could not be loaded." });
  check();
}

/** Ask for the problems; one question at a time, and the last one about the newest texts. */
function check() {
  isStale = isBusy || !worker;
  if (isStale) return;
  isBusy = true;
  worker.postMessage(editors.map(({ area }) => area.value));
}

function show({ failure, found }) {
  if (failure) {
    status.textContent = `The checker failed: ${failure}`;
    return;
  }
  if (isStale) return;
  problems = found;
  result.replaceWith(list);
  const count = problems.length || "No";
  status.textContent = `${count} problem${problems.length === 1 ? "" : "s"}`;
  list.replaceChildren(...problems.map(row));
  mark(editors[1], 1);
}

function row({ line, column, level, code, message }) {
  const place = document.createElement("button");
  place.textContent = `${line}:${column}`;
  place.addEventListener("click", () => go(line, column));
  const severity = document.createElement("b");
  severity.textContent = level;
  const rule = document.createElement("a");
  rule.href = new URL(`../rules/${code}/`, import.meta.url);
  rule.textContent = code;
  const item = document.createElement("li");
  item.append(place, " ", severity, ` ${message} `, rule);
  return item;
}

/** Set the cursor; columns count characters, of which some are two units here. */
function go(line, column) {
  const { area } = editors[1];
  const lines = area.value.split("\n");
  const before = [...lines[line - 1]].slice(0, column - 1).join("");
  const at = [...lines.slice(0, line - 1), before].join("\n").length;
  area.focus();
  area.setSelectionRange(at, at);
}

function mark({ area, lines }, isDocument) {
  const wrong = new Set(isDocument ? problems.map(({ line }) => line) : []);
  lines.replaceChildren(...area.value.split("\n").map((text, index) => {
    const line = document.createElement("div");
    line.textContent = text || " ";
    line.className = wrong.has(index + 1) ? "hll" : "";
    return line;
  }));
}
