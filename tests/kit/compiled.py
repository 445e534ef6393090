"""What is compiled once per test process although every test has an application and a database of its own: templates,
the builders of addresses, and SQL statements. It is half of what a test through a door would cost."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

STATEMENTS = 3000


class Compiled(BytecodeCache):
    """Keeps compiled templates in memory; a template that changed is compiled again, Jinja compares its source."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._kept.get(bucket.key)
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


PANEL = Compiled()


class Statements(LRUCache[Any, Any]):
    """Compiled statements by the name of their dialect, where SQLAlchemy keeps them by the dialect of one engine."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_by_name(key), default)

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(_by_name(key))

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(_by_name(key), value)


def _by_name(key: Any) -> Any:
    dialect, *rest = key
    return getattr(dialect, "name", dialect), *rest


def install() -> None:
    """Share statements between all engines of this process, and builders of addresses between all applications."""
    statements = Statements(STATEMENTS)

    def share(connection: sa.Connection) -> None:
        connection.execution_options(compiled_cache=statements)

    sa.event.listen(sa.Engine, "engine_connect", share)
    Rule._compile_builder = _once_per_rule(Rule._compile_builder)


def _once_per_rule(compile_builder: Callable[..., Any]) -> Callable[..., Any]:
    """Builders take everything but the rule's text from the rule they are bound to; ours have no defaults."""
    kept: dict[tuple[object, ...], Any] = {}

    def compiled(rule: Rule, append_unknown: bool = True) -> Any:
        if rule.defaults:
            return compile_builder(rule, append_unknown)
        key = (rule.rule, tuple(rule._trace), append_unknown)
        if key not in kept:
            kept[key] = compile_builder(rule, append_unknown)
        return kept[key]

    return compiled
