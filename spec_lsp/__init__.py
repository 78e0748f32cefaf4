"""Live help and checks for specification documents in Markdown, where a template is the schema."""

__version__ = "0.1.0"
__all__ = ["Problem", "bind", "check", "infer", "open_folder", "parse"]


def __getattr__(name: str) -> object:
    """Import what other programs ask for; `spec-lsp serve` pays for none of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 -- a start imports nothing here.

    return getattr(import_module("spec_lsp.api.calls"), name)
