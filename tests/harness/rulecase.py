"""Run one case: the diagnostics must be exactly those that its carets show."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import ndiff

from spec_lsp.rules.engine.model import Diagnostic
from tests.harness.carets import Label, full_label, shows_related, with_carets
from tests.harness.casefile import Case, Fence
from tests.harness.world import CONFIG, DOCUMENT, TEMPLATE, World, chosen_fixes, world_of


def run_case(case: Case, *, label: Label = full_label, code: str = "") -> None:
    """Diagnose all files of a case, then apply fixes and diagnose the outcome.

    With a code, diagnostics of other rules are ignored.
    """
    world = world_of(case.fences)
    assert case.of("template", "markdown", "toml"), "a case needs something to check"
    for fence in case.of("template", "markdown", "toml"):
        path = fence.path or {"template": TEMPLATE, "toml": CONFIG}.get(fence.kind, DOCUMENT)
        _compare(world, fence, path, label, code)
    for group in _by_choice(case.of("fixed")):
        first = group[0]
        fixes = list(chosen_fixes(world, first.title, safe_only="safe" in first.flags))
        assert fixes, f"no finding offers the fix {first.title!r}: {_titles(world)}"
        fixed = world.fixed(fixes)
        for fence in group:
            _compare(fixed, fence, fence.path or next(iter(fixed.documents)), label, code)


def rendered(world: World, path: str, label: Label, code: str, like: str) -> str:
    """A file with carets; related places are shown when the expected text shows some."""
    text = world.text(path)
    if "\r\n" in text:
        assert "\n" not in text.replace("\r\n", ""), "line endings are mixed"
    found = [each for each in world.diagnose(path) if not code or each.code == code]
    shown = with_carets(
        text,
        found,
        label,
        (lambda each: world.line(each.path, each.span.start)) if shows_related(like) else None,
    )
    return shown.replace("\r\n", "\n")


def _compare(world: World, fence: Fence, path: str, label: Label, code: str) -> None:
    known = {CONFIG, *world.documents, *world.templates}
    assert path in known, f"{path} does not exist"
    found = rendered(world, path, label, code, fence.text)
    changes = ndiff(fence.text.splitlines(keepends=True), found.splitlines(keepends=True))
    assert found == fence.text, (
        f"line {fence.line}, {path}: expected -, found +\n{''.join(changes)}"
    )


def _by_choice(fences: Iterable[Fence]) -> list[list[Fence]]:
    """Group the files that the fixes of one choice change."""
    groups: dict[tuple[str, bool], list[Fence]] = {}
    for fence in fences:
        groups.setdefault((fence.title, "safe" in fence.flags), []).append(fence)
    return list(groups.values())


def _titles(world: World) -> list[str]:
    found: list[Diagnostic] = [each for path in world.documents for each in world.diagnose(path)]
    return [fix.title for each in found for fix in each.fixes(world.desk)]
