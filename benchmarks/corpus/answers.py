"""The text for one placeholder of a template: a name, a date, a reference, a few words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from benchmarks.corpus.prose import Writer
from spec_lsp.template.write.snippet import Stop

Way = Callable[[Writer], str]

_KINDS = {
    "BUG": "bug-fix",
    "DEC": "decision",
    "PLAN": "fix-plan",
    "SPEC": "technical",
    "TASK": "task",
}


def answer(stop: Stop, lead: str, writer: Writer, *, in_code: bool) -> str:
    """The text for a placeholder, by its own text and by the text before it."""
    if stop.choices:
        return writer.chance.choice(stop.choices)
    shown = stop.default.strip("[]{} ")
    if lead.startswith("#") and not in_code:
        return writer.headline()
    if lead.endswith(("`", "/")) or (in_code and not re.search('# |"""', lead)):
        return _named(shown, writer)
    return _way(shown)(writer)


@cache
def _way(shown: str) -> Way:
    """How to fill a placeholder, by its text."""
    code = re.match(r"(BUG|DEC|PLAN|SPEC|TASK)-X+", shown)
    if code:
        return lambda writer: writer.mention(_KINDS[code[1]])
    for pattern, way in _WAYS:
        if re.fullmatch(pattern, shown):
            return way
    # A long placeholder gets a sentence.
    return Writer.item if len(shown) > 24 else Writer.phrase


def _names(writer: Writer) -> str:
    return f"{writer.person()}, {writer.person()}"


def _tags(writer: Writer) -> str:
    return ", ".join(writer["thing"].replace(" ", "-") for _ in range(3))


def _few(writer: Writer) -> str:
    return str(writer.chance.randint(2, 30))


def _days(writer: Writer) -> str:
    return f"{_few(writer)} days"


def _version(writer: Writer) -> str:
    return f"{writer.chance.randint(1, 9)}.{writer.chance.randint(0, 20)}"


def _bug(writer: Writer) -> str:
    return writer.mention("bug-fix")


def _link(writer: Writer) -> str:
    return writer.link()


def _named(shown: str, writer: Writer) -> str:
    """A name as code has it: of a file, of a class, of anything else."""
    name = writer.identifier()
    if "/" in shown or re.search(r"\.\w+$", shown):
        return f"src/{name}.py"
    for pattern, given in _CODE.items():
        if re.fullmatch(pattern, shown):
            return given or "".join(word.title() for word in name.split("_"))
    return name.replace("_", "-") if "-" in shown else name


_CODE = {
    r"ModelName|ReturnType": "",
    r"Type": "int",
    r"parameters": "limit: int",
    r"FILE_EXTENSION": "py",
    r"TEST_COMMAND": "make test",
    r"DEPLOY_COMMAND": "make deploy",
    r"COMMIT_HASH": "4f1c2ab",
}

_WAYS: tuple[tuple[str, Way], ...] = (
    (r"YYYY-MM-DD|Date|TIME", Writer.later),
    (r"ISSUE_ID|Issue #", _bug),
    (r"(Feature|Design Document|Research Document) \d|Module or .*|Earlier fix.*", _link),
    (r"Decision record.*", lambda writer: writer.mention("decision")),
    (r"Names", _names),
    (r"Name|REVIEWER|Technical reviewer|Implementation team.*", Writer.person),
    (r"Module Name|component_name|package_name|feature.name", Writer.identifier),
    (r"tag1.*", _tags),
    (r"(OS and |package |relevant dependency )?versions?", _version),
    (r"X days.*|X hours|Time estimate", _days),
    (r"X|Y|percentage", _few),
    (r"period", lambda _: "week"),
    (r"stage", lambda _: "Staging"),
    (r"Status", lambda _: "Planned"),
    (r"DEFAULT_BRANCH", lambda _: "main"),
    (r"NOTIFICATION_CHANNEL", lambda _: "the channel of the team"),
)
