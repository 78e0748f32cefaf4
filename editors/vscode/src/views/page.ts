// Prepares a page of the server for a webview: only its own scripts may run.

/** What marks the scripts of one page. */
export function nonce(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

/** Adds a content security policy, the colours of the editor, and the script that talks to the extension. */
export function secure(html: string, nonce: string): string {
  const policy =
    `default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; ` +
    `script-src 'nonce-${nonce}'; form-action 'none'; base-uri 'none'`;
  const head = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  // Replace the page's own policy: a script must satisfy all policies, and the page's would block the bridge.
  const free = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/i, "");
  const allowed = free.replace(/<script(?=[\s>])/gi, `<script nonce="${nonce}"`);
  const bridge = `<script nonce="${nonce}">${BRIDGE}</script>`;
  const withHead = insert(allowed, /<head[^>]*>/i, head, (tag, added) => tag + added) ?? head + allowed;
  const themed = insert(withHead, /<\/head>/i, `<style>${THEME}</style>`, (tag, added) => added + tag) ?? withHead;
  return insert(themed, /<\/body>/i, bridge, (tag, added) => added + tag) ?? themed + bridge;
}

/** The colours of the page as those of the editor's theme, High Contrast included. */
const THEME = `
:root:root {
  --paper: var(--vscode-editor-background); --card: var(--vscode-editor-background);
  --ink: var(--vscode-editor-foreground); --soft: var(--vscode-descriptionForeground);
  --line: var(--vscode-contrastBorder, var(--vscode-widget-border, var(--vscode-panel-border)));
  --wash: var(--vscode-list-hoverBackground, var(--vscode-editor-background));
  --link: var(--vscode-textLink-foreground);
  --draft: var(--vscode-descriptionForeground); --active: var(--vscode-charts-blue);
  --final: var(--vscode-charts-green); --dropped: var(--vscode-charts-orange);
  --error: var(--vscode-editorError-foreground); --warning: var(--vscode-editorWarning-foreground);
  --info: var(--vscode-editorInfo-foreground); --hint: var(--vscode-descriptionForeground);
  --on: var(--vscode-editor-background);
}
body { font-family: var(--vscode-font-family); padding: 0; }
.graph text { font-family: var(--vscode-font-family); }
button, input, select { font-size: var(--vscode-font-size); background: var(--vscode-input-background); color: var(--vscode-input-foreground); }
select { background: var(--vscode-dropdown-background); color: var(--vscode-dropdown-foreground); }
.vscode-high-contrast .graph { --edge: 1; } .vscode-high-contrast .graph .stage { stroke: none; }
.vscode-high-contrast .node.lit rect:not(.stage) { stroke: var(--vscode-contrastActiveBorder, var(--active)); stroke-width: 3; }
`;

/** Posts clicked links and other choices to the extension: a webview cannot open files, nor render the page. */
const BRIDGE = `
const editor = acquireVsCodeApi();
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-uri], a[href]");
  if (!link) return;
  const target = link.getAttribute("data-uri") ?? link.getAttribute("href") ?? link.getAttribute("xlink:href");
  if (!target || target.startsWith("#")) return;
  event.preventDefault();
  event.stopPropagation();
  editor.postMessage({ open: target });
}, true);
// The page that answers a choice has the focus where it was.
const focused = editor.getState()?.focused;
if (focused) document.querySelector('[name="' + focused + '"]')?.focus();
document.addEventListener("spec-lsp:choose", ({ detail }) => {
  editor.setState({ focused: document.activeElement?.getAttribute("name") });
  editor.postMessage({ choose: detail });
});
`;

function insert(
  text: string,
  place: RegExp,
  added: string,
  join: (tag: string, added: string) => string,
): string | undefined {
  return place.test(text) ? text.replace(place, (tag) => join(tag, added)) : undefined;
}
