"""The start of the program in WebAssembly: no threads, no processes, and an input that blocks."""

from __future__ import annotations

import asyncio
import gc
import os
import random
import selectors
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from importlib import import_module
from importlib.machinery import ExtensionFileLoader, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any
from zipimport import zipimporter

_SITE = "/lib/spec-lsp/site.zip"
_PRELOADED = (
    "cli.check.command", "cli.main", "lsp.registration", "lsp.serve", "lsp.session",
    "rules.engine.registry", "template.match.due", "template.match.guidance",
    "template.match.needs", "template.match.order",
)  # fmt: skip
_COMPILED = "pydantic_core._pydantic_core"


class _Stopped(BaseException):
    """The loop has been told to stop, so nothing is waited for any more."""


class _Selector(selectors.SelectSelector):
    """Waits outside for input: `select` here returns at once."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        milliseconds = float("inf") if timeout is None else timeout * 1000
        # The interpreter looks for signals only while it is busy.
        if milliseconds > 0 and _node().wait(milliseconds):
            raise KeyboardInterrupt
        return super().select(0)


class Loop(asyncio.SelectorEventLoop):
    """The usual loop; what would run in a thread runs between two rounds.

    While it waits for a program, the rounds go on inside that wait.
    """

    def __init__(self) -> None:
        super().__init__(_Selector())
        self._work: deque[tuple[asyncio.Future[Any], Callable[[], Any]]] = deque()
        self.is_between = False

    def run_in_executor(
        self, executor: object, func: Callable[..., Any], *args: object
    ) -> asyncio.Future[Any]:
        future = self.create_future()
        self._work.append((future, partial(func, *args)))
        return future

    def turn(self) -> None:
        """Go one round inside a wait."""
        self.is_between = False
        self._run_once()
        self.is_between = True
        if self._stopping:
            raise _Stopped

    def _run_once(self) -> None:
        if self._work:
            self.call_soon(_nothing)  # A round that has something to do does not wait.
        super()._run_once()
        if self._work and not self._stopping:
            self.is_between = True
            self._do(*self._work.popleft())
            self.is_between = False

    @staticmethod
    def _do(future: asyncio.Future[Any], work: Callable[[], Any]) -> None:
        if future.cancelled():
            return
        try:
            result = work()
        except _Stopped:
            future.cancel()
        except BaseException as error:
            if not future.cancelled():
                future.set_exception(error)
            if not isinstance(error, Exception):
                raise
        else:
            if not future.cancelled():
                future.set_result(result)

    def _make_self_pipe(self) -> None:
        """Leave out the pipe by which threads and signals wake the loop: there are none."""

    def _close_self_pipe(self) -> None:
        pass

    def _write_to_self(self) -> None:
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


def run_program(
    command: Sequence[str],
    given: bytes | None,
    milliseconds: float | None,
    environment: Mapping[str, str] | None,
) -> tuple[int, bytes]:
    """Run a program outside; meanwhile the event loop goes on if it can."""
    loop = asyncio._get_running_loop()
    job = _node().start(command, given, milliseconds, environment)
    while (answer := _node().answer(job)) is None:
        if isinstance(loop, Loop) and loop.is_between:
            loop.turn()
        elif _node().wait(float("inf")):
            raise KeyboardInterrupt
    code, output = answer
    return code, output.to_bytes()


def find_compiled() -> None:
    """Let the one compiled module be imported."""
    sys.meta_path.insert(0, _Compiled)


def later(work: Callable[[], object]) -> None:
    """Do work when the event loop has nothing else to do in this round."""
    asyncio.get_running_loop().run_in_executor(None, work)


def watch(pid: int) -> None:
    """End this process when another one ends."""
    _node().watch(pid)


@cache
def _node() -> ModuleType:
    """The functions in JavaScript; not part of a snapshot."""
    return import_module("spec_lsp_node")


def _nothing() -> None:
    pass


def preload() -> None:
    """Import what a check and the first minute of a server need, before the memory is kept."""
    from spec_lsp.lsp.capabilities import METHODS
    from spec_lsp.template import builtin

    handlers = {f"lsp.handlers.{method.handler.rpartition('.')[0]}" for method in METHODS}
    for name in (*_PRELOADED, *sorted(handlers)):
        import_module(f"spec_lsp.{name}")
    for kind in builtin.texts():
        builtin.template(kind)
    if _COMPILED in sys.modules:
        raise ImportError(f"{_COMPILED} cannot be part of a snapshot")
    gc.collect()


def _refresh(environment: Mapping[str, str]) -> None:
    """Replace what the memory has kept of the process in which it was taken."""
    os.environ.clear()
    os.environ.update(environment)
    random.seed()


def run(words: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    """Run the program with the words of the command line; return its exit code.

    Kept memory is given the environment of this process.
    """
    if environment is not None:
        _refresh(environment)
    find_compiled()
    os.geteuid = lambda: _node().user
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
