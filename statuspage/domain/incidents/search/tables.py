"""What full text needs beside the tables of the models: made after them, and after every migration.

One row per incident holds the words of its titles and of every version of its updates, so that a word is looked up
among as many rows as there are incidents. `sqlite` and `postgresql` say how; both cut words at punctuation and leave
accents as they are, so that both find the same.
"""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from statuspage.core.db import engine_name
from statuspage.domain.incidents.search import postgresql, sqlite

TEXTS_TABLE = "incident_texts"
INDEX_TABLE = "incident_texts_index"


def make_search_tables(connection: sa.Connection) -> None:
    """Make what is missing; take away what is left when the tables themselves are gone. May be repeated."""
    there = set(sa.inspect(connection).get_table_names())
    if not {"incidents", "updates", "update_versions"} <= there:
        _take_away(connection, there)
    elif connection.dialect.name == "sqlite":
        _make_on_sqlite(connection, there)
    else:
        _carry_out(connection, () if TEXTS_TABLE in there else postgresql.TABLES)
        _carry_out(connection, postgresql.TRIGGERS)


def let_search_rest(connection: sa.Connection) -> None:
    """Take SQLite's triggers away before migrations; `make_search_tables` reads everything anew behind them.

    Migrations replace tables there, and a trigger that names a table which is gone stops the renaming of its successor.
    """
    if connection.dialect.name == "sqlite":
        _carry_out(connection, [f"DROP TRIGGER IF EXISTS {name}" for name in sqlite.TRIGGERS])


def forget_old_words(session: Session) -> None:
    """Have the index itself let go of words that no row holds any more; SQLite keeps them until it tidies up.

    That takes a tenth of a second with five thousand incidents, so it is for words that must be gone.
    """
    if engine_name(session) == "sqlite":
        session.execute(sa.text("INSERT INTO incident_texts_index (incident_texts_index) VALUES ('optimize')"))


def of_search(name: str | None, kind: str) -> bool:
    """Tell whether a table in a database belongs to the search and not to a model; for Alembic's comparison."""
    return kind == "table" and bool(name) and str(name).startswith(TEXTS_TABLE)


def _make_on_sqlite(connection: sa.Connection, there: set[str]) -> None:
    if TEXTS_TABLE not in there:
        _carry_out(connection, sqlite.TABLES)
    named = sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    if not sqlite.TRIGGERS.keys() <= set(connection.scalars(named)):
        let_search_rest(connection)
        _carry_out(connection, sqlite.FILL)
        _carry_out(connection, [f"CREATE TRIGGER {name} {deed}" for name, deed in sqlite.TRIGGERS.items()])


def _take_away(connection: sa.Connection, there: set[str]) -> None:
    if TEXTS_TABLE not in there:
        return
    let_search_rest(connection)
    if connection.dialect.name == "sqlite":
        _carry_out(connection, [f"DROP TABLE {INDEX_TABLE}", f"DROP TABLE {TEXTS_TABLE}"])
    else:
        _carry_out(connection, [f"DROP TABLE {TEXTS_TABLE}", f"DROP FUNCTION {postgresql.FUNCTION}()"])


def _carry_out(connection: sa.Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)
