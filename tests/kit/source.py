"""The product's own files, for tests that read them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "statuspage"
VENDORED = "static/vendor/"
BINARY = {".png", ".jpg", ".ico", ".woff2", ".webp", ".gz", ".br", ".pdf"}


@cache
def tracked() -> tuple[str, ...]:
    """Return every file that git knows or would add, as paths from the top, vendored ones left out."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    return tuple(sorted({name for name in names if name and not name.startswith(VENDORED) and (ROOT / name).is_file()}))


def files(prefix: str, *suffixes: str) -> list[str]:
    """Return the tracked files below `prefix` that end in one of `suffixes`."""
    return [name for name in tracked() if name.startswith(prefix) and name.endswith(suffixes or ("",))]


@cache
def text(name: str) -> str:
    """Return a tracked file's text."""
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def tree(name: str) -> ast.Module:
    """Return a Python file's syntax tree."""
    return ast.parse(text(name), name)


def texts() -> dict[str, str]:
    """Return every tracked text file by name."""
    return {name: text(name) for name in tracked() if Path(name).suffix not in BINARY}


def report(rule: str, faults: list[str]) -> None:
    """Fail with the rule and every place that breaks it."""
    assert not faults, f"{rule}\n- " + "\n- ".join(faults)
