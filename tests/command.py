"""The program that the tests of the protocol and of the command line start.

`SPEC_LSP_COMMAND` names another one, such as the npm package: `make test-npm`.
"""

from __future__ import annotations

import os
import shlex
import sys

VARIABLE = "SPEC_LSP_COMMAND"
IS_OTHER = bool(os.environ.get(VARIABLE))
COMMAND = (*shlex.split(os.environ.get(VARIABLE, "")),) or (sys.executable, "-m", "spec_lsp")

# Seconds that a test waits for an answer or an end that comes at once; in WebAssembly, the start
# alone takes several on a machine that does other work.
PATIENCE = 120 if IS_OTHER else 20

# What the npm package cannot do: it has neither threads nor processes of its own, and Node's files.
NOT_IN_NPM = {
    "test_a_git_that_fetches_what_a_partial_clone_lacks_starts_no_transport": (
        "the old git is made in a process of Python"
    ),
    "test_a_name_that_is_not_text_is_shown_escaped": "Node reads names of files as UTF-8",
    "test_a_client_may_connect_over_tcp": "there are no sockets",
    "test_the_server_ends_with_its_client_though_the_pipe_stays_open": "it looks every 10 seconds",
    "test_workers_end_with_the_server": "there are no workers",
}
