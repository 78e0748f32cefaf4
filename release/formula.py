"""The Homebrew formula, written when a release is built: only then its archive has an address.

Addresses come from `pylock.toml`, which `uv pip compile --format pylock.toml` writes. A checksum
that is not in `packaging/requirements.txt` is refused.
"""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

_FORMULA = """\
class SpecLsp < Formula
  include Language::Python::Virtualenv

  desc "Language server for specification documents in Markdown"
  homepage "{homepage}"
  url "{address}"
  sha256 "{checksum}"
  license "MIT"

  depends_on "rust" => :build # pydantic-core
  depends_on "libyaml"
  depends_on "python@3.13"

{resources}
  def install
    virtualenv_install_with_resources
  end

  test do
    assert_match version.to_s, shell_output("#{{bin}}/spec-lsp --version")
  end
end
"""
_RESOURCE = """\
  resource "{name}" do
    url "{url}"
    sha256 "{checksum}"
  end
"""


def formula(homepage: str, archive: Path, address: str, pylock: str, lock: str) -> str:
    """The formula of a source archive that can be downloaded at an address."""
    return _FORMULA.format(
        homepage=homepage,
        address=address,
        checksum=hashlib.sha256(archive.read_bytes()).hexdigest(),
        resources="\n".join(
            _resource(each, lock)
            for each in tomllib.loads(pylock)["packages"]
            if "win32" not in each.get("marker", "")
        ),
    )


def _resource(package: dict[str, Any], lock: str) -> str:
    source = package["sdist"]
    checksum = source["hashes"]["sha256"]
    if f"--hash=sha256:{checksum}" not in lock:
        raise ValueError(f"The checksum of {package['name']} is not in packaging/requirements.txt")
    return _RESOURCE.format(name=package["name"], url=source["url"], checksum=checksum)
