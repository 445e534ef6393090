"""`statuspage db ...`: bring the tables to this version, check them, copy them away and back."""

from pathlib import Path

import click

from statuspage.cli.backups import back_up, restore
from statuspage.cli.output import json_option, print_json
from statuspage.cli.shell import Shell, pass_shell
from statuspage.cli.upgrades import bring_up_to_date
from statuspage.core.db import SAFE_SQLITE, Database, commit, sqlite_version
from statuspage.core.revisions import present_revision
from statuspage.domain.accounts.access import end_every_session
from statuspage.domain.components.queries import site_profile
from statuspage.domain.editorial.actions import set_aside_waiting
from statuspage.outbox.actions import publish
from statuspage.outbox.restores import SetAside, set_aside_unfinished
from statuspage.publish.store import Store

File = click.Path(dir_okay=False, path_type=Path)


@click.group()
def db() -> None:
    """Upgrade, check, back up and restore the database."""


@db.command()
@pass_shell
def upgrade(shell: Shell) -> None:
    """Bring the database to this version. Safe to repeat, and to run in two places at once."""
    click.echo(f"The database is at version {bring_up_to_date(shell)}.")


@db.command()
@json_option
@pass_shell
def check(shell: Shell, as_json: bool) -> None:
    """Look for damage and for tables of another version."""
    database = shell.ready_database
    found = {"version": present_revision(database), "engine": database.engine.dialect.name, **_verdict(database)}
    if as_json:
        print_json(found)
    else:
        click.echo(f"The database is whole, at version {found['version']}, on {found['engine']}.")
    if found["engine"] == "sqlite" and sqlite_version() < SAFE_SQLITE:
        wanted = ".".join(map(str, SAFE_SQLITE))
        click.echo(f"SQLite is older than {wanted}: install the `sqlite` extra. See `statuspage doctor`.", err=True)


def _verdict(database: Database) -> dict[str, str]:
    if database.engine.dialect.name != "sqlite":
        return {}
    with database.engine.connect() as connection:
        verdict = str(connection.exec_driver_sql("pragma quick_check").scalar())
        orphans = connection.exec_driver_sql("pragma foreign_key_check").fetchall()
    if verdict != "ok":
        raise click.ClickException(f"The database is damaged: {verdict}. Restore a backup: `statuspage db restore`.")
    if orphans:
        tables = ", ".join(sorted({str(row[0]) for row in orphans}))
        raise click.ClickException(f"{len(orphans)} rows point at nothing, in {tables}. Restore a backup.")
    return {"sqlite": ".".join(map(str, sqlite_version()))}


@db.command()
@click.argument("file", type=File)
@pass_shell
def backup(shell: Shell, file: Path) -> None:
    """Copy the database into FILE while it is in use. FILE appears only when the copy is whole."""
    database = shell.ready_database
    back_up(database, file)
    with database.session() as session:
        site_profile(session).backup_at = shell.now()
        commit(session)
    click.echo(f"Backed up to {file}. Keep it together with the configuration and the secret key.")


@db.command(name="restore")
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@pass_shell
def restore_command(shell: Shell, file: Path) -> None:
    """Put the copy in FILE in the database's place. Messages it had not sent are not sent again by themselves."""
    kept = restore(shell.database, file, shell.now())
    bring_up_to_date(shell)
    set_aside = _settle(shell)
    Store(shell.settings.data.dir / "site").forget()
    click.echo(f"Restored {file}." + (f" The replaced database is kept as {kept}." if kept else ""))
    if set_aside.deliveries or set_aside.events:
        click.echo(
            f"{set_aside.deliveries} unsent messages are marked uncertain and {set_aside.events} unfinished "
            "notifications are closed: look at them in the panel before you send anything again."
        )


def _settle(shell: Shell) -> SetAside:
    """Set aside what may have been sent since the backup, end every session and let the pages be made anew."""
    with shell.ready_database.session() as session:
        set_aside = set_aside_unfinished(session, shell.now())
        set_aside_waiting(session)
        end_every_session(session)
        publish(session, ["everything"], shell.now())
        commit(session)
    return set_aside
