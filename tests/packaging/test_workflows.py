"""The workflows and forms of `.github/`, and what they refer to."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.packaging.steps import TOP, linted, parsed, text_of

WORKFLOWS = sorted(
    each.relative_to(TOP).as_posix() for each in (TOP / ".github" / "workflows").glob("*.yml")
)
FORMS = sorted(
    each.relative_to(TOP).as_posix()
    for each in (TOP / ".github" / "ISSUE_TEMPLATE").glob("*.yml")
    if each.stem != "config"
)
_PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$")


def steps_of(path: str) -> Iterator[dict[str, Any]]:
    """The steps of a workflow or an action."""
    file = parsed(path)
    for job in file["jobs"].values() if "jobs" in file else [file["runs"]]:
        yield from job["steps"]


@pytest.mark.parametrize("path", ["action.yml", *WORKFLOWS])
def test_actions_are_pinned_by_commit(path: str) -> None:
    used = [line.strip(" -") for line in text_of(path).splitlines() if "uses: " in line]
    assert used
    assert [line for line in used if not (_PINNED.match(line) or "uses: ./ " in line)] == []


@pytest.mark.parametrize("path", WORKFLOWS)
def test_each_job_has_the_least_permissions(path: str) -> None:
    workflow = parsed(path)
    assert workflow["permissions"] == {}
    assert [name for name, job in workflow["jobs"].items() if "permissions" not in job] == []
    assert "secrets." not in text_of(path)


@pytest.mark.parametrize("path", WORKFLOWS)
def test_commands_refer_to_what_there_is(path: str) -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", text_of("Makefile")))
    runs = "\n".join(step.get("run", "") for step in steps_of(path))
    assert set(re.findall(r"\bmake ([a-z-]+)", runs)) <= targets
    named = re.findall(r"(?:--file|--requirement|--prefix|requirements) ([\w./-]+)", runs)
    folders = [step["working-directory"] for step in steps_of(path) if "working-directory" in step]
    assert [name for name in named + folders if not (TOP / name).exists()] == []
    scripts = re.findall(r"(?m)^(packaging/\S+)", runs)
    assert [name for name in scripts if not os.access(TOP / name, os.X_OK)] == []
    for command in re.findall(r"python -m release (\w+)", runs):
        assert f'"{command}"' in text_of("release/__main__.py")


def test_the_tools_of_the_release_are_those_that_are_tested() -> None:
    tools = text_of("packaging/tools.txt")
    used = re.findall(r"pipx run (\S+)", text_of(".github/workflows/release.yml"))
    assert used
    assert [each for each in used if each not in tools] == []


def test_packages_are_published_by_trust_alone() -> None:
    jobs = parsed(".github/workflows/release.yml")["jobs"]
    for name in ("pypi", "npm"):
        assert jobs[name]["permissions"] == {"id-token": "write"}
        assert (jobs[name]["environment"], jobs[name]["needs"]) == (name, "build")
    assert "npm publish --provenance" in jobs["npm"]["steps"][-1]["run"]
    deploy = parsed(".github/workflows/pages.yml")["jobs"]["deploy"]
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}


def test_the_site_and_the_npm_package_are_built_by_the_targets_that_are_tested_here() -> None:
    jobs = parsed(".github/workflows/ci.yml")["jobs"]
    assert {"run": "make site"} in jobs["site"]["steps"]
    assert jobs["npm"]["steps"][-1] == {"run": "make test-npm"}
    least = json.loads(text_of("packaging/npm/package.json"))["engines"]["node"]
    assert f">={jobs['npm']['strategy']['matrix']['node'][0]}" == least


def test_every_classified_python_is_tested() -> None:
    matrix = parsed(".github/workflows/ci.yml")["jobs"]["test"]["strategy"]["matrix"]
    versions = re.findall(r"Python :: (3\.\d+)", text_of("pyproject.toml"))
    assert set(versions) <= set(matrix["python"])


@pytest.mark.parametrize("path", FORMS)
def test_forms_ask_for_what_a_report_needs(path: str) -> None:
    form = parsed(path)
    assert {"name", "description", "body"} <= form.keys()
    ids = [each["id"] for each in form["body"]]
    assert len(ids) == len(set(ids))
    assert any(each.get("validations", {}).get("required") for each in form["body"])
    if path.endswith("bug.yml"):
        assert "spec-lsp doctor" in text_of(path)


def test_actionlint_finds_nothing() -> None:
    assert linted("actionlint", *WORKFLOWS) == ""


def test_zizmor_finds_nothing() -> None:
    assert linted("zizmor", "--offline", "--quiet", ".github", "action.yml") == ""


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.github-actions", ["action.yml"]),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [".github/ISSUE_TEMPLATE/config.yml"]),
    ],
)
def test_files_meet_the_schema_of_the_host(schema: str, paths: list[str]) -> None:
    assert linted("check-jsonschema", "--builtin-schema", schema, *paths) == ""
