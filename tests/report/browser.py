"""A real browser for pages, where there is one."""

from __future__ import annotations

import shutil
import subprocess
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
needs_browser = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
    "--virtual-time-budget=5000",
)


def visit(page: Path, profile: Path, *flags: str, deeds: str = "") -> tuple[str, str]:
    """The page's elements after its scripts and some deeds of a visitor, and what it complained of.

    Deeds are a script; it runs after those of the page, and the page's policy is told of it.
    """
    visited = page.with_name(f"visited-{page.name}")
    text = page.read_text(encoding="utf-8").replace("</body>", f"<script>{deeds}</script></body>")
    digest = b64encode(sha256(deeds.encode()).digest()).decode()
    text = text.replace("script-src ", f"script-src 'sha256-{digest}' ", 1)
    visited.write_text(text, encoding="utf-8")
    result = subprocess.run(
        [CHROMIUM, *_FLAGS, f"--user-data-dir={profile}", *flags, "--dump-dom", visited.as_uri()],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    said = [line for line in result.stderr.split("\n") if "CONSOLE" in line]
    return result.stdout, "\n".join(said)


def picture(page: Path, profile: Path, target: Path) -> bytes:
    """A picture of the page."""
    subprocess.run(
        [
            CHROMIUM,
            *_FLAGS,
            f"--user-data-dir={profile}",
            "--window-size=1280,900",
            f"--screenshot={target}",
            page.as_uri(),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )
    return target.read_bytes()
