"""What the npm package has to contain; `make test-npm` tests the package itself."""

from __future__ import annotations

import re

from tests.packaging.steps import TOP

HERE = TOP / "packaging" / "npm"
WHEELS = dict(re.findall(r"(?m)^([\w-]+)==(\S+)", (HERE / "wheels.txt").read_text("utf-8")))


def test_its_wheels_are_the_locked_ones_of_what_running_needs() -> None:
    locked = (TOP / "packaging" / "requirements.txt").read_text("utf-8")
    of_windows = r"(?m)^colorama==.*"
    pins = dict(re.findall(r"(?m)^([\w-]+)==(\S+)", re.sub(of_windows, "", locked)))
    assert pins == WHEELS
    for name, version in WHEELS.items():
        assert f"\n{name}=={version}" in (TOP / "requirements.txt").read_text("utf-8")


def test_the_notice_names_the_licence_of_each_part() -> None:
    rows = (HERE / "NOTICE.md").read_text("utf-8").lower().split("\n")
    parts = ", ".join(row.split("|")[1] for row in rows if row.startswith("|"))
    assert {*WHEELS} <= {part.strip() for part in parts.split(",")}
