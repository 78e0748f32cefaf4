// What the board shows: the kinds of documents, and the columns of each.
import { countFindings, type SpecDocument, type Stage, type TemplateInfo } from "../api";

const STAGES: Stage[] = ["draft", "active", "final", "dropped", ""];

/** The kinds with most documents first. */
export function boardOf(documents: readonly SpecDocument[], templates: readonly TemplateInfo[]) {
  const kinds = [...new Set(documents.map((each) => each.kind))].map((kind) => {
    const own = documents.filter((each) => each.kind === kind);
    const listed = templates.find((each) => each.kind === kind)?.states ?? [];
    return { kind, name: own[0]?.kindName ?? kind, states: statesOf(own, listed), count: own.length };
  });
  const shown = documents.map((each) => ({ ...each, problems: countFindings(each.findings) }));
  return { kinds: kinds.sort((a, b) => b.count - a.count), documents: shown };
}

/** The states that the template lists, then others that documents have, by stage; those without a state come last. */
function statesOf(documents: SpecDocument[], listed: string[]): string[] {
  const rank = ({ state, stage }: SpecDocument) => (state ? STAGES.indexOf(stage) : STAGES.length);
  const others = documents.filter(({ state }) => !listed.includes(state));
  others.sort((a, b) => rank(a) - rank(b) || a.state.localeCompare(b.state));
  return [...new Set([...listed, ...others.map(({ state }) => state)])];
}
