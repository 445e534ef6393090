"""The database: one declarative base, one Flask-SQLAlchemy, and a `Database` that needs no app context.

Web requests use Flask-SQLAlchemy's scoped session, everybody else `Database.session()`; both run on one engine.
Three owners commit: the web request, one worker or follower step, one CLI command, each through `commit()`, which
turns integrity and stale-data errors into `Conflict` and operational ones into `Unavailable`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import monotonic
from types import ModuleType
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.orm import DeclarativeBase, Session, registry, sessionmaker
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from statuspage.core.errors import Conflict, Outdated, Unavailable
from statuspage.core.ids import uuid7

try:
    import pysqlite3 as sqlite_driver  # type: ignore[import-untyped]  # its wheel ships no types
except ImportError:  # no wheel for this machine: the interpreter's own SQLite
    import sqlite3 as sqlite_driver

sqlite_module: ModuleType = sqlite_driver  # for those who copy database files
SAFE_SQLITE = (3, 51, 3)
LOCK_SECONDS = 5  # how long SQLite's one writer is waited for
_LOCK_ROUND_MILLISECONDS = 30  # tries after 1, 3, 8 and 18 ms, then again
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
new_id = uuid7


class Base(DeclarativeBase):
    """What every table inherits: the naming convention that lets any constraint be dropped by name later."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=NAMING),
        type_annotation_map={dict[str, Any]: sa.JSON, list[str]: sa.JSON},
    )


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware instant in UTC; naive values are refused, SQLite's naive answers become aware."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Refuse naive values and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("instants are aware")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """Return an aware instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def mark_changed(row: Any, now: datetime) -> None:
    """Stamp `row.updated_at` and let its version grow even when nothing else, not even the stamp, differs."""
    row.updated_at = now
    flag_modified(row, "updated_at")


def enum_type(words: type[Any], name: str = "", length: int = 30) -> sa.Enum:
    """Return a column type that stores an enum's words as text behind a named CHECK.

    Give a `name` where a table has two columns of the same words.
    """
    return sa.Enum(
        words,
        native_enum=False,
        create_constraint=True,
        name=name or words.__name__.lower(),
        length=length,
        values_callable=lambda members: [member.value for member in members],
    )


def sqlite_version() -> tuple[int, int, int]:
    """Return the version of SQLite in use; below `SAFE_SQLITE` a WAL database can be damaged by a rare race."""
    version: tuple[int, int, int] = sqlite_driver.sqlite_version_info
    return version


def _driver_url(url: str) -> sa.URL:
    parsed = sa.make_url(url)
    return parsed.set(drivername="postgresql+psycopg") if parsed.get_backend_name() == "postgresql" else parsed


def _open_engine(url: str) -> sa.Engine:
    parsed = _driver_url(url)
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(parsed, pool_pre_ping=True, pool_timeout=5, connect_args={"connect_timeout": 5})
    arguments = {"timeout": LOCK_SECONDS, "check_same_thread": False}
    engine = sa.create_engine(parsed, module=sqlite_module, connect_args=arguments)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we emit BEGIN ourselves
    for pragma in ("journal_mode=wal", "synchronous=full", "foreign_keys=on", f"busy_timeout={LOCK_SECONDS * 1000}"):
        connection.execute(f"pragma {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    """Begin to read, or to write. SQLite itself asks for a lock that is taken ten times a second; beside a worker that
    writes a thousand times a second that may not once be the right moment, so a writer asks more often."""
    if connection.get_execution_options().get("readonly"):
        connection.exec_driver_sql("BEGIN")
        return
    driver: Any = connection.connection.driver_connection
    until = monotonic() + LOCK_SECONDS
    driver.execute(f"pragma busy_timeout={_LOCK_ROUND_MILLISECONDS}")
    try:
        while not _begins_to_write(connection, last=monotonic() >= until):
            pass
    finally:
        driver.execute(f"pragma busy_timeout={LOCK_SECONDS * 1000}")


def _begins_to_write(connection: sa.Connection, *, last: bool) -> bool:
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as fault:
        if last or "locked" not in str(fault.orig):
            raise
        return False
    return True


class Database:
    """One engine and its sessions. Give it to worker, follower and CLI; `bind(app)` gives it to Flask."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _open_engine(url)
        self._writers = sessionmaker(self.engine, expire_on_commit=False)
        self._readers = sessionmaker(self.engine.execution_options(readonly=True), expire_on_commit=False)

    @contextmanager
    def session(self, *, readonly: bool = False) -> Iterator[Session]:
        """Open a session that rolls back unless committed. `readonly` never waits for SQLite's writer.

        Raises `Unavailable` when the database does not answer.
        """
        session = (self._readers if readonly else self._writers)()
        try:
            with translated():
                yield session
        finally:
            _close(session)

    def bind(self, app: Flask) -> None:
        """Make Flask-SQLAlchemy's `db.session` of `app` run on this engine."""
        app.config["SQLALCHEMY_DATABASE_URI"] = self.url
        app.extensions["statuspage.database"] = self
        db.init_app(app)

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def _close(session: Session) -> None:
    try:
        session.close()
    except DBAPIError:
        session.invalidate()


def _is_clash(fault: IntegrityError) -> bool:
    """Tell a duplicate or a vanished parent from a broken CHECK, which is a fault of ours and must not be hidden."""
    state = getattr(fault.orig, "sqlstate", None)
    return state in ("23505", "23503") or any(word in str(fault.orig) for word in ("UNIQUE", "FOREIGN KEY"))


def _lacks_tables(fault: Exception) -> bool:
    """Tell a missing table or column from everything else that an engine may have against a statement."""
    original = getattr(fault, "orig", None)
    missing = ("no such table", "no such column", "has no column named")
    return getattr(original, "sqlstate", None) in ("42P01", "42703") or any(words in str(original) for words in missing)


@contextmanager
def translated() -> Iterator[None]:
    """Turn the database's errors into the house's: `Conflict` for clashes, `Unavailable` for silence, `Outdated` for a
    table or column that is not there."""
    try:
        yield
    except (IntegrityError, StaleDataError) as fault:
        if isinstance(fault, IntegrityError) and not _is_clash(fault):
            raise
        raise Conflict("Somebody else changed this a moment ago. Load it again and repeat your change.") from fault
    except ProgrammingError as fault:
        if _lacks_tables(fault):
            raise Outdated from fault
        raise
    except (OperationalError, InterfaceError, sa.exc.TimeoutError) as fault:
        raise (Outdated if _lacks_tables(fault) else Unavailable) from fault


def commit(session: Session) -> None:
    """Commit. Raises `Conflict` or `Unavailable` after rolling back."""
    try:
        with translated():
            session.commit()
    except BaseException:
        session.rollback()
        raise


def engine_name(session: Session) -> str:
    """Return `sqlite` or `postgresql`, for the few adapters that speak the language of one engine alone."""
    return session.get_bind().dialect.name


class RequestSession(FlaskSession):
    """Flask-SQLAlchemy's session that honours `info["readonly"]`, so that reading never waits for SQLite's writer."""

    def get_bind(self, *args: Any, **kwargs: Any) -> sa.Engine | sa.Connection:
        """Return the engine, in read-only mode when this request only reads."""
        bind = super().get_bind(*args, **kwargs)
        if self.info.get("readonly") and isinstance(bind, sa.Engine):
            # One and the same engine for the whole session: another one would check out another connection.
            reader: sa.Engine = self.info.setdefault("reader", bind.execution_options(readonly=True))
            return reader
        return bind


class _SharedEngine(SQLAlchemy):
    def _make_engine(self, _bind_key: str | None, _options: dict[str, Any], app: Flask) -> sa.Engine:
        database: Database = app.extensions["statuspage.database"]
        return database.engine


db = _SharedEngine(
    model_class=Base,
    disable_autonaming=True,
    session_options={"class_": RequestSession, "expire_on_commit": False},
)

if TYPE_CHECKING:

    class Model(Base):
        """The declarative base of every table."""

        __abstract__ = True
else:
    Model = db.Model

metadata: sa.MetaData = Model.metadata
