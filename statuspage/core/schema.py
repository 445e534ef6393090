"""The tables as Alembic keeps them: bring a database to this version (`core.revisions` tells whether it is there).

The migrations stand beside the package (`core.paths`). On both engines an upgrade is one transaction: it
happens as a whole or not at all, and two processes that upgrade at once queue behind each other.
"""

from alembic import command
from alembic.config import Config

from statuspage.core.db import Database, translated
from statuspage.core.paths import migrations_dir


def alembic_config(database: Database) -> Config:
    """Return what Alembic's commands want to know to work on `database`."""
    config = Config(attributes={"database": database})
    config.set_main_option("script_location", str(migrations_dir()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring `database` up to `revision`. Raises `Unavailable` when it, or a lock in it, cannot be had."""
    with translated():
        command.upgrade(alembic_config(database), revision)


def downgrade(database: Database, revision: str) -> None:
    """Take `database` back to `revision`, `base` for no tables at all. Raises `Unavailable`, as `upgrade`."""
    with translated():
        command.downgrade(alembic_config(database), revision)
