"""`statuspage doctor`: looks at every part of the installation and says what is not well and what to do."""

from collections.abc import Iterator

import click

from statuspage.cli.checks import pages, place, relay, rows
from statuspage.cli.checks.findings import Finding, Level
from statuspage.cli.output import json_option, print_json
from statuspage.cli.shell import Shell, pass_shell

_STORED = (rows.database, pages.pages)
_MARKS = {Level.WELL: "ok     ", Level.WARNING: "warning", Level.FAULT: "FAULT  "}


def findings(shell: Shell, mail: str | None) -> Iterator[Finding]:
    """Yield everything there is to say, part by part. `mail` is where to send a test mail."""
    for check in (
        place.configuration,
        place.secret,
        place.files,
        place.libraries,
        place.clock,
        rows.database,
        pages.pages,
    ):
        yield from check(shell)
    yield from relay.relay(shell)
    if mail:
        yield relay.send_test(shell, mail)


@click.command()
@click.option("--mail", metavar="ADDRESS", help="Also send a test mail to this address.")
@json_option
@pass_shell
def doctor(shell: Shell, mail: str | None, as_json: bool) -> int:
    """Look at every part of the installation. Exit status 1 when something does not work."""
    found = []
    for finding in findings(shell, mail):
        found.append({"part": finding.part, "level": finding.level, "sentence": finding.sentence})
        if not as_json:
            click.echo(f"{_MARKS[finding.level]} {finding.part:14}{finding.sentence}")
    if as_json:
        print_json(found)
    return int(any(row["level"] is Level.FAULT for row in found))
