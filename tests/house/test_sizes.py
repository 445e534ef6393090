"""Rooms one can see across: sizes of files, functions, imports, templates and scripts."""

import ast
from collections.abc import Iterator

from tests.kit.source import files, report, text, tree

FILE_LINES = 300
FUNCTION_LINES = 50
PARAMETERS = 5
FAN_OUT = 12
TEMPLATE_LINES = 120
SCRIPT_LINES = 80
PYTHON = ("statuspage/", "tests/", "bench/")
# Places where everything meets.
WIRING = {"statuspage/app.py", "statuspage/wsgi.py", "statuspage/worker/duties.py", "statuspage/cli/commands.py"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _python() -> list[str]:
    return [name for prefix in PYTHON for name in files(prefix, ".py")]


def _functions(name: str) -> Iterator[Function]:
    return (node for node in ast.walk(tree(name)) if isinstance(node, Function))


def _positional(function: Function) -> int:
    """Count what a caller must put in order; `self`, `cls` and keyword-only arguments are no burden."""
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return len([name for name in names if name not in ("self", "cls")])


def _imported_rooms(name: str) -> set[str]:
    """Return the rooms a module works with. Enums (`Language`, too) and `errors` are left out: they are words."""
    nodes = ast.walk(tree(name))
    return {
        node.module
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("statuspage")
        and not (node.module or "").endswith((".enums", ".errors", "core.languages"))
    }


def test_every_file_ends_before_its_reader_tires() -> None:
    sources = (
        _python() + files("templates/", ".html", ".txt") + files("static/css/", ".css") + files("static/js/", ".js")
    )
    long = [f"{name}: {lines} lines" for name in sources if (lines := len(text(name).splitlines())) > FILE_LINES]
    report(f"A file has at most {FILE_LINES} lines; split where a reader would turn a page:", long)


def test_every_function_fits_on_a_screen() -> None:
    long = [
        f"{name}:{function.lineno} {function.name}: {lines} lines"
        for name in _python()
        for function in _functions(name)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    ]
    report(f"A function has at most {FUNCTION_LINES} lines; name its steps:", long)


def test_every_function_takes_few_arguments() -> None:
    greedy = [
        f"{name}:{function.lineno} {function.name}: {count}"
        for name in files("statuspage/", ".py")
        for function in _functions(name)
        if (count := _positional(function)) > PARAMETERS
    ]
    report(f"A function takes at most {PARAMETERS} arguments in order; more are a frozen dataclass:", greedy)


def test_every_module_knows_few_others() -> None:
    busy = [
        f"{name}: {len(rooms)}"
        for name in files("statuspage/", ".py")
        if name not in WIRING and len(rooms := _imported_rooms(name)) > FAN_OUT
    ]
    report(f"A module imports at most {FAN_OUT} others of the package; split it by what it does:", busy)


def test_every_template_is_a_page_long() -> None:
    long = [
        f"{n}: {lines} lines"
        for n in files("templates/", ".html", ".txt")
        if (lines := len(text(n).splitlines())) > TEMPLATE_LINES
    ]
    report(f"A template has at most {TEMPLATE_LINES} lines; move parts to templates/components:", long)


def test_every_script_does_one_thing() -> None:
    scripts = files("static/js/", ".js")
    long = [f"{name}: {lines} lines" for name in scripts if (lines := len(text(name).splitlines())) > SCRIPT_LINES]
    report(f"A script has at most {SCRIPT_LINES} lines: one behaviour, bound to one data- attribute:", long)
