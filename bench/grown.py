"""A database as `statuspage seed` leaves it, made once a day and kept in the machine's temporary directory."""

import getpass
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from bench.installation import SECRET, Installation
from statuspage.audit.actor import SYSTEM
from statuspage.cli.seed.sowing import Amount, sow
from statuspage.core.clock import SYSTEM_CLOCK
from statuspage.core.config import DataSettings, Settings
from statuspage.core.db import Database, commit
from statuspage.core.revisions import wanted_revision
from statuspage.core.schema import upgrade
from statuspage.domain.accounts.actions import NewUser, create_user
from statuspage.domain.accounts.enums import Role
from statuspage.domain.components.actions import seed_profile

MANAGER, PASSWORD = "manager@acme.example", "a password nobody types"
_FRESH = timedelta(days=1)


def grown(amount: Amount) -> Installation:
    """Return an installation with `amount` in it; one from the last day serves again."""
    name = (
        f"statuspage-bench-{getpass.getuser()}-{wanted_revision()}-{amount.incidents}-{amount.components}-{amount.days}"
    )
    directory = Path(tempfile.gettempdir()) / name
    settings = Settings(data=DataSettings(dir=directory / "var"), secret_key=SECRET)
    done = directory / "done"
    now = SYSTEM_CLOCK.now()
    if not done.exists() or now.timestamp() - done.stat().st_mtime > _FRESH.total_seconds():
        if directory.exists():
            shutil.rmtree(directory)
        directory.mkdir(mode=0o700)
        settings.data.dir.mkdir()
        _fill(Database(settings.database_url), amount)
        done.touch()
    return Installation(directory, settings, Database(settings.database_url))


def _fill(database: Database, amount: Amount) -> None:
    now = SYSTEM_CLOCK.now()
    upgrade(database)
    with database.session() as session:
        seed_profile(session, "Acme", "Europe/Berlin", "en", now=now)
        create_user(session, NewUser(MANAGER, "Maren", Role.ADMIN), PASSWORD, by=SYSTEM, now=now)
        sow(session, amount, now, _unseen)
        commit(session)
    with database.engine.begin() as connection:
        connection.execute(sa.text("ANALYZE"))
    database.dispose()


def _unseen(_steps: int) -> None:
    """Nobody looks at the progress."""
