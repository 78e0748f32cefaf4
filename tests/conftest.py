"""Hypothesis runs the same examples each time, on any machine, however slow.

To search with fresh ones: `pytest --hypothesis-profile=explore`.
"""

import os
import tempfile

import pytest
from hypothesis import HealthCheck, settings

from spec_lsp.rules.engine import pages
from tests.command import IS_OTHER, NOT_IN_NPM

settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", deadline=None, max_examples=2_000)
# For other versions of Python: `tests/test_pythons.py`.
settings.register_profile("few", settings.get_profile("ci"), max_examples=3)
settings.load_profile("ci")

# Tests are the same before and after the project is published: see `release/address.py`.
pages.SITE = ""
# Tests neither read nor write the user's cache.
os.environ["SPEC_LSP_CACHE"] = tempfile.mkdtemp(prefix="spec-lsp-cache-")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what the program that is tested cannot do."""
    for item in items if IS_OTHER else ():
        if reason := NOT_IN_NPM.get(item.name.partition("[")[0]):
            item.add_marker(pytest.mark.skip(reason=reason))
