"""A configuration with faults, and the JSON schema of all configurations: what takes pydantic."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

from pydantic import TypeAdapter

from spec_lsp.template.schema import Fault
from spec_lsp.workspace.config import config as tables
from spec_lsp.workspace.config.config import Config
from spec_lsp.workspace.config.toml_positions import Path
from spec_lsp.workspace.config.validated import validated

_CONFIG = TypeAdapter(Config)


def checked(data: object, text: str, root: Path) -> tuple[Config, tuple[Fault, ...]]:
    """The configuration in the data of a text without wrong values, and a fault for each."""
    config, faults = validated(_CONFIG.validate_python, data, text, root)
    return config or Config(), faults


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the configuration, for editors."""
    schema = _CONFIG.json_schema()
    for name, found in {**schema["$defs"], "Config": schema}.items():
        for each in fields(getattr(tables, name)):
            if each.default_factory is not MISSING:
                shown = found["properties"][each.name] | {"default": each.default_factory()}
                found["properties"][each.name] = dict(sorted(shown.items()))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
