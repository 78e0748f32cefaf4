"use strict";
// The board: columns of states, cards of documents. The extension sends the documents and writes the states.

const editor = acquireVsCodeApi();
const board = document.getElementById("board");
const kinds = document.getElementById("kind");
const find = document.getElementById("find");
const said = document.getElementById("said");
let data = { kinds: [], documents: [] };
let dragged;

const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
const cards = (column) => [...column.querySelectorAll(".card")];
const columns = () => [...board.querySelectorAll(".column")];

const move = (uri, state) => {
  const { title, state: before } = data.documents.find((each) => each.uri === uri);
  if (before === state) return;
  said.textContent = `${title} moved to ${state}`;
  editor.postMessage({ move: uri, state });
};

const card = (each) => {
  const parts = [each.id && make("b", { textContent: each.id }), make("span", { textContent: each.title })].filter(Boolean);
  const notes = [each.owner, `${each.percent}%`, each.problems].filter(Boolean).join(" · ");
  const made = make("button", { className: `card ${each.stage}`, draggable: true, title: each.path }, ...parts);
  made.append(make("small", { textContent: notes }));
  made.dataset.uri = each.uri;
  made.setAttribute("aria-label", `${each.id} ${each.title}, ${each.status}, ${notes}`);
  made.addEventListener("click", () => editor.postMessage({ open: each.uri }));
  made.addEventListener("dragstart", (event) => {
    dragged = each.uri;
    event.dataTransfer.setData("text/plain", each.uri);
    event.dataTransfer.effectAllowed = "move";
  });
  made.addEventListener("keydown", (event) => handle(event, made, each));
  return made;
};

/** Arrows go from card to card; with Alt, the card goes to the next column. */
const handle = (event, made, each) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const down = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step && !down) return;
  event.preventDefault();
  const all = columns();
  const at = all.findIndex((column) => column.contains(made));
  const row = cards(all[at]).indexOf(made);
  if (down) return cards(all[at])[row + down]?.focus();
  if (event.altKey) {
    const state = all[at + step]?.dataset.state;
    if (state) move(each.uri, state);
    return;
  }
  for (let next = at + step; all[next]; next += step) {
    const inside = cards(all[next]);
    if (inside.length) return inside[Math.min(row, inside.length - 1)].focus();
  }
};

const column = (state, documents) => {
  const head = make("h2", { textContent: state || "No status" }, make("span", { textContent: documents.length }));
  const made = make("section", { className: "column" }, head, ...documents.map(card));
  made.dataset.state = state;
  made.setAttribute("aria-label", `${state || "No status"}, ${documents.length}`);
  made.addEventListener("dragover", (event) => {
    if (!state) return;
    event.preventDefault();
    made.classList.add("over");
  });
  made.addEventListener("dragleave", () => made.classList.remove("over"));
  made.addEventListener("drop", (event) => {
    event.preventDefault();
    made.classList.remove("over");
    if (state && dragged) move(dragged, state);
  });
  return made;
};

const draw = () => {
  const kind = kinds.value;
  editor.setState({ kind, find: find.value });
  const words = find.value.toLowerCase().split(/\s+/);
  const wanted = data.documents.filter((each) => {
    const text = `${each.id} ${each.title} ${each.path} ${each.owner} ${each.unit}`.toLowerCase();
    return each.kind === kind && words.every((word) => text.includes(word));
  });
  const states = data.kinds.find((each) => each.kind === kind)?.states ?? [];
  const focused = document.activeElement?.dataset?.uri;
  board.replaceChildren(
    ...states.map((state) => column(state, wanted.filter((each) => each.state === state))),
  );
  if (focused) cards(board).find((each) => each.dataset.uri === focused)?.focus();
  if (!board.children.length) board.append(make("p", { textContent: "No documents" }));
};

window.addEventListener("message", (event) => {
  data = event.data;
  const kept = kinds.value || editor.getState()?.kind;
  kinds.replaceChildren(...data.kinds.map(({ kind, name }) => make("option", { value: kind, textContent: name })));
  if (data.kinds.some(({ kind }) => kind === kept)) kinds.value = kept;
  draw();
});
kinds.addEventListener("change", draw);
find.addEventListener("input", draw);
find.value = editor.getState()?.find ?? "";
editor.postMessage({ ready: true });
