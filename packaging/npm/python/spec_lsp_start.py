"""The start of the program in WebAssembly: no threads, no processes, and an input that blocks."""

from __future__ import annotations

import asyncio
import os
import selectors
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ExtensionFileLoader, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from typing import Any
from zipimport import zipimporter

import spec_lsp_node

_SITE = "/lib/spec-lsp/site.zip"
_COMPILED = "pydantic_core._pydantic_core"


class _Selector(selectors.SelectSelector):
    """Waits outside for input: `select` here returns at once."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        milliseconds = float("inf") if timeout is None else timeout * 1000
        # The interpreter looks for signals only while it is busy.
        if milliseconds > 0 and spec_lsp_node.wait(milliseconds):
            raise KeyboardInterrupt
        return super().select(0)


class Loop(asyncio.SelectorEventLoop):
    """The usual loop; what would run in a thread runs between two events."""

    def __init__(self) -> None:
        super().__init__(_Selector())

    def run_in_executor(
        self, executor: object, func: Callable[..., Any], *args: object
    ) -> asyncio.Future[Any]:
        future = self.create_future()

        def run() -> None:
            try:
                future.set_result(func(*args))
            except BaseException as error:
                if not future.cancelled():
                    future.set_exception(error)
                if not isinstance(error, Exception):
                    raise

        self.call_soon(run)
        return future

    def _make_self_pipe(self) -> None:
        """Leave out the pipe by which threads and signals wake the loop: there are none."""

    def _close_self_pipe(self) -> None:
        pass


class _Policy(asyncio.events._AbstractEventLoopPolicy):
    def new_event_loop(self) -> Loop:
        return Loop()


class _Compiled:
    """Finds the one compiled module, which cannot be imported from a zip: it is unpacked first."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name != _COMPILED:
            return None
        inner = f"{name.replace('.', '/')}.cpython-314-wasm32-emscripten.so"
        file = Path("/lib", Path(inner).name)
        file.write_bytes(zipimporter(_SITE).get_data(f"{_SITE}/{inner}"))
        return spec_from_file_location(name, file, loader=ExtensionFileLoader(name, str(file)))


def run(words: Sequence[str]) -> int:
    """Run the program with the words of the command line; return its exit code."""
    sys.meta_path.insert(0, _Compiled)
    os.geteuid = lambda: spec_lsp_node.user
    # Pyodide runs everything inside a loop of its own, which cannot wait.
    asyncio._set_running_loop(None)
    asyncio.events._set_event_loop_policy(_Policy())
    sys.argv = ["spec-lsp", *words]
    from spec_lsp.__main__ import main

    try:
        main()
    except SystemExit as end:
        return _code(end)
    return 0


def _code(end: SystemExit) -> int:
    if end.code is None or isinstance(end.code, int):
        return end.code or 0
    sys.stderr.write(f"{end.code}\n")
    return 1
