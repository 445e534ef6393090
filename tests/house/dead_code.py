"""Dead code: `python -m tests.house.dead_code` names what nothing of the product uses. Tests do not count as use.

Vulture reads the package; what templates read is told to it here, and what frameworks reach by name or decorator is
left out for the reasons given.
"""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from keyword import iskeyword

from jinja2 import Environment, nodes
from vulture.core import Item, Vulture

from tests.kit.source import ROOT, files, text, tree

CONFIDENCE = 60
CERTAIN = 100  # what Vulture gives an argument that no line reads
USERS = ("statuspage", "migrations/env.py", "migrations/new.py", "bench")
DECORATORS = [
    *("@*.route", "@*.get", "@*.post", "@*.put", "@*.patch", "@*.delete"),  # Flask calls views
    *("@*.errorhandler", "@*.app_errorhandler", "@*.before_request", "@*.before_app_request", "@*.after_request"),
    *("@*.teardown_request", "@*.teardown_appcontext", "@*.context_processor", "@*.user_loader", "@*.record"),
    *("@*.command", "@*.group", "@command", "@group", "@*.result_callback"),  # click calls commands
    *("@field_validator", "@model_validator", "@field_serializer", "@model_serializer"),  # pydantic calls these
    *("@*.listens_for", "@validates", "@*.expression"),  # SQLAlchemy calls these
]
# Names that a library looks for, with the library that does.
REACHED_BY_NAME = {
    "model_config": "pydantic",
    "impl": "SQLAlchemy's TypeDecorator",
    "cache_ok": "SQLAlchemy's TypeDecorator",
    "process_bind_param": "SQLAlchemy's TypeDecorator",
    "process_result_value": "SQLAlchemy's TypeDecorator",
    "get_bind": "SQLAlchemy's Session",
    "_make_engine": "Flask-SQLAlchemy",
    "obj": "click's Context",
    "isolation_level": "the SQLite driver's connection",
    "undefined": "Jinja's Environment",
    "trim_blocks": "Jinja's Environment",
    "lstrip_blocks": "Jinja's Environment",
    "application": "WSGI servers",
    "connection_made": "asyncio's Protocol",
    "data_received": "asyncio's Protocol",
    "log_exception": "Flask",
    "max_content_length": "Flask's request",
    "session_interface": "Flask",
    "open_session": "Flask's SessionInterface",
    "save_session": "Flask's SessionInterface",
    "session_protection": "Flask-Login",
    "get_id": "Flask-Login",
    "request_number": "Flask's g, read by g.get",
    "header_max_count": "the standard library's e-mail policy",
    "fold": "the standard library's e-mail policy",
    "fold_binary": "the standard library's e-mail policy",
}


def words_of_templates() -> Iterator[str]:
    """Yield every name, attribute, filter and test that a template reads."""
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for name in files("templates/"):
        tree = environment.parse(text(name), name)
        yield from (node.attr for node in tree.find_all(nodes.Getattr))
        yield from (node.name for node in tree.find_all((nodes.Name, nodes.Filter, nodes.Test)))
        yield from (node.key for node in tree.find_all(nodes.Keyword))


@cache
def enum_lines(name: str) -> set[int]:
    """Return the lines of `name` on which a member of an enum stands; values from a database or a form reach them."""
    classes = [node for node in ast.walk(tree(name)) if isinstance(node, ast.ClassDef)]
    enums = [node for node in classes if any("Enum" in ast.unparse(base) for base in node.bases)]
    return {member.lineno for node in enums for member in node.body}


@cache
def shape_lines(name: str) -> set[int]:
    """Return the lines of `name` on which a field of an API shape stands; clients read them, as JSON."""
    if not name.startswith("statuspage/web/api/shapes/"):
        return set()
    classes = [node for node in ast.walk(tree(name)) if isinstance(node, ast.ClassDef)]
    return {field.lineno for node in classes for field in node.body if isinstance(field, ast.AnnAssign)}


def is_expected(item: Item) -> bool:
    """Tell whether `item` is there for somebody whom Vulture cannot see. Imports and arguments are left to ruff."""
    where = item.filename.relative_to(ROOT).as_posix()
    is_argument = item.typ == "variable" and item.confidence == CERTAIN
    if item.typ == "import" or is_argument or item.name in REACHED_BY_NAME or item.name.startswith("__"):
        return True
    read_elsewhere = enum_lines(where) | shape_lines(where)
    return item.typ == "variable" and (where.endswith("/models.py") or item.first_lineno in read_elsewhere)


def dead_items() -> list[str]:
    """Return one line per definition that nothing uses."""
    vulture = Vulture(ignore_decorators=DECORATORS)
    vulture.scavenge([str(ROOT / name) for name in USERS if (ROOT / name).exists()])
    words = sorted(word for word in set(words_of_templates()) if word.isidentifier() and not iskeyword(word))
    vulture.scan("\n".join(f"_.{word}" for word in words))
    return [
        f"{item.filename.relative_to(ROOT)}:{item.first_lineno}: {item.message}"
        for item in vulture.get_unused_code(min_confidence=CONFIDENCE)
        if not is_expected(item)
    ]


def main() -> int:
    """Print what is dead; exit status 1 when there is any."""
    dead = dead_items()
    print("\n".join([*dead, "Delete these, or use them."]) if dead else "No dead code.")
    return 1 if dead else 0


if __name__ == "__main__":
    sys.exit(main())
