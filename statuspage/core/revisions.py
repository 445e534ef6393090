"""Which version of the tables a database has, and which one this version of the product wants.

Every command and every process asks this when it starts, so it does without Alembic: migrations are numbered files, and
Alembic keeps the number of the last one in a table of its own.
"""

import sqlalchemy as sa

from statuspage.core.db import Database, translated
from statuspage.core.paths import migrations_dir

_KEPT = sa.table("alembic_version", sa.column("version_num", sa.String))


def wanted_revision() -> str:
    """Return the newest revision this version of the product knows, empty when there is none."""
    files = (migrations_dir() / "versions").glob("[0-9]*_*.py")
    return max((file.name.partition("_")[0] for file in files), default="")


def present_revision(database: Database) -> str:
    """Return the revision `database` is at, empty for one without tables. Raises `Unavailable`."""
    with translated(), database.engine.connect() as connection:
        if not sa.inspect(connection).has_table(_KEPT.name):
            return ""
        return connection.scalar(sa.select(_KEPT.c.version_num)) or ""
