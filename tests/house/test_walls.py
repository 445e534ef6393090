"""Who may import whom, and the walls an import contract cannot see."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.kit.source import PACKAGE, ROOT, files, report, tree

CLOCK_READERS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime", "ctime", "current_timestamp"}
CLOCK_OWNERS = {"datetime", "date", "time", "dt", "func"}
# The clock itself, and the maker of ids, which wants their order and tells nobody the time.
MAY_READ_THE_CLOCK = {"statuspage/core/clock.py", "statuspage/core/ids.py"}
BROAD = {"Exception", "BaseException"}


def test_every_import_keeps_to_the_contracts() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"Move the code to the floor it belongs to:\n{run.stdout}{run.stderr}"


def test_only_the_clock_reads_the_clock() -> None:
    readers = [
        f"{name}:{node.lineno} {ast.unparse(node)}"
        for name in files("statuspage/", ".py")
        if name not in MAY_READ_THE_CLOCK
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCK_READERS
        and _last_name(node.func.value) in CLOCK_OWNERS
    ]
    report("Take `now` as an argument; doors ask the clock they were given:", readers)


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{name}:{inner.lineno} {ast.unparse(inner)}"
        for name in files("statuspage/", ".py")
        for node in ast.walk(tree(name))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    report("Import at the top; a cycle means that something lives on the wrong floor:", hidden)


def test_no_room_is_called_after_nothing() -> None:
    vague = [
        str(path.relative_to(ROOT))
        for path in PACKAGE.rglob("*")
        if path.stem in {"utils", "util", "helpers", "helper", "common", "misc"}
    ]
    report("Name the room after what lives in it:", vague)


def test_nobody_asks_a_model_for_its_rows() -> None:
    legacy = [
        f"{name}:{node.lineno} {ast.unparse(node)}"
        for name in files("statuspage/", ".py")
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Attribute) and node.attr == "query" and _last_name(node.value)[:1].isupper()
    ]
    report("Write `select()` in queries.py or actions.py:", legacy)
