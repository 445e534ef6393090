"""The database and what stands in it: tables, worker, queue, backups, the clock of the last change."""

from collections.abc import Iterator
from datetime import timedelta

import click
from sqlalchemy.orm import Session

from statuspage.audit.queries import recent_lines
from statuspage.cli.checks.findings import Finding, fault, warning, well
from statuspage.cli.shell import Shell
from statuspage.core.errors import Unavailable
from statuspage.domain.accounts.queries import has_users
from statuspage.domain.components.queries import site_profile
from statuspage.outbox.duties import last_seen, worker_is_alive
from statuspage.outbox.queries import backlog

OLD_BACKUP = timedelta(days=2)
LONG_WAIT = timedelta(minutes=5)


def database(shell: Shell) -> Iterator[Finding]:
    """Whether the database answers and is of this version; then what its rows say."""
    try:
        engine = shell.ready_database.engine
        yield well("database", f"{engine.dialect.name} answers, with the tables of this version.")
        with shell.reading() as session:
            yield from _rows(shell, session)
    except (click.ClickException, Unavailable) as refusal:
        yield fault("database", str(refusal))


def _rows(shell: Shell, session: Session) -> Iterator[Finding]:
    now = shell.now()
    if not has_users(session):
        yield warning("people", "Nobody can sign in yet. `statuspage init --force` prints a set-up link.")
    seen, waiting = last_seen(session), backlog(session)
    if worker_is_alive(session, now):
        yield well("worker", "A worker is at work.")
    elif seen:
        yield fault("worker", f"No worker since {seen:%Y-%m-%d %H:%M} UTC: no mail leaves. Start `statuspage serve`.")
    else:
        yield warning("worker", "No worker has run yet: no mail leaves. `statuspage serve` runs one.")
    if waiting.since and now - waiting.since > LONG_WAIT:
        yield warning("queue", f"{waiting.waiting} messages wait, the oldest since {waiting.since:%Y-%m-%d %H:%M} UTC.")
    backed_up = site_profile(session).backup_at
    if backed_up is None:
        yield warning("backup", "There is no backup yet: statuspage db backup FILE. docs/install.md has a daily timer.")
    elif now - backed_up > OLD_BACKUP:
        yield warning("backup", f"The last backup is of {backed_up:%Y-%m-%d %H:%M} UTC. Look at its timer.")
    else:
        yield well("backup", f"The last backup is of {backed_up:%Y-%m-%d %H:%M} UTC.")
    newest = next(iter(recent_lines(session, limit=1)), None)
    if newest and newest.at > now + timedelta(minutes=1):
        yield fault("clock", f"The last change is dated {newest.at:%Y-%m-%d %H:%M} UTC, in the future: set the clock.")
