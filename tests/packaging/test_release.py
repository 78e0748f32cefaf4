"""One version everywhere, the notes of a release, and the metadata of the packages."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from datetime import date
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

import spec_lsp
from release.formula import formula
from release.metadata import description
from release.version import files_with, notes, version_of
from tests.packaging.steps import TOP, text_of, tool

DAY = date(2026, 3, 14)
ADDRESS = "https://code.example/team/spec-lsp"


def test_every_file_states_the_version() -> None:
    version = version_of(TOP)
    assert version == spec_lsp.__version__
    files = files_with(TOP, version, DAY)
    assert {path for path, text in files.items() if text != text_of(path)} == set()
    assert {
        *("README.md", "CHANGELOG.md", "editors/vscode/package.json", "templates/spec-lsp.yml"),
        *("editors/vscode/package-lock.json", "packaging/mason/package.yaml"),
        *("editors/zed/Cargo.toml", "editors/zed/extension.toml"),
    } <= files.keys()


def test_a_new_version_changes_only_the_lines_that_state_it() -> None:
    for path, text in files_with(TOP, "7.8.9", DAY).items():
        old = text_of(path).splitlines()
        added = [line for line in text.splitlines() if line not in old]
        assert added, path
        assert all("7.8.9" in line for line in added), path


def test_what_is_unreleased_goes_below_the_new_version() -> None:
    assert (
        "## [Unreleased]\n\n## [7.8.9] - 2026-03-14\n"
        in files_with(TOP, "7.8.9", DAY)["CHANGELOG.md"]
    )


def test_the_notes_are_the_changes_of_the_version() -> None:
    changes = "# C\n\n## [Unreleased]\n\n## [0.2.0] - x\n\n- B\n\n## [0.1.0] - x\n\n- A\n"
    assert notes(changes, "0.2.0") == "- B\n"
    assert notes(changes, "0.1.0") == "- A\n"
    with pytest.raises(ValueError, match=r"says nothing about 0\.3\.0"):
        notes(changes, "0.3.0")
    assert notes(text_of("CHANGELOG.md"), spec_lsp.__version__)


def test_relative_links_lead_to_the_tag_or_become_text() -> None:
    readme = (
        "[a](docs/a.md#b) [`b`](b.md), [c](https://c.example) [d](#d)\n\n![P](docs/p.png)\nEnd\n"
    )
    assert description(readme, ADDRESS, "v1.0.0") == (
        f"[a]({ADDRESS}/blob/v1.0.0/docs/a.md#b) [`b`]({ADDRESS}/blob/v1.0.0/b.md),"
        f" [c](https://c.example) [d](#d)\n\n![P]({ADDRESS}/raw/v1.0.0/docs/p.png)\nEnd\n"
    )
    assert description(readme, "", "v1.0.0") == ("a `b`, [c](https://c.example) [d](#d)\n\nEnd\n")


@pytest.mark.parametrize("address", ["", ADDRESS])
def test_a_package_links_only_to_the_address_of_the_repository(
    address: str, tmp_path: Path
) -> None:
    metadata = wheel_metadata(tmp_path, address)
    assert metadata["Version"] == spec_lsp.__version__
    text = metadata.get_payload()
    assert isinstance(text, str)
    assert not re.search(r"\]\((?!https?://|#)", text)
    assert (ADDRESS in text) == bool(address)
    named = [each.split(", ")[0] for each in metadata.get_all("Project-URL", [])]
    assert named == (["Source", "Issues", "Documentation", "Changelog"] if address else [])


def wheel_metadata(folder: Path, address: str) -> Message:
    """The METADATA of a wheel of a project at an address, built from the files that matter."""
    for name in ("pyproject.toml", "README.md", "LICENSE", "release/metadata.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(TOP / name, folder / name)
    line = re.compile(r'(?m)^repository = ".*"$')
    project = line.sub(f'repository = "{address}"', text_of("pyproject.toml"))
    (folder / "pyproject.toml").write_text(project, encoding="utf-8")
    (folder / "spec_lsp").mkdir()
    shutil.copy(TOP / "spec_lsp" / "__init__.py", folder / "spec_lsp")
    (wheel,) = WheelBuilder(str(folder)).build(directory=str(folder / "dist"))
    with zipfile.ZipFile(wheel) as archive:
        name = next(each for each in archive.namelist() if each.endswith("/METADATA"))
        return message_from_bytes(archive.read(name))


def test_the_formula_has_the_checksums_of_the_lock(tmp_path: Path) -> None:
    lock = text_of("packaging/requirements.txt")
    archive = tmp_path / "spec_lsp-0.1.0.tar.gz"
    archive.write_bytes(b"source")
    text = formula(ADDRESS, archive, f"{ADDRESS}/a.tar.gz", pylock(lock), lock)
    named = re.findall(r'resource "([^"]+)"', text)
    assert named == [name for name in packages(lock) if name != "colorama"]
    checksums = re.findall(r'sha256 "([^"]+)"', text)
    assert len(checksums) == len(named) + 1
    assert all(f"sha256:{each}" in lock for each in checksums[1:])
    with pytest.raises(ValueError, match="annotated-doc is not in"):
        formula(ADDRESS, archive, ADDRESS, pylock(lock), "")


def test_the_formula_is_ruby(tmp_path: Path) -> None:
    lock = text_of("packaging/requirements.txt")
    file = tmp_path / "spec-lsp.rb"
    file.write_text(formula(ADDRESS, TOP / "LICENSE", ADDRESS, pylock(lock), lock))
    subprocess.run([tool("ruby"), "-c", str(file)], check=True, capture_output=True)


def test_the_lock_of_packages_has_the_versions_that_are_tested() -> None:
    tested = text_of("requirements.txt").splitlines()
    locked = re.findall(r"(?m)^([^#\s].*?) *\\?$", text_of("packaging/requirements.txt"))
    assert locked
    assert [line for line in locked if line not in tested] == []


def packages(lock: str) -> list[str]:
    return re.findall(r"(?m)^([\w.-]+)==", lock)


def pylock(lock: str) -> str:
    """A lock with addresses, as `uv pip compile --format pylock.toml` writes it."""
    return "\n".join(
        f'[[packages]]\nname = "{name}"\n'
        + ("marker = \"sys_platform == 'win32'\"\n" if name == "colorama" else "")
        + f'sdist = {{ url = "https://files.example/{name}.tar.gz",'
        f' hashes = {{ sha256 = "{checksum}" }} }}\n'
        for name, checksum in re.findall(r"(?m)^([\w.-]+)==.*\n +--hash=sha256:(\w+)", lock)
    )
