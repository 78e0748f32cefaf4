// A plugin of markdown-it for documents of the workspace; testable without an editor.
import type { SpecDocument, Stage } from "../api";

export interface Marks {
  /** The documents by ID. */
  documents: Map<string, SpecDocument>;
  /** What is marked in a document, by its URI. */
  pages: Map<string, { status: string; stage: Stage; placeholders: string[] }>;
}

interface Token {
  type: string;
  content: string;
  children: Token[] | null;
  attrs: [name: string, value: string][] | null;
}
type TokenClass = new (type: string, tag: string, nesting: number) => Token;
interface Environment {
  currentDocument?: { toString(): string };
}
export interface MarkdownIt {
  renderer: { render(tokens: Token[], options: unknown, env: Environment): string };
  utils: { escapeHtml(text: string): string };
}

/** The tokens in place of a text. */
type Mark = (Tokens: TokenClass, text: string) => Token[];

/**
 * Marks IDs, the status field and placeholders in running text; never in code and links.
 * This is done to a copy when the text is rendered: only then is the document known, and outlines
 * and anchors, which are made of the same tokens, stay as they are.
 */
export function markSpecs(md: MarkdownIt, marks: Marks, onRender = () => {}): MarkdownIt {
  const render = md.renderer.render.bind(md.renderer);
  md.renderer.render = (tokens, options, env) => {
    onRender();
    const here = env?.currentDocument?.toString() ?? "";
    return render(markAll(tokens, here, marks, md.utils.escapeHtml), options, env);
  };
  return md;
}

function markAll(tokens: readonly Token[], here: string, marks: Marks, escape: (text: string) => string): Token[] {
  const page = marks.pages.get(here);
  const ids = [...marks.documents].filter(([, each]) => each.uri !== here);
  const found = new Map<string, Mark>([
    ...ids.map(([id, each]) => [id, idLink(each, here, escape)] as const),
    ...(page?.placeholders ?? []).map((text) => [text, markPlaceholder] as const),
  ]);
  const pattern = patternOf([...found.keys()]);
  return tokens.map((block) => {
    if (!block.children) return block;
    const Tokens = block.constructor as TokenClass;
    const inline = pattern ? markInline(Tokens, block.children, pattern, found) : block.children;
    const children = page?.status ? markStatus(Tokens, inline, badge(page.stage), page.status) : inline;
    return changed(block, { children });
  });
}

/** Whole IDs only, longest first; nothing but the texts themselves. */
function patternOf(texts: readonly string[]): RegExp | undefined {
  if (!texts.length) return undefined;
  const quoted = [...texts].sort((a, b) => b.length - a.length).map((text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  return new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${quoted.join("|")})(?![\\p{L}\\p{N}_]|[-.]\\p{N})`, "gu");
}

function markInline(Tokens: TokenClass, tokens: readonly Token[], pattern: RegExp, found: Map<string, Mark>): Token[] {
  let links = 0;
  return joinTexts(tokens).flatMap((token) => {
    links += Number(token.type === "link_open") - Number(token.type === "link_close");
    if (token.type !== "text" || links) return [token];
    const parts: Token[] = [];
    let end = 0;
    for (const match of token.content.matchAll(pattern)) {
      const mark = found.get(match[0]);
      if (!mark) continue;
      if (match.index > end) parts.push(made(Tokens, "text", token.content.slice(end, match.index)));
      parts.push(...mark(Tokens, match[0]));
      end = match.index + match[0].length;
    }
    if (!end) return [token];
    if (end < token.content.length) parts.push(made(Tokens, "text", token.content.slice(end)));
    return parts;
  });
}

/** Markdown-it splits texts at brackets; a placeholder spans several of them. */
function joinTexts(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (token.type !== "text" || last?.type !== "text") joined.push(token);
    else joined[joined.length - 1] = changed(last, { content: last.content + token.content });
  }
  return joined;
}

/** The value after a field's name in bold, as in `**Status**: Draft`. */
function markStatus(Tokens: TokenClass, tokens: Token[], mark: Mark, status: string): Token[] {
  const at = tokens.findIndex(
    (token, index) => token.type === "text" && valueOf(token.content) === status && index > 0 && isName(tokens, index),
  );
  const token = tokens[at];
  if (!token) return tokens;
  const lead = token.content.slice(0, token.content.indexOf(status));
  return [...tokens.slice(0, at), made(Tokens, "text", lead), ...mark(Tokens, status), ...tokens.slice(at + 1)];
}

const valueOf = (text: string) => text.replace(/^\s*:/, "").trim();

function isName(tokens: readonly Token[], index: number): boolean {
  const name = tokens[index - 2]?.content ?? "";
  return tokens[index - 1]?.type === "strong_close" && /^(?:.*\b)?(?:status|state)\b/i.test(name);
}

/** A copy with the methods of the token. */
function changed(token: Token, changes: Partial<Token>): Token {
  return Object.assign(Object.create(Object.getPrototypeOf(token)), token, changes);
}

function made(Tokens: TokenClass, type: string, content: string, nesting = 0): Token {
  const token = new Tokens(type, type.startsWith("link_") ? "a" : "", nesting);
  token.content = content;
  return token;
}

function idLink(document: SpecDocument, here: string, escape: (text: string) => string): Mark {
  const title = [document.title, document.kindName, document.status].filter(Boolean).join(" · ");
  return (Tokens, text) => {
    const open = made(Tokens, "link_open", "", 1);
    open.attrs = [["class", "spec-id"], ["href", relative(here, document.uri)], ["title", title]];
    const link = [open, made(Tokens, "text", text), made(Tokens, "link_close", "", -1)];
    const { status, stage } = document;
    const shown = ` <span class="spec-state spec-${stage || "none"}">${escape(status)}</span>`;
    return status ? [...link, made(Tokens, "html_inline", shown)] : link;
  };
}

const markPlaceholder: Mark = (Tokens, text) => wrap(Tokens, text, '<mark class="spec-placeholder">', "</mark>");

function badge(stage: Stage): Mark {
  return (Tokens, text) => wrap(Tokens, text, `<span class="spec-state spec-${stage || "none"}">`, "</span>");
}

function wrap(Tokens: TokenClass, text: string, before: string, after: string): Token[] {
  return [made(Tokens, "html_inline", before), made(Tokens, "text", text), made(Tokens, "html_inline", after)];
}

/** The address of a file from another one, because the preview resolves links from its document. */
function relative(here: string, there: string): string {
  const from = here.split("/").slice(0, -1);
  const to = there.split("/");
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => ".."), ...to.slice(same)].join("/");
}
