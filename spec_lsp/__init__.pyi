from spec_lsp.api.calls import Problem as Problem
from spec_lsp.api.calls import bind as bind
from spec_lsp.api.calls import check as check
from spec_lsp.api.calls import infer as infer
from spec_lsp.api.calls import open_folder as open_folder
from spec_lsp.api.calls import parse as parse

__all__ = ["Problem", "bind", "check", "infer", "open_folder", "parse"]
__version__: str
