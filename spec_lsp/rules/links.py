"""Links."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from functools import partial

from spec_lsp.memo import once
from spec_lsp.rules.engine.model import FileContext, Finding, Related
from spec_lsp.rules.engine.registry import rule
from spec_lsp.rules.fixes import link_mapping, links
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.facts import Reference
from spec_lsp.workspace.failing_links import (
    CommonFailure,
    CommonFailures,
    fails,
    lost_folders,
    wrong_depth,
)
from spec_lsp.workspace.link_targets import has_anchor, target_path, with_answer


@rule("broken-link", "error", reads="references")
def broken_link(view: FileContext) -> Iterator[Finding]:
    """A relative link points to a file or folder that does not exist.

    In the folder of a site generator, links may be written in its way: without `.md`, as `.html`,
    or from the top of the site.
    The configurations of mkdocs, Docusaurus, Jekyll, Hugo, VitePress and mdBook are read for this;
    `[links]` in the configuration describes other sites, moved files and external paths.
    Links copied from the template are not checked: other rules report what is still to be filled
    in.
    Several that lead to documents with more `../`, or with one less, are one problem of a document.
    So are five or more into a folder in which none of its links leads to anything.
    Links of one form that fail all over the workspace are reported once, by `unmapped-links`.

    ```markdown docs/login.md
    # Specification: Login

    See [the plan](plans/login.md).
                   ^^^^^^^^^^^^^^ docs/plans/login.md does not exist
    ```
    """
    failing = {each: why for each, why in once(view, _failing) if isinstance(why, str)}
    wrong = wrong_depth(view.workspace, view.entry, failing)
    lost = lost_folders(view.entry, failing.keys() - wrong.paths.keys())
    together = {each for group in lost.values() for each in group}
    for each, why in failing.items():
        if each not in wrong.paths and each not in together:
            yield Finding(each.span, why, partial(links.link_elsewhere, view.entry, each))
    for folder, found in lost.items():
        first, *others = sorted(found, key=lambda each: each.span)
        fixer = partial(links.link_elsewhere, view.entry, first)
        message = f"{len(found)} links of this document into {folder} lead nowhere"
        yield Finding(first.span, message, fixer, _likewise(view, others))
    if wrong.paths:
        first, *others = sorted(wrong.paths, key=lambda each: each.span)
        missing = f"lack “{'../' * wrong.ups}”" if wrong.ups > 0 else "have one “../” too many"
        message = f"{len(wrong.paths)} links of this document {missing}"
        fixer = partial(links.link_from_here, view.entry, wrong.paths)
        yield Finding(first.span, message, fixer, _likewise(view, others))


@rule("unmapped-links", "info", reads="references")
def unmapped_links(view: FileContext) -> Iterator[Finding]:
    """Links of one form fail in most documents that have them: one cause, reported once.

    A site generator may resolve them, another repository may have their targets, or they lead into
    a folder that is not at the top of the workspace, such as that of a container.
    `[links]` in the configuration says where such links lead; the fixes write it.
    The problem is on the first document with such a link.
    """
    seen: set[str] = set()
    for each, why in once(view, _failing):
        if isinstance(why, str) or why.first != view.entry.path:
            continue
        if why.cause not in seen:
            seen.add(why.cause)
            shown = posixpath.basename(each.path)
            like = f"into {why.cause}" if why.cause.endswith("/") else f"such as “{shown}”"
            message = f"Links {like} lead nowhere in most of {why.documents} documents"
            yield Finding(each.span, message, partial(link_mapping.map_links, view.entry, each))


@rule("broken-anchor", "error", reads="references")
def broken_anchor(view: FileContext) -> Iterator[Finding]:
    """The anchor of a link does not match any heading of the target document.

    Anchors are built as on GitHub and in most renderers: lower case, words joined by hyphens.

    ```markdown login.md
    # Specification: Login

    See [how it fails](#falling).
                       ^^^^^^^^ login.md has no heading “falling”

    ## Failing
    ```
    """
    for each, target in with_answer(view.entry, partial(_without_anchor, view)):
        fixer = partial(links.name_heading, view.entry, each, target)
        yield Finding(each.span, f"{target.path} has no heading “{each.anchor}”", fixer)


def _likewise(view: FileContext, others: Iterable[Reference]) -> tuple[Related, ...]:
    return tuple(Related(view.entry.path, each.span, "So does this") for each in others)


def _failing(view: FileContext) -> list[tuple[Reference, str | CommonFailure]]:
    """The links of a file that lead nowhere: what is wrong, or how most of their shape fail."""
    return with_answer(view.entry, partial(_failure, view, CommonFailures(view.workspace)))


def _failure(
    view: FileContext, common: CommonFailures, link: Reference
) -> str | CommonFailure | None:
    if not fails(view.workspace, view.entry, link):
        return None
    if found := common.of(link):
        return found
    address = links.address_of(view.entry, link)
    return address.message if address else f"{link.path} does not exist"


def _without_anchor(view: FileContext, link: Reference) -> Entry | None:
    """The Markdown file that a link leads to, if it does not have the anchor."""
    if not link.anchor:
        return None
    entries = view.workspace.index.entries
    target = entries.get(link.path) or entries.get(
        target_path(view.workspace, view.entry.path, link.path)
    )
    return target if target and not has_anchor(target, link.anchor) else None
