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
