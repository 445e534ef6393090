"""A connection for many tiny transactions whose commits do not wait for the disk, and statements prepared for it.

A message costs two updates and a commit. Through the usual layers that is more time than sending it takes, so these
statements are compiled once and handed to the driver; the column types still convert every value.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from statuspage.core.errors import Unavailable


class Prepared:
    """A statement in the words of one engine. `names` are its parameters, in the order `parameters` takes values."""

    def __init__(self, statement: sa.UpdateBase, dialect: sa.Dialect, names: Sequence[str]) -> None:
        compiled = statement.compile(dialect=dialect)
        self.text = str(compiled)
        self._converters = [_converter(compiled.binds[name], dialect) for name in names]
        fixed = {name: _fixed(bind, dialect) for name, bind in compiled.binds.items() if name not in names}
        ordered = [*names, *fixed]
        self._fixed = list(fixed.values())
        self._names = ordered
        places = compiled.positiontup
        self._order = [ordered.index(name) for name in places] if places is not None else None

    def parameters(self, values: Sequence[Any]) -> Any:
        """Return what the driver wants for `values`, by place or by name."""
        converted = [
            value if convert is None or value is None else convert(value)
            for convert, value in zip(self._converters, values, strict=True)
        ]
        converted += self._fixed
        if self._order is not None:
            return [converted[place] for place in self._order]
        return dict(zip(self._names, converted, strict=True))


def _converter(bind: sa.BindParameter[Any], dialect: sa.Dialect) -> Callable[[Any], Any] | None:
    return bind.type.dialect_impl(dialect).bind_processor(dialect)


def _fixed(bind: sa.BindParameter[Any], dialect: sa.Dialect) -> Any:
    convert = _converter(bind, dialect)
    return convert(bind.value) if convert and bind.value is not None else bind.value


class SwiftConnection:
    """One of the engine's connections, taken out of its pool for good. Raises `Unavailable` when it breaks."""

    def __init__(self, engine: sa.Engine) -> None:
        self._sqlite = engine.dialect.name == "sqlite"
        driver: Any = engine.dialect.loaded_dbapi
        pool_errors = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError)
        self._lost: tuple[type[Exception], ...] = (driver.OperationalError, driver.InterfaceError, *pool_errors)
        self._driver: Any
        with self._translated():
            self._pooled = engine.raw_connection()
            self._driver = self._pooled.driver_connection
            self._cursor = self._driver.cursor()
            self._set(durable=False)

    @contextmanager
    def transaction(self, *, durable: bool) -> Iterator[Any]:
        """Open a transaction and commit it at the end; yields the driver's cursor. `durable` waits for the disk."""
        with self._translated():
            if durable:
                self._set(durable=True)
            if self._sqlite:
                self._cursor.execute("BEGIN IMMEDIATE")
            yield self._cursor
            self._driver.commit()
            if durable:
                self._set(durable=False)

    def close(self) -> None:
        """Close the connection, whatever state it is in."""
        self._pooled.invalidate()

    def _set(self, *, durable: bool) -> None:
        if self._sqlite:
            self._cursor.execute(f"pragma synchronous={'full' if durable else 'normal'}")
        else:
            self._cursor.execute(f"SET SESSION synchronous_commit TO {'on' if durable else 'off'}")
            self._driver.commit()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except self._lost as fault:
            raise Unavailable from fault
