
// What is drawn: the host of the page renders it again for another choice.
const choose = (changes) => {
  for (const form of all("form[data-graph]")) {
    const chosen = { ...Object.fromEntries(new FormData(form)), ...changes };
    chosen.depth = Number(chosen.depth ?? 1);
    document.dispatchEvent(new CustomEvent("spec-lsp:choose", { detail: chosen }));
  }
};
for (const form of all("form[data-graph]")) form.addEventListener("change", () => choose({}));
document.addEventListener("click", (event) => {
  const node = event.target.closest("a.node");
  const href = node?.getAttribute("href") ?? "";
  const isGroup = /^#\w+=/.test(href);
  if (!node || !document.querySelector("form[data-graph]") || !(isGroup || event.shiftKey)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const [name, value] = href.slice(1).split("=");
  choose(isGroup ? { [name]: decodeURIComponent(value), group: "" } : { around: node.dataset.path });
}, true);

// Graph: hovering over a document highlights its direct neighbours and dims everything that is not
// connected to it.
for (const graph of all("svg.graph:not(.sample)")) {
  const nodes = all(".node", graph);
  const edges = all(".edge, .label", graph);
  const reached = (start, from, to) => {
    const seen = new Set([start]);
    for (const queue = [start]; queue.length;) {
      const at = queue.pop();
      for (const edge of edges) {
        if (edge.dataset[from] === at && !seen.has(edge.dataset[to])) {
          seen.add(edge.dataset[to]);
          queue.push(edge.dataset[to]);
        }
      }
    }
    return seen;
  };
  const trace = (node) => {
    const start = node?.dataset.node;
    const sets = node ? [reached(start, "from", "to"), reached(start, "to", "from")] : [];
    const ends = (edge) => [edge.dataset.from, edge.dataset.to];
    const lit = new Set([start, ...edges.map(ends).filter((both) => both.includes(start)).flat()]);
    graph.classList.toggle("tracing", Boolean(node));
    for (const each of nodes) {
      each.classList.toggle("lit", Boolean(node) && lit.has(each.dataset.node));
      each.classList.toggle("near", sets.some((set) => set.has(each.dataset.node)));
    }
    for (const edge of edges) {
      edge.classList.toggle("lit", Boolean(node) && ends(edge).includes(start));
      edge.classList.toggle("near", sets.some((set) => ends(edge).every((end) => set.has(end))));
    }
  };
  for (const node of nodes) {
    node.addEventListener("mouseenter", () => trace(node));
    node.addEventListener("mouseleave", () => trace(null));
    node.addEventListener("focus", () => trace(node));
    node.addEventListener("blur", () => trace(null));
  }

  // Typing goes to the first hit, Enter to the next one, the arrow down into the drawing.
  for (const input of all("input[data-find]")) {
    let hits = [];
    let at = 0;
    const go = (next) => {
      nodes.forEach((node) => node.classList.remove("hit"));
      at = hits.length ? (next + hits.length) % hits.length : 0;
      hits[at]?.classList.add("hit");
      hits[at]?.scrollIntoView({ block: "center", inline: "center" });
    };
    input.addEventListener("input", () => {
      const text = input.value.trim().toLowerCase();
      graph.classList.toggle("finding", Boolean(text));
      hits = text ? nodes.filter((node) => node.querySelector("title").textContent.toLowerCase().includes(text)) : [];
      nodes.forEach((node) => node.classList.toggle("found", hits.includes(node)));
      go(0);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        const elsewhere = all("#graph-documents option").find((option) => option.value === input.value);
        if (hits.length) go(at + (event.shiftKey ? -1 : 1));
        else if (elsewhere) choose({ around: elsewhere.dataset.path });
      }
      if (event.key === "ArrowDown" && !input.list) hits[at]?.focus();
    });
  }

  const full = { width: graph.width.baseVal.value, height: graph.height.baseVal.value };
  const zoom = (scale) => {
    graph.dataset.scale = scale;
    graph.setAttribute("width", full.width * scale);
    graph.setAttribute("height", full.height * scale);
  };
  const room = () => {
    const { maxHeight } = getComputedStyle(graph.parentElement);
    const tall = graph.closest(".wide") ? graph.parentElement.clientHeight : parseFloat(maxHeight);
    return Math.min(1, (graph.parentElement.clientWidth - 20) / full.width, (tall - 20) / full.height);
  };
  for (const button of all("button[data-zoom]")) {
    button.addEventListener("click", () => {
      const step = Number(button.dataset.zoom);
      if (step) zoom(Math.min(3, Math.max(0.1, Number(graph.dataset.scale) * step)));
      else zoom(room());
    });
  }
  // It opens fitted; where its text would be illegible then, the canvas scrolls.
  zoom(room() < 0.5 ? 0.75 : room());
}
