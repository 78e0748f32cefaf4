// The server's custom commands and notifications, with their arguments and results.
import type { Position, Range } from "vscode-languageclient";

export interface TemplateInfo {
  kind: string;
  name: string;
  description: string;
  builtin: boolean;
  uri: string;
  /** The values of its status in the order of the life cycle; empty if it has none. */
  states: string[];
}

/** The text of a new document and its URI. */
export interface NewDocument {
  uri: string;
  snippet: string;
  id: string;
}

export interface Findings {
  error: number;
  warning: number;
  info: number;
  hint: number;
}

export type Stage = "" | "draft" | "active" | "final" | "dropped";

interface Progress {
  kind: string;
  id: string;
  title: string;
  status: string;
  stage: Stage;
  /** Completeness, rounded down: 100 only if complete. */
  percent: number;
  tasks: [done: number, all: number];
  placeholders: number;
  findings: Findings;
}

export interface Status extends Progress {
  template: string;
  sections: [filled: number, wanted: number];
}

export interface SpecDocument extends Progress {
  uri: string;
  path: string;
  root: string;
  kindName: string;
  unit: string;
  owner: string;
  /** The status as the template lists it, else without a remark. */
  state: string;
}

/** A document that refers to another one, or the other way round; `at` and `range` are where. */
export interface Link {
  uri: string;
  name: string;
  detail: string;
  label: string;
  at: string;
  range: Range | null;
}

export interface Links {
  /** Where the document defines its ID, or its title. */
  place: Range | null;
  /** How many documents refer to it, and to how many it refers; the lists have a part of them. */
  count: number;
  targets: number;
  incoming: Link[];
  outgoing: Link[];
}

/** What the graph shows; `around` is the path of a document. */
export interface GraphChoice {
  kind?: string;
  status?: string;
  folder?: string;
  unit?: string;
  around?: string;
  depth?: number;
  group?: string;
}

export interface Place {
  uri: string;
  position: Position;
}

/** What was found in a folder without a configuration; `message` is empty if there is one. */
export interface Found {
  uri: string;
  message: string;
}

/** Each server command with its argument and its result. */
export interface Commands {
  "specLsp.templates": [{ uri?: string }, TemplateInfo[]];
  "specLsp.new": [{ kind: string; title: string; id?: string; uri?: string; directory?: string }, NewDocument];
  "specLsp.createFromId": [Place & { kind?: string }, NewDocument | null];
  "specLsp.nextPlaceholder": [Place & { backwards?: boolean }, (Range & { number: number; count: number }) | null];
  "specLsp.graph": [GraphChoice & { uri?: string; format: "html" }, { html: string }];
  "specLsp.showTemplate": [{ uri: string }, { uri: string; range: Range | null } | null];
  "specLsp.templateText": [{ uri: string }, { text: string }];
  "specLsp.status": [{ uri: string }, Status | null];
  "specLsp.documents": [Record<string, never>, SpecDocument[]];
  "specLsp.insertMissing": [{ uri: string }, unknown];
  "specLsp.setStatus": [{ uri: string; status?: string }, { status?: string; message?: string } | null];
  "specLsp.tasks": [{ uri: string }, { text: string; done: boolean; range: Range }[] | null];
  "specLsp.links": [{ uri: string; from?: number }, Links | null];
  "specLsp.preview": [{ uri: string }, { status: string; stage: Stage; placeholders: string[] } | null];
  "specLsp.rules": [Record<string, never>, { code: string; summary: string }[]];
  "specLsp.restartIndex": [Record<string, never>, unknown];
}

export type CommandName = keyof Commands;
export type Argument<C extends CommandName> = Commands[C][0];
export type Result<C extends CommandName> = Commands[C][1];

/** Sent after diagnostics changed; cached results of commands are stale. */
export const CHANGED = "specLsp/changed";
/** Sent after the first indexing. */
export const INDEXED = "specLsp/indexed";
export interface Indexed {
  documents: number;
}
/** Sent after each indexing of a folder. */
export const FOUND = "specLsp/found";
export const BUILTIN_SCHEME = "spec-lsp-builtin";

/** Errors and warnings, such as `1 error, 2 warnings`. */
export function countFindings(findings: Findings): string {
  const counts = [plural(findings.error, "error"), plural(findings.warning, "warning")];
  return counts.filter(Boolean).join(", ");
}

function plural(count: number, word: string): string {
  return count === 0 ? "" : `${count} ${word}${count === 1 ? "" : "s"}`;
}
