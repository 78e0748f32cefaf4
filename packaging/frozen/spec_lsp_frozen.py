"""The program of a frozen folder, which is its own Python: it runs the modules of its workers."""

import runpy
import sys

from spec_lsp.__main__ import main

_WORKER = ["-P", "-m", "spec_lsp.storage.indexing.worker"]

if __name__ == "__main__":
    if sys.argv[1:] == _WORKER:
        runpy.run_module(_WORKER[-1], run_name="__main__")
    else:
        main()
