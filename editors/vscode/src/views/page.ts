// A page from the server made fit for a panel: its own scripts run, and nothing else does.

/** Adds a content security policy and lets links be opened in the editor. */
export function secure(html: string, nonce: string): string {
  const policy =
    `default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; ` +
    `script-src 'nonce-${nonce}'; form-action 'none'; base-uri 'none'`;
  const head = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  // The page allows only its own script; this policy takes its place, since both would have to agree.
  const free = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/i, "");
  const allowed = free.replace(/<script(?=[\s>])/gi, `<script nonce="${nonce}"`);
  const bridge = `<script nonce="${nonce}">${BRIDGE}</script>`;
  const withHead = insert(allowed, /<head[^>]*>/i, head, (tag, added) => tag + added) ?? head + allowed;
  return insert(withHead, /<\/body>/i, bridge, (tag, added) => added + tag) ?? withHead + bridge;
}

/** Links to files cannot be followed inside a panel, so the extension is told of them. */
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
`;

function insert(
  text: string,
  place: RegExp,
  added: string,
  join: (tag: string, added: string) => string,
): string | undefined {
  return place.test(text) ? text.replace(place, (tag) => join(tag, added)) : undefined;
}
