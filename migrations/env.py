"""What Alembic runs around the migrations, on SQLite and PostgreSQL alike.

Everything happens in one transaction. On SQLite a table is changed by copying it, so foreign keys are off
meanwhile (the rename of a parent would delete its children) and checked before the commit. On PostgreSQL an
advisory lock lets one upgrade run at a time, and no statement waits long for a table that others are using.

`statuspage db upgrade` hands the database over; `alembic ...` in a shell takes it from the configuration.
The next migration is written by `make migration NAME="what changes"`.
"""

import importlib
import pkgutil
from typing import Any

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

import statuspage
from statuspage.core.config import load_settings
from statuspage.core.db import Database, Instant, metadata
from statuspage.domain.incidents.search.tables import let_search_rest, make_search_tables, of_search

ADVISORY_LOCK = 7_823_155_101
WAIT_FOR_OTHER_UPGRADE = "60s"
WAIT_FOR_TABLE = "5s"


def load_models() -> None:
    """Import every module named `models`, so that the metadata knows all tables."""
    for module in pkgutil.walk_packages(statuspage.__path__, "statuspage."):
        if module.name.rpartition(".")[2] == "models":
            importlib.import_module(module.name)


def render_item(kind: str, item: Any, _autogen: AutogenContext) -> str | bool:
    """Write our own column types as SQLAlchemy's, so that no migration depends on the code of a later day."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    return False


def take_turn(connection: sa.Connection) -> None:
    """Wait for another upgrade on PostgreSQL to end, then let no statement wait long for a table in use."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_FOR_OTHER_UPGRADE}'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_FOR_TABLE}'")


def set_foreign_keys(connection: sa.Connection, state: str) -> None:
    """Switch SQLite's foreign keys; the pragma counts only outside a transaction: ask the driver."""
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA foreign_keys={state}")


def check_foreign_keys(connection: sa.Connection) -> None:
    """Refuse to commit rows on SQLite that point at nothing."""
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if orphans:
            tables = sorted({str(row[0]) for row in orphans})
            raise RuntimeError(f"The migration left {len(orphans)} rows pointing at nothing, in {', '.join(tables)}.")


def run(database: Database) -> None:
    """Carry out what Alembic was asked for, in one transaction."""
    with database.engine.connect() as connection:
        set_foreign_keys(connection, "OFF")
        try:
            context.configure(
                connection=connection,
                target_metadata=metadata,
                transactional_ddl=True,
                render_as_batch=True,
                render_item=render_item,
                compare_server_default=True,
                include_name=lambda name, kind, _parents: not of_search(name, kind),
            )
            with context.begin_transaction():
                take_turn(connection)
                let_search_rest(connection)
                context.run_migrations()
                make_search_tables(connection)
                check_foreign_keys(connection)
        finally:
            set_foreign_keys(connection, "ON")


load_models()
handed_over = context.config.attributes.get("database")
run(handed_over or Database(load_settings().database_url))
