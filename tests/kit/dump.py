"""Everything a database holds, as text: every table, those of the search among them, binary columns as they are."""

import sqlalchemy as sa

from statuspage.core.db import Database


def tables_that_hold(database: Database, words: str) -> list[str]:
    """Return the tables in any row of which `words` stand, whatever their case."""
    wanted = words.lower().encode()
    with database.engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        return [name for name in names if any(wanted in row for row in _rows(connection, name))]


def _rows(connection: sa.Connection, table: str) -> list[bytes]:
    found = connection.exec_driver_sql(f'SELECT * FROM "{table}"')
    return [b" | ".join(_bytes(value) for value in row).lower() for row in found]


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
