"""Our reader and pydantic understand a configuration alike; only a fault needs pydantic."""

from __future__ import annotations

import tomllib

import pytest

from spec_lsp.workspace.config.checked import checked
from spec_lsp.workspace.config.config import Config, as_json, from_json
from spec_lsp.workspace.config.exact import exact

VALID = (
    "",
    'templates = ["docs/*.md"]\nbuiltin = ["task"]\nfamilies = false\nbaseline = "known.json"',
    'include = ["**/*.md"]\nexclude = ["old/**"]\nhistory = false',
    '[rules]\n"*" = "off"\norphan = "hint"\n[check]\nfiles = "all"',
    '[[documents]]\npaths = ["a/*.md"]\ntemplate = "none"\n[[family]]\nname = "kiro"\nbase = "x"',
    '[[overrides]]\npaths = ["a/*.md"]\nrules = { orphan = "off" }',
    '[ids]\nexternal = { JIRA = "https://example.org/{id}" }\n[ids.prefixes."REQ-"]\ndigits = 4',
    '[links]\nsites = ["site"]\nmap = { "a/" = "b/" }\nexternal = ["c/**"]',
    '[lifecycle]\nladder = false\ndraft = ["Idea"]\n[evidence]\ndocuments = 5\nmissing = 1',
    '[new.bug]\ndirectory = "docs/bugs"\nfilename = "{id}-{slug}.md"',
)
INVALID = (
    "unknown = 1",
    "builtin = 3",
    'templates = "a.md"',
    '[links]\nsites = ["../x"]',
    '[rules]\norphan = "loud"',
    "[[documents]]\npaths = []",
    "[evidence]\ndocuments = 0",
    "[evidence]\nmissing = 1.5",
    '[ids.prefixes."req"]\ndigits = 3',
    '[new.bug]\ndirectory = "../outside"',
)


@pytest.mark.parametrize("text", VALID)
def test_a_valid_text_is_read_as_pydantic_reads_it(text: str) -> None:
    data = tomllib.loads(text)
    config = exact(Config, data)
    assert checked(data, text, ()) == (config, ())
    assert from_json(as_json(config)) == config


@pytest.mark.parametrize("text", INVALID)
def test_a_text_with_a_fault_is_left_to_pydantic(text: str) -> None:
    data = tomllib.loads(text)
    with pytest.raises(ValueError, match=r"."):
        exact(Config, data)
    _config, faults = checked(data, text, ())
    assert len(faults) == 1
