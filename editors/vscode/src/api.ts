// The server's custom commands and notifications, with their arguments and results.
import type { Position, Range } from "vscode-languageclient/node";

export interface TemplateInfo {
  kind: string;
  name: string;
  description: string;
  builtin: boolean;
  uri: string;
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
  "specLsp.graph": [{ uri?: string; format: "html" }, { html: string }];
  "specLsp.showTemplate": [{ uri: string }, { uri: string; range: Range | null } | null];
  "specLsp.templateText": [{ uri: string }, { text: string }];
  "specLsp.status": [{ uri: string }, Status | null];
  "specLsp.documents": [Record<string, never>, SpecDocument[]];
  "specLsp.insertMissing": [{ uri: string }, unknown];
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
