"""The stored pages of this host: whether they are there, can be written, and show what the database holds."""

import os
from collections.abc import Iterator
from datetime import timedelta

import click

from statuspage.cli.checks.findings import Finding, fault, warning, well
from statuspage.cli.shell import Shell
from statuspage.core.errors import Unavailable
from statuspage.outbox.publications import publications_since
from statuspage.publish.store import Generation, Store

LATE = timedelta(minutes=1)  # a process that serves follows within a second


def pages(shell: Shell) -> Iterator[Finding]:
    """What visitors of this host get when the database is away."""
    store = Store(shell.settings.data.dir / "site")
    known = store.generation()
    if known is None:
        yield warning("pages", "No pages are stored on this host yet. Run `statuspage site build`.")
        return
    if not os.access(store.directory, os.W_OK | os.X_OK):
        place = store.directory
        yield fault("pages", f"{place} cannot be written by this user. Give it to the user the service runs as.")
        return
    try:
        yield _compared(shell, known)
    except (click.ClickException, Unavailable):
        yield warning("pages", f"The stored pages show publication {known.number}; the database cannot be asked.")


def _compared(shell: Shell, known: Generation) -> Finding:
    with shell.reading() as session:
        missing = publications_since(session, known.number, limit=1)
    if missing and shell.now() - missing[0].at > LATE:
        return fault(
            "pages",
            f"The stored pages do not show what was published at {missing[0].at:%Y-%m-%d %H:%M} UTC and later. Look at "
            "the disk of this host and the log, then run `statuspage site build`.",
        )
    if known.pending:
        return warning("pages", f"{known.pending:,} pages show an earlier state until a serving process gets to them.")
    return well("pages", f"The stored pages show publication {known.number}.")
