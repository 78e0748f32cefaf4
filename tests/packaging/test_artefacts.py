"""Descriptions for other people's tools: their shape, and their commands run here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

import spec_lsp
from tests.packaging.steps import TOP, bash, parsed, programs, text_of, tool
from tests.storage.trees import grow

NOTES = {
    "spec-lsp.toml": 'templates = ["note.md"]\n',
    "note.md": "# Note: [Title]\n\n**ID**: NOTE-XXX\n**Status**: Open | Done\n",
    "my notes/NOTE-001-one.md": "# Note: One\n\n**ID**: NOTE-001\n**Status**: Opne\n",
}
MEGALINTER = "packaging/mega-linter-plugin-spec-lsp/spec-lsp.megalinter-descriptor.yml"
posix = pytest.mark.skipif(os.name != "posix", reason="the programs are shell scripts")


def gitlab(**inputs: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The job of the GitLab component and its variables, with inputs in place."""
    head, body = yaml.safe_load_all(text_of("templates/spec-lsp.yml"))
    given = {name: each["default"] for name, each in head["spec"]["inputs"].items()}
    given |= {name.replace("_", "-"): value for name, value in inputs.items()}
    job = body["spec-lsp"]
    named = re.findall(r"\$\[\[ inputs\.([\w-]+) \]\]", text_of("templates/spec-lsp.yml"))
    assert set(named) == set(given)
    variables = {
        name: re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda match: given[match[1]], value)
        for name, value in job["variables"].items()
    }
    return job, variables


@posix
def test_the_job_for_gitlab_writes_its_reports(tmp_path: Path) -> None:
    folder = grow(tmp_path / "work", NOTES)
    (folder / ".cache").mkdir(mode=0o777)
    job, variables = gitlab(paths="my notes\n")
    script = "\n".join(job["script"]).replace("/opt/spec-lsp/bin", str(programs(tmp_path / "bin")))
    variables["SPEC_LSP_CACHE"] = str(folder / ".cache" / "spec-lsp")
    result = bash(script, folder, variables)
    assert (result.returncode, result.stderr) == (1, "")
    assert "my notes/NOTE-001-one.md:4:13: error[invalid-value]" in result.stdout
    reports = job["artifacts"]["reports"]
    (problem,) = json.loads((folder / reports["codequality"]).read_text(encoding="utf-8"))
    assert problem["location"]["path"] == "my notes/NOTE-001-one.md"
    assert "invalid-value" in (folder / reports["junit"]).read_text(encoding="utf-8")
    assert (folder / ".cache" / "spec-lsp" / "spec-lsp").is_dir()


def test_inputs_for_gitlab_reach_scripts_as_variables_only() -> None:
    job, variables = gitlab()
    assert "$[[" not in "".join(job["script"] + job["before_script"])
    assert variables["SPEC_LSP_VERSION"] == spec_lsp.__version__


@posix
def test_the_command_for_megalinter_counts_errors(tmp_path: Path) -> None:
    folder = grow(tmp_path / "work", NOTES)
    descriptor = parsed(MEGALINTER)
    (linter,) = descriptor["linters"]
    assert (descriptor["descriptor_id"], linter["cli_lint_mode"]) == ("SPEC_LSP", "project")
    assert "spec-lsp.toml" in linter["active_only_if_file_found"]
    assert all(line.startswith("RUN ") for line in linter["install"]["dockerfile"])
    command = [str(programs(tmp_path / "bin") / linter["cli_executable"])]
    result = subprocess.run(
        [*command, *linter["cli_lint_extra_args"]],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": str(TOP)},
    )
    assert result.returncode == 1
    assert len(re.findall(linter["cli_lint_errors_regex"], result.stdout)) == 1


def test_the_package_for_mason_names_program_and_configuration() -> None:
    package = parsed("packaging/mason/package.yaml")
    assert package["source"]["id"] == f"pkg:pypi/spec-lsp@{spec_lsp.__version__}"
    scripts = tomllib.loads(text_of("pyproject.toml"))["project"]["scripts"]
    assert package["bin"] == {name: f"pypi:{name}" for name in scripts}
    assert package["categories"] == ["LSP", "Linter"]
    name = package["neovim"]["lspconfig"]
    assert (TOP / "packaging" / "nvim-lspconfig" / f"{name}.lua").exists()


@posix
def test_the_configuration_for_nvim_lspconfig_starts_the_server(tmp_path: Path) -> None:
    nvim = shutil.which("nvim")
    if not nvim:
        pytest.skip("there is no nvim here")
    folder = grow(tmp_path / "work", NOTES)
    shutil.copytree(TOP / "packaging" / "nvim-lspconfig", tmp_path / "config" / "lsp")
    script = (
        "if not vim.lsp.enable then print('too old') else vim.lsp.enable('spec_lsp')"
        " vim.cmd.edit('my notes/NOTE-001-one.md')"
        " print((vim.wait(30000, function() return #vim.diagnostic.get(0) > 0 end))) end"
    )
    result = subprocess.run(
        [nvim, "--headless", "--clean", "--cmd", f"set runtimepath+={tmp_path / 'config'}",
         "-c", f"lua {script}", "-c", "qa!"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(TOP),
             "PATH": f"{programs(tmp_path / 'bin')}{os.pathsep}{os.environ['PATH']}"},
    )  # fmt: skip
    if "too old" in result.stderr:
        pytest.skip("this nvim is older than 0.11")
    assert result.stderr.strip() == "true"


def test_the_entry_for_schemastore_has_the_names_of_the_configuration() -> None:
    entry = json.loads(text_of("packaging/schemastore/catalog-entry.json"))
    assert entry["fileMatch"] == ["spec-lsp.toml", ".spec-lsp.toml"]
    schema = json.loads(text_of("docs/spec-lsp.schema.json"))
    assert schema["$schema"].startswith("https://json-schema.org/")


def test_example_configurations_meet_the_schema(tmp_path: Path) -> None:
    schema = TOP / "docs" / "spec-lsp.schema.json"
    files = [TOP / "examples" / "spec-lsp.toml", TOP / "editors/tests/workspace/spec-lsp.toml"]
    wrong = tmp_path / "spec-lsp.toml"
    wrong.write_text("templates = 1\n")
    check = [tool("check-jsonschema"), "--schemafile", str(schema)]
    assert subprocess.run([*check, *map(str, files)], check=False).returncode == 0
    assert subprocess.run([*check, str(wrong)], check=False, capture_output=True).returncode == 1


def test_the_flake_lists_the_dependencies_of_the_project() -> None:
    text = text_of("flake.nix")
    listed = re.search(r"dependencies = with [^;]+; \[([^\]]+)\]", text)
    assert listed
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    needed = [re.split(r"[<>=]", each)[0] for each in project["dependencies"]]
    assert listed[1].split() == needed


def test_the_flake_is_nix() -> None:
    command = [tool("nix-instantiate"), "--parse", "flake.nix"]
    result = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.slow
def test_the_plugin_for_neovim_can_be_a_branch(tmp_path: Path) -> None:
    """A plugin manager loads a repository; `release.yml` splits the folder into one."""
    clone = tmp_path / "clone"
    git = ["git", "-C", str(clone)]
    subprocess.run(["git", "clone", "-q", "--no-local", str(TOP), str(clone)], check=True)
    shallow = subprocess.run(
        [*git, "rev-parse", "--is-shallow-repository"], capture_output=True, text=True, check=True
    )
    if shallow.stdout.strip() == "true":
        pytest.skip("a shallow clone has no history to split")
    subprocess.run(
        [*git, "subtree", "split", "-q", "--prefix", "editors/nvim", "--branch", "nvim"],
        check=True,
        capture_output=True,
    )
    subprocess.run([*git, "checkout", "-q", "nvim"], check=True)
    assert (clone / "lsp" / "spec_lsp.lua").exists()
    assert (clone / "plugin" / "spec_lsp.lua").exists()
