"""Build the npm package from the sources: download, verify, trim, compile, pack.

`make npm` calls it. The same sources give the same bytes: everything downloaded is named with its
version and hash in `wheels.txt` and below, and archives hold no times. `make npm-lock` writes
`wheels.txt` after `requirements.txt` has changed.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
BUILD = ROOT / "build" / "npm"
DOWNLOADS = BUILD / "downloads"
PACKAGE = BUILD / "package"
WHEELS = HERE / "wheels.txt"

NO_DOWNLOAD = 75  # exit code, by which a test knows that there is no network
# Pinned exactly: the interpreter is started by ways that Pyodide may change in any version.
PYODIDE = "pyodide-314.0.7.tgz"
PYODIDE_HASH = "66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0"
_INTERPRETER = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
_PYTHON = ("--python-version", "3.14", "--implementation", "cp", "--abi", "cp314")
_PLATFORM = ("--platform", "pyemscripten_2026_0_wasm32")
# Has no wheel for this platform: its Python files are the same in every wheel.
_PURE_INSIDE = "pyyaml"
_OTHER_PLATFORM = ("--platform", "manylinux2014_x86_64")

_LICENCES = re.compile(r"(?i)[^/]+\.dist-info/(METADATA|.*(LICEN[CS]E|COPYING|NOTICE)[^/]*)")
_LEFT_OUT = re.compile(r"(^|/)(tests?|__pycache__)/|\.(pyi|pyx|pxd|c|typed)$|^_yaml/|^yaml/.*\.so$")
# Pages of rules show Markdown and TOML; the other lexers are half of all our modules.
_LEXERS = {
    "__init__", "_css_builtins", "_lilypond_builtins", "_mapping", "_scheme_builtins", "configs",
    "css", "data", "html", "javascript", "jvm", "lilypond", "lisp", "markup", "python", "ruby",
    "shell", "special",
}  # fmt: skip
# Bytecode starts sooner, but is larger: what few runs import stays as it is.
_COMPILED = re.compile(r"(?!pydantic|pygments/|rich/).*\.py")
_TIME = (1980, 1, 1, 0, 0, 0)


def main() -> None:
    """Build the package, or lock the wheels."""
    if sys.argv[1:] == ["lock"]:
        lock()
        return
    try:
        download()
    except subprocess.CalledProcessError as error:
        print(f"A part of the package could not be downloaded: {error}")  # noqa: T201
        sys.exit(NO_DOWNLOAD)
    shutil.rmtree(PACKAGE, ignore_errors=True)
    for folder in ("bin", "lib"):
        shutil.copytree(HERE / folder, PACKAGE / folder)
    place_interpreter()
    write_zip(PACKAGE / "py" / "site.zip", compiled(dict(sorted(modules()))))
    parts = sorted((PACKAGE / "py").iterdir())
    identity = hashlib.sha256("".join(map(_hash, parts)).encode()).hexdigest()
    (PACKAGE / "py" / "identity.txt").write_text(identity[:20] + "\n", "utf-8")
    for name in ("README.md", "NOTICE.md"):
        shutil.copyfile(HERE / name, PACKAGE / name)
    shutil.copyfile(ROOT / "LICENSE", PACKAGE / "LICENSE")
    manifest = json.loads((HERE / "package.json").read_text("utf-8"))
    if address := repository():
        # The registry compares it with the workflow that publishes the package.
        manifest["repository"] = {"type": "git", "url": f"git+{address}.git"}
    (PACKAGE / "package.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    components = json.dumps(bill_of_materials(), indent=1) + "\n"
    (PACKAGE / "sbom.cdx.json").write_text(components, "utf-8")
    for old in BUILD.glob("*.tgz"):
        old.unlink()
    _run("npm", "pack", "--silent", "--pack-destination", str(BUILD), cwd=PACKAGE)
    (packed,) = BUILD.glob("*.tgz")
    size = packed.stat().st_size / 1e6
    print(f"{packed.relative_to(ROOT)}: {size:.1f} MB, sha256 {_hash(packed)}")  # noqa: T201


def repository() -> str:
    """The address of the repository; empty until it is published."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return str(project["tool"]["hatch"]["metadata"]["hooks"]["custom"]["repository"])


def lock() -> None:
    """Write the wheels of the versions that running needs, with their hashes."""
    shutil.rmtree(DOWNLOADS, ignore_errors=True)
    DOWNLOADS.mkdir(parents=True)
    lines = ["# The wheels in the package; written by `make npm-lock`."]
    for name, pin in pins().items():
        before = {*DOWNLOADS.iterdir()}
        _pip(name, f"{name}=={pin}")
        (wheel,) = {*DOWNLOADS.iterdir()} - before
        lines.append(f"{name}=={pin} --hash=sha256:{_hash(wheel)}")
    WHEELS.write_text("\n".join(lines) + "\n", "utf-8")


def pins() -> dict[str, str]:
    """The locked versions of what running needs, without what only Windows needs."""
    locked = (ROOT / "packaging" / "requirements.txt").read_text("utf-8")
    return dict(re.findall(r"(?m)^([\w-]+)==(\S+) \\$", locked))


def download() -> None:
    """Bring what is missing of the wheels and the interpreter, and verify all."""
    DOWNLOADS.mkdir(parents=True, exist_ok=True)
    wanted = re.findall(r"(?m)^(\S+)==\S+ --hash=sha256:(\S+)$", WHEELS.read_text("utf-8"))
    known = {_hash(file) for file in DOWNLOADS.glob("*.whl")}
    for name, hashed in wanted:
        if hashed not in known:
            line = next(each for each in WHEELS.read_text("utf-8").split("\n") if hashed in each)
            (one := BUILD / "wanted.txt").write_text(line + "\n", "utf-8")
            _pip(name, "--require-hashes", "--requirement", str(one))
    hashes = {hashed for _, hashed in wanted}
    for file in DOWNLOADS.glob("*.whl"):
        if _hash(file) not in hashes:
            file.unlink()
    archive = DOWNLOADS / PYODIDE
    if not archive.exists():
        spec = PYODIDE.removesuffix(".tgz").replace("-", "@")
        _run("npm", "pack", "--silent", "--pack-destination", str(DOWNLOADS), spec, cwd=BUILD)
    if _hash(archive) != PYODIDE_HASH:
        archive.unlink()
        raise SystemExit(f"{PYODIDE} is not what was locked; it was removed")


def place_interpreter() -> None:
    """Put the parts of Pyodide that run into the package, unchanged."""
    (PACKAGE / "py").mkdir()
    with tarfile.open(DOWNLOADS / PYODIDE) as archive:
        for name in _INTERPRETER:
            source = archive.extractfile(f"package/{name}")
            if source is not None:
                (PACKAGE / "py" / name).write_bytes(source.read())


def modules() -> Iterator[tuple[str, bytes]]:
    """The files of all wheels and our own, without what running does not need."""
    for file in sorted(DOWNLOADS.glob("*.whl")):
        with zipfile.ZipFile(file) as wheel:
            for name in wheel.namelist():
                if is_wanted(name):
                    yield name, wheel.read(name)
    for file in sorted((ROOT / "spec_lsp").rglob("*")):
        name = file.relative_to(ROOT).as_posix()
        if file.is_file() and is_wanted(name):
            yield name, file.read_bytes()
    for file in sorted((HERE / "python").glob("*.py")):
        yield file.name, file.read_bytes()


def bill_of_materials() -> dict[str, object]:
    """The parts of the package with their versions and hashes, as CycloneDX."""
    wheels = re.findall(r"(?m)^(\S+)==(\S+) --hash=sha256:(\S+)$", WHEELS.read_text("utf-8"))
    pyodide = PYODIDE.removesuffix(".tgz").partition("-")[2]
    parts = [*(("pypi", *wheel) for wheel in wheels), ("npm", "pyodide", pyodide, PYODIDE_HASH)]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "components": [
            {
                "type": "library",
                "name": name,
                "version": number,
                "purl": f"pkg:{registry}/{name}@{number}",
                "hashes": [{"alg": "SHA-256", "content": hashed}],
            }
            for registry, name, number, hashed in parts
        ],
    }


def is_wanted(name: str) -> bool:
    """Whether a file is needed to run, or has to be with what runs, as licences have."""
    if name.endswith("/") or _LEFT_OUT.search(name):
        return False
    if ".dist-info/" in name:
        return bool(_LICENCES.fullmatch(name))
    folder, _, rest = name.partition("pygments/lexers/")
    return not (not folder and rest) or Path(rest).stem in _LEXERS


def compiled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Replace sources by bytecode, compiled by the interpreter that will run it."""
    source, target = BUILD / "source.zip", BUILD / "bytecode.zip"
    sources = {name: data for name, data in files.items() if _COMPILED.fullmatch(name)}
    write_zip(source, sources)
    _run("node", str(HERE / "compile.mjs"), str(PACKAGE / "py"), str(source), str(target))
    with zipfile.ZipFile(target) as archive:
        made = {name: archive.read(name) for name in archive.namelist()}
    rest = {name: data for name, data in files.items() if name not in sources}
    return dict(sorted({**rest, **made}.items()))


def write_zip(target: Path, files: Mapping[str, bytes]) -> None:
    """Write an archive without times, owners or modes."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _TIME)
            info.create_system = 3
            archive.writestr(info, data, zipfile.ZIP_DEFLATED, 9)


def _pip(name: str, *arguments: str) -> None:
    platform = _OTHER_PLATFORM if name == _PURE_INSIDE else _PLATFORM
    options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:")
    _run(
        sys.executable, "-m", "pip", "download", *options, *_PYTHON, *platform,
        "--dest", str(DOWNLOADS), *arguments,
    )  # fmt: skip


def _run(*command: str, cwd: Path | None = None) -> None:
    subprocess.run(command, check=True, cwd=cwd, stdout=subprocess.DEVNULL)


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
