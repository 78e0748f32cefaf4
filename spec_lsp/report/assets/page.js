"use strict";
// Progressive enhancement: without scripts the page shows everything.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

for (const button of all("#theme")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const root = document.documentElement;
    root.dataset.theme = (root.dataset.theme ?? (dark ? "dark" : "light")) === "dark" ? "light" : "dark";
  });
}

// Documents: filter rows by all typed words and the chosen kind and status; show them by the page.
for (const table of all("table.documents")) {
  const page = 50;
  const text = document.getElementById("find");
  const more = document.getElementById("more");
  const choices = all("select[data-column]");
  const rows = all("tbody tr", table);
  const words = (row) => `${row.textContent} ${row.querySelector("a").getAttribute("href")}`.toLowerCase();
  const texts = new Map(rows.map((row) => [row, words(row)]));
  let limit = page;
  const filter = () => {
    const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const row of rows) {
      const fits = wanted.every((word) => texts.get(row).includes(word))
        && choices.every((each) => !each.value || row.cells[each.dataset.column].textContent === each.value);
      found += fits;
      row.hidden = !fits || found > limit;
    }
    document.getElementById("shown").textContent = `${found} of ${rows.length}`;
    more.hidden = found <= limit;
    more.textContent = `Show ${found - limit} more`;
  };
  const again = () => { limit = page; filter(); };
  text.addEventListener("input", again);
  choices.forEach((choice) => choice.addEventListener("change", again));
  more.addEventListener("click", () => { limit = Infinity; filter(); });
  filter();

  all("th", table).forEach((head, column) => head.addEventListener("click", () => {
    const up = head.getAttribute("aria-sort") !== "ascending";
    all("th", table).forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const key = (row) => `${row.cells[column].dataset.sort ?? ""} ${row.cells[column].textContent}`;
    const order = new Intl.Collator(undefined, { numeric: true }).compare;
    rows.sort((a, b) => order(key(a), key(b)) * (up ? 1 : -1));
    table.tBodies[0].append(...rows);
    filter();
  }));
}

// Problems: filter by level.
for (const button of all("button[data-level]")) {
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    all(`.issue.${button.dataset.level}`).forEach((issue) => { issue.hidden = !on; });
    all("details.file").forEach((file) => { file.hidden = !all(".issue:not([hidden])", file).length; });
  });
}

// Graph: hovering over a document highlights its direct neighbours and dims everything that is not
// connected to it.
for (const graph of all("svg.graph")) {
  const nodes = all(".node", graph);
  const edges = all(".edge", graph);
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
  for (const input of all("input[data-find]")) {
    input.addEventListener("input", () => {
      const text = input.value.trim().toLowerCase();
      graph.classList.toggle("finding", Boolean(text));
      nodes.forEach((node) => node.classList.toggle("found", node.textContent.toLowerCase().includes(text)));
    });
  }

  const full = { width: graph.width.baseVal.value, height: graph.height.baseVal.value };
  const zoom = (scale) => {
    graph.dataset.scale = scale;
    graph.setAttribute("width", full.width * scale);
    graph.setAttribute("height", full.height * scale);
  };
  const room = () => Math.min(1, (graph.parentElement.clientWidth - 20) / full.width);
  for (const button of all("button[data-zoom]")) {
    button.addEventListener("click", () => {
      const step = Number(button.dataset.zoom);
      if (step) zoom(Math.min(3, Math.max(0.1, Number(graph.dataset.scale) * step)));
      else zoom(room());
    });
  }
  // The initial zoom keeps text legible; the canvas scrolls if needed.
  zoom(Math.max(0.75, room()));
}
