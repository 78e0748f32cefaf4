"""The headings of a document without offsets, shared by versions with the same headings."""

from __future__ import annotations

from dataclasses import dataclass

from spec_lsp.markdown.anchors import slugs
from spec_lsp.memo import lazy


@dataclass(frozen=True)
class Outline:
    """The levels and titles of a document's sections, by index; level 0 means no heading."""

    levels: tuple[int, ...]
    titles: tuple[str, ...]

    @lazy
    def parents(self) -> list[int]:
        """The index of the parent of each section, -1 for none."""
        found: list[int] = []
        around: list[int] = []
        for index, level in enumerate(self.levels):
            while level and around and self.levels[around[-1]] >= level:
                around.pop()
            found.append(around[-1] if around else -1)
            if level:
                around.append(index)
        return found

    @lazy
    def children(self) -> dict[int, list[int]]:
        """The indices of the direct children of each section; the outermost ones under -1."""
        found: dict[int, list[int]] = {}
        for index, (level, parent) in enumerate(zip(self.levels, self.parents, strict=True)):
            if level:
                found.setdefault(parent, []).append(index)
        return found

    @lazy
    def ends(self) -> list[int]:
        """The index after the last descendant of each section."""
        ends = [*range(1, len(self.levels) + 1)]
        for index in range(len(ends) - 1, -1, -1):
            if (parent := self.parents[index]) >= 0:
                ends[parent] = max(ends[parent], ends[index])
        return ends

    @lazy
    def title(self) -> int | None:
        """The index of the document's title: a level 1 heading before all other headings."""
        first = next((index for index, level in enumerate(self.levels) if level), None)
        return first if first is not None and self.levels[first] == 1 else None

    @lazy
    def anchors(self) -> dict[str, int]:
        """The index of the section for each heading anchor, as GitHub names anchors."""
        headed = [index for index, level in enumerate(self.levels) if level]
        names = slugs(self.titles[index] for index in headed)
        return dict(zip(names, headed, strict=True))
