"""The steps that install, each in an empty environment, from wheels that `make packaging` gathers.

`WHEELHOUSE` names their folder; pip uses nothing else, so that what a step lacks is noticed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import spec_lsp
from tests.packaging.steps import TOP, bash, parsed, text_of

WHEELHOUSE = os.environ.get("WHEELHOUSE", "")
PIP = {
    "PIP_NO_INDEX": "1",
    "PIP_FIND_LINKS": WHEELHOUSE,
    "PIP_CONSTRAINT": str(TOP / "requirements.txt"),
    "PYTHONPATH": "",
}
pytestmark = [
    pytest.mark.skipif(not WHEELHOUSE, reason="`make packaging` gathers the wheels"),
    pytest.mark.skipif(os.name != "posix", reason="the steps are shell scripts"),
]


def works(program: Path, folder: Path) -> bool:
    """Whether a program is our version and finds a problem."""
    (folder / "a.md").write_bytes(b"\xff")
    said, found = (
        subprocess.run(
            [str(program), *arguments],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": ""},
        ).stdout
        for arguments in (["--version"], ["check"])
    )
    return said == f"spec-lsp {spec_lsp.__version__}\n" and "error[unreadable-file]" in found


def run(script: str, folder: Path, **environment: str) -> None:
    result = bash(script, folder, {**PIP, **environment}, "-o", "pipefail")
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_action_installs_the_program(tmp_path: Path) -> None:
    steps = parsed("action.yml")["runs"]["steps"]
    scripts = {each["id"]: each["run"] for each in steps if "run" in each}
    variables = {
        "PYTHON": sys.executable,
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_ACTION_PATH": str(TOP),
        "GITHUB_OUTPUT": str(tmp_path / "outputs"),
    }
    run(scripts["prepare"], tmp_path, **variables)
    run(scripts["install"], tmp_path, **variables)
    said = (tmp_path / "outputs").read_text(encoding="utf-8")
    outputs = dict(line.split("=", 1) for line in said.splitlines())
    assert re.fullmatch("[0-9a-f]{40}", outputs["lock"])
    assert works(Path(outputs["bin"]) / "spec-lsp", tmp_path)


def test_the_container_file_installs_the_program(tmp_path: Path) -> None:
    text = text_of("packaging/docker/Dockerfile").replace("\\\n", "")
    commands = [line.removeprefix("RUN ") for line in text.splitlines() if line.startswith("RUN ")]
    script = "\n".join(each for each in commands if "/opt/spec-lsp" in each)
    assert script.count("pip install") == 2
    # The context of the build, without what `.dockerignore` keeps out.
    source = tmp_path / "source"
    source.mkdir()
    ignored = text_of("packaging/docker/Dockerfile.dockerignore").splitlines()
    for name in (each[1:] for each in ignored if each.startswith("!")):
        (source / name).parent.mkdir(exist_ok=True)
        subprocess.run(["cp", "-r", str(TOP / name), str(source / name)], check=True)
    script = script.replace("/opt/spec-lsp", str(tmp_path / "opt")).replace("/source", str(source))
    run(f"PATH='{Path(sys.executable).parent}':$PATH\n{script}", tmp_path)
    (entry,) = re.findall(r'ENTRYPOINT \["/opt/spec-lsp/([^"]+)"\]', text)
    assert works(tmp_path / "opt" / entry, tmp_path)


def test_the_job_for_gitlab_installs_the_program(tmp_path: Path) -> None:
    *_, body = yaml.safe_load_all(text_of("templates/spec-lsp.yml"))
    script = "\n".join(body["spec-lsp"]["before_script"])
    script = script.replace("/opt/spec-lsp", str(tmp_path / "env"))
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    run(script, tmp_path, SPEC_LSP_VERSION=spec_lsp.__version__, PATH=path)
    assert works(tmp_path / "env" / "bin" / "spec-lsp", tmp_path)


def test_the_plugin_for_megalinter_installs_the_program(tmp_path: Path) -> None:
    folder = "packaging/mega-linter-plugin-spec-lsp"
    (linter,) = parsed(f"{folder}/spec-lsp.megalinter-descriptor.yml")["linters"]
    script = "\n".join(line.removeprefix("RUN ") for line in linter["install"]["dockerfile"])
    script = script.replace("/opt/spec-lsp", str(tmp_path / "opt"))
    script = script.replace("/usr/local/bin", str(tmp_path))
    run(script, tmp_path)
    assert works(tmp_path / "spec-lsp", tmp_path)


def test_the_source_archive_is_complete(tmp_path: Path) -> None:
    (archive,) = (TOP / "dist").glob("*.tar.gz")
    run(f'"{sys.executable}" -m venv env\nenv/bin/pip install --quiet "{archive}"', tmp_path)
    assert works(tmp_path / "env" / "bin" / "spec-lsp", tmp_path)
