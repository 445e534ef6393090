"""What is compiled once per test process although every test has an application and a database of its own: templates,
the builders of addresses, and SQL statements. It is half of what a test through a door would cost."""

from collections.abc import Callable
from functools import wraps
from types import CodeType
from typing import Any

import sqlalchemy as sa
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from sqlalchemy.orm import Mapper
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

STATEMENTS = 3000


class Compiled(BytecodeCache):
    """Keeps compiled templates in memory, by the settings they were compiled with; a template that changed is compiled
    again, Jinja compares its source."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((*_settings(bucket.environment), bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code
        self._kept[*_settings(bucket.environment), bucket.key, bucket.checksum] = bucket.code


def _settings(environment: Environment) -> tuple[object, ...]:
    """Constants are filtered when a template is compiled, so the language counts; it is heard from a filter."""
    escapes = environment.autoescape if isinstance(environment.autoescape, bool) else "by name"
    spoken = environment.filters["word"]("resolved") if "word" in environment.filters else ""
    return escapes, spoken, environment.trim_blocks, environment.lstrip_blocks, *sorted(environment.extensions)


_templates = Compiled()


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
    """Share statements between all engines of this process, templates and builders of addresses between all
    applications."""
    statements = Statements(STATEMENTS)
    of_mappers: dict[Mapper[Any], Statements] = {}

    def share(connection: sa.Connection) -> None:
        connection.execution_options(compiled_cache=statements)

    sa.event.listen(sa.Engine, "engine_connect", share)
    Mapper._compiled_cache = property(lambda mapper: of_mappers.setdefault(mapper, Statements(STATEMENTS)))
    Environment.__init__ = _with_templates_shared(Environment.__init__)
    Rule._compile_builder = _once_per_rule(Rule._compile_builder)


def _with_templates_shared(begin: Callable[..., None]) -> Callable[..., None]:
    @wraps(begin)
    def begun(environment: Environment, *arguments: Any, **options: Any) -> None:
        begin(environment, *arguments, **options)
        environment.bytecode_cache = _templates

    return begun


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
