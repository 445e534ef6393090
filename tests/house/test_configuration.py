"""`config.example.toml` shows every key there is, and nothing else."""

import tomllib
from typing import Any

from pydantic import BaseModel

from statuspage.core.config import Settings
from tests.kit.source import ROOT, text

EXAMPLE = "config.example.toml"


def _keys(model: type[BaseModel], prefix: str = "") -> set[str]:
    found: set[str] = set()
    for name, field in model.model_fields.items():
        path = f"{prefix}{field.alias or name}"
        inner: Any = field.annotation
        is_section = isinstance(inner, type) and issubclass(inner, BaseModel)
        found |= _keys(inner, f"{path}.") if is_section else {path}
    return found


def _shown(text: str) -> dict[str, Any]:
    """Read the example with its commented-out keys (`# key = value`) put in force."""
    lines = [line[2:] if line.startswith("# ") and " = " in line else line for line in text.splitlines()]
    return tomllib.loads("\n".join(line for line in lines if not line.startswith("# ")))


def _flat(tree: dict[str, Any], prefix: str = "") -> set[str]:
    found: set[str] = set()
    for name, value in tree.items():
        found |= _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}"}
    return found


def test_the_example_shows_every_key_and_no_other() -> None:
    shown, known = _flat(_shown(text(EXAMPLE))), _keys(Settings)
    assert not known - shown, f"Show these in {EXAMPLE}, commented out with their default: {sorted(known - shown)}"
    assert not shown - known, f"{EXAMPLE} shows keys that are none: {sorted(shown - known)}"


def test_the_example_is_a_configuration_that_loads() -> None:
    Settings.model_validate(tomllib.loads((ROOT / EXAMPLE).read_text(encoding="utf-8")))
