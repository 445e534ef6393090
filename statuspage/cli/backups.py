"""Copying a whole database into a file and back. SQLite by its backup API, PostgreSQL by its own tools.

A copy is checked, flushed to disk and renamed into place: a file that bears the name is whole. A restore keeps what it
replaces beside it (SQLite), and refuses to begin while anything else has the database open.
"""

import os
import shutil
import subprocess
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa

from statuspage.core.db import Database, sqlite_module

_LEAVE_SECONDS = 3.0
_TOOL_HINT = "Install the PostgreSQL client programs (on Debian: apt install postgresql-client) and repeat."


def back_up(database: Database, target: Path) -> None:
    """Write a whole, checked copy of `database` to `target`, replacing an older one only at the very end."""
    if not target.parent.is_dir():
        raise click.ClickException(f"There is no directory {target.parent}. Make it, or choose another place.")
    partial = target.with_name(f".{target.name}.partial")
    try:
        partial.touch(mode=0o600)
        if _is_sqlite(database):
            _copy_sqlite(_sqlite_file(database), partial)
        else:
            _run(database, "pg_dump", "--format=custom", f"--file={partial}")
        _flush(partial)
        partial.replace(target)
        _flush(target.parent)
    except OSError as fault:
        raise click.ClickException(f"{target} cannot be written: {fault.strerror}.") from fault
    finally:
        partial.unlink(missing_ok=True)


def restore(database: Database, source: Path, now: datetime) -> Path | None:
    """Put the copy in `source` in the place of `database`; return where the replaced SQLite file is kept, if any.

    Fails with a sentence, and changes nothing, when the copy is damaged or the database is in use.
    """
    if not _is_sqlite(database):
        _refuse_used_postgresql(database)
        _run(database, "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", str(source))
        return None
    check_file(source)
    live = _sqlite_file(database)
    live.parent.mkdir(parents=True, exist_ok=True)
    kept = _set_aside(live, now)
    partial = live.with_name(f".{live.name}.partial")
    partial.touch(mode=0o600)
    shutil.copyfile(source, partial)
    _flush(partial)
    partial.replace(live)
    _flush(live.parent)
    return kept


def check_file(path: Path) -> None:
    """Fail with a sentence when `path` is no whole SQLite database of ours."""
    try:
        connection = sqlite_module.connect(f"file:{path}?mode=ro", uri=True)
        try:
            verdict = connection.execute("pragma quick_check").fetchone()[0]
            ours = connection.execute("select 1 from sqlite_master where name = 'alembic_version'").fetchone()
        finally:
            connection.close()
    except sqlite_module.Error as fault:
        raise click.ClickException(f"{path} is no whole SQLite database: {fault}.") from fault
    if verdict != "ok":
        raise click.ClickException(f"{path} is damaged: {verdict}. Use an older backup.")
    if not ours:
        raise click.ClickException(f"{path} holds no Statuspage database. Choose the file `db backup` wrote.")


def _copy_sqlite(source: Path, target: Path) -> None:
    reader, writer = sqlite_module.connect(str(source)), sqlite_module.connect(str(target))
    try:
        reader.backup(writer)
        writer.execute("pragma journal_mode=delete")
    except sqlite_module.Error as fault:
        raise click.ClickException(f"{source} cannot be copied: {fault}.") from fault
    finally:
        writer.close()
        reader.close()
    check_file(target)


def _set_aside(live: Path, now: datetime) -> Path | None:
    if not live.exists():
        return None
    _close_sqlite(live)
    kept = live.with_name(f"{live.name}.before-restore-{now:%Y%m%dT%H%M%SZ}")
    for suffix in ("", "-wal", "-shm"):
        file = Path(f"{live}{suffix}")
        if file.exists():
            file.rename(f"{kept}{suffix}")
    return kept


def _close_sqlite(live: Path) -> None:
    """Bring the write-ahead log into the file; a lock that cannot be had means that somebody else is using it."""
    connection: Any = sqlite_module.connect(str(live), timeout=1, isolation_level=None)
    try:
        connection.execute("pragma locking_mode=exclusive")
        connection.execute("begin exclusive")
        connection.execute("commit")
        connection.execute("pragma wal_checkpoint(truncate)")
    except sqlite_module.OperationalError:
        raise click.ClickException(
            f"{live} is in use. Stop Statuspage (systemctl stop statuspage), then restore."
        ) from None
    except sqlite_module.DatabaseError:
        return  # damaged: set aside as it is
    finally:
        connection.close()


def _refuse_used_postgresql(database: Database) -> None:
    """A server takes a moment to take leave of who just hung up, and cleans up in a database by itself."""
    others = (
        "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() "
        "and backend_type = 'client backend'"
    )
    until = time.monotonic() + _LEAVE_SECONDS
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while (used := connection.execute(sa.text(others)).scalar_one()) and time.monotonic() < until:
            time.sleep(0.1)
    database.dispose()
    if used:
        raise click.ClickException("The database is in use. Stop Statuspage (systemctl stop statuspage), then restore.")


def _run(database: Database, tool: str, *arguments: str) -> None:
    program = shutil.which(tool)
    if program is None:
        raise click.ClickException(f"{tool} is not installed. {_TOOL_HINT}")
    url = database.engine.url
    target = url.set(drivername="postgresql", password=None).render_as_string()
    environ = {**os.environ, "PGPASSWORD": str(url.password)} if url.password else dict(os.environ)
    command = [program, f"--dbname={target}", "--no-password", *arguments]
    done = subprocess.run(  # noqa: S603  # PostgreSQL's own tools, no shell, arguments of ours
        command, env=environ, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise click.ClickException(f"{tool} failed: {done.stderr.strip() or done.returncode}")


def _is_sqlite(database: Database) -> bool:
    return database.engine.dialect.name == "sqlite"


def _sqlite_file(database: Database) -> Path:
    return Path(database.engine.url.database or "")


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
