"""Count the documents that have all sections of the template of their day, without the product.

`python -m tests.audit.conformance FOLDER TEMPLATE…` prints this share beside the product's, which
should differ by less than 2 points, and the documents on which the two differ. Everything is read
again in the simplest way: outermost headings with an expression, the history with two calls of
git for each name of a document. Name the documents with `--paths`: otherwise, those count that have
half of the sections.
"""

from __future__ import annotations

import argparse
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from spec_lsp.storage.read import scan_folder
from spec_lsp.template.match.binding import Binding, bind
from spec_lsp.template.match.content import explains
from spec_lsp.template.match.missing import missing_sections
from spec_lsp.workspace.config.globs import matches

_FENCE = re.compile(r"[ ]{0,3}(`{3,}(?!.*`)|~{3,})(.*)")
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_OPTIONAL = re.compile(r"optional|if applicable", re.IGNORECASE)
_SAMPLE = re.compile(r"[\[\]<>{}]")
_ABOUT = {"readme", "index", "changelog", "contributing", "code_of_conduct", "security", "license"}
_FOLLOWS = 0.5  # share of the required sections
_FOLLOWS_BY_PATH = 0.2

Counts = dict[str, list[str]]


def main() -> None:
    """Print both shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("template", nargs="+")
    parser.add_argument("--paths", help="glob of the documents that follow the templates")
    asked = parser.parse_args()
    ours = _counted(asked.folder, asked.template, asked.paths)
    theirs = _product(asked.folder.resolve(), asked.template, asked.paths)
    for name, found in (("counted", ours), ("product", theirs)):
        share = 100 * sum(not lacking for lacking in found.values()) / max(len(found), 1)
        print(f"{name}: {share:.1f}% of {len(found)} documents")  # noqa: T201
    for path in sorted({*ours, *theirs}):
        one, other = ours.get(path), theirs.get(path)
        if one is None or other is None or bool(one) != bool(other):
            print(f"  {path}: counted {one}, product {other}")  # noqa: T201


def _counted(folder: Path, templates: list[str], glob: str | None) -> Counts:
    """The absent sections of each document that follows one of the templates."""
    names = {each: _names(folder, each) for each in templates}
    found: Counts = {}
    for path in _lines(folder, "ls-files", "*.md"):
        is_about = Path(path).stem.casefold() in _ABOUT and "/README" not in (glob or "")
        if path in templates or is_about or (glob and not matches(path, [glob])):
            continue
        birth = _birth(folder, path)
        titles = _titles(_text(folder, path))
        best, least = [""], _FOLLOWS_BY_PATH if glob else _FOLLOWS
        for template in templates if birth else ():
            law = _law(folder, birth, names[template])
            lacking = _lacking(titles, law)
            share = 1 - len(lacking) / len(law) if law else -1.0
            if share >= least:
                now = _sections(_text(folder, template))
                best, least = lacking if _lacking(titles, now) else [], share
        if best != [""]:
            found[path] = best
    return found


def _product(folder: Path, templates: list[str], glob: str | None) -> Counts:
    """The absent sections of each document that the product checks against the templates."""
    scanned = scan_folder(folder)
    assert scanned.to_read
    found: Counts = {}
    for sight in scanned.to_read.sights:
        document = scanned.texts.document(sight.path)
        binding = scanned.workspace.bind(document) if document else None
        if glob and not matches(sight.path, [glob]):
            continue
        if binding and binding.template.path in templates and not binding.template.is_later:
            today = binding.template.today
            versions = [binding, *([bind(binding.document, today)] if today else [])]
            found[sight.path] = min(map(_missing, versions), key=bool)
    return found


def _missing(binding: Binding) -> list[str]:
    missing = [each for each in missing_sections(binding) if not explains(each.slot)]
    return [each.slot.title for each in missing if each.parent is None]


def _birth(folder: Path, path: str) -> str:
    """The first commit of a document, through renames; empty if there is none."""
    merges = "--diff-merges=first-parent"
    commits = _lines(folder, "log", "--full-history", merges, "--format=%H", "--", path)
    if not commits:
        return ""
    shown = _git(folder, "show", merges, "-M", "--name-status", "--format=", commits[-1])
    old = re.search(rf"^R\d+\t([^\t\n]+)\t{re.escape(path)}$", shown, re.MULTILINE)
    return (_birth(folder, old[1]) if old else "") or commits[-1]


def _titles(text: str) -> str:
    """The titles of all headings and of lines in bold, one a line."""
    bold = [_key(line) for line in re.findall(r"^\*\*[^*\n]+\*\*[ \t]*$", text, re.MULTILINE)]
    return "\n".join(f" {key} " for key in (*(key for _, key, _ in _headings(text)), *bold))


def _lacking(titles: str, law: tuple[str, ...]) -> list[str]:
    """The sections that are in no title: `Risks and Alternatives` counts for both."""
    return [key for key in law if f" {key} " not in titles]


def _names(folder: Path, template: str) -> tuple[str, ...]:
    found = _lines(folder, "log", "--follow", "--name-only", "--format=", "--", template)
    return tuple(dict.fromkeys((template, *found)))


@cache
def _law(folder: Path, commit: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The required sections of the template at a commit; none if there was no template."""
    texts = (_git(folder, "show", f"{commit}:{name}") for name in names)
    return _sections(next(filter(None, texts), ""))


def _text(folder: Path, path: str) -> str:
    return (folder / path).read_text("utf-8", "replace")


def _sections(text: str) -> tuple[str, ...]:
    """The titles of the required outermost sections; a single first heading is the title."""
    found = [*_headings(text)]
    for level in range(1, 7):
        here = [each for each in found if each[0] == level]
        if len(here) > 2:
            return tuple(key for _, key, said in here if key and not _is_optional(said))
    return ()


def _is_optional(said: str) -> bool:
    """Whether a heading, or the start of the text below it, says so, or all of it is metadata."""
    heading, _, body = said.partition("\n")
    if re.fullmatch(r"(`{3,}|~{3,}).*?\1", body.strip(), re.DOTALL):
        return True
    return bool(_SAMPLE.search(heading) or _OPTIONAL.search(f"{heading} {body.strip()[:60]}"))


def _headings(text: str) -> Iterator[tuple[int, str, str]]:
    """The level, the compared title and the text of each section outside of code and comments."""
    fence = ""
    found: list[tuple[int, str, list[str]]] = []
    for line in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).splitlines():
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not mark[2].strip():
            fence = ""
        heading = None if fence else _HEADING.match(line)
        if heading:
            found.append((len(heading[1]), _key(heading[2]), [heading[2]]))
        elif found:
            found[-1][2].append(line)
    return ((level, key, "\n".join(lines)) for level, key, lines in found)


def _key(title: str) -> str:
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title)
    plain = re.sub(r"\([^)]*\)|^[\d.]+[.)]?\s", "", plain)
    return " ".join(re.findall(r"\w+", plain.casefold()))


def _lines(folder: Path, *arguments: str) -> list[str]:
    return [line for line in _git(folder, *arguments).splitlines() if line]


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), "-c", "core.quotePath=false", *arguments]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


if __name__ == "__main__":
    main()
