"""`statuspage incident clone | past | redact`: one like another, one that is over, words taken out for good."""

import sys
from datetime import datetime
from typing import Any

import click

from statuspage.audit.actor import SHELL
from statuspage.cli.incidents import STATUSES, component_option, print_incident, unapproved_option
from statuspage.cli.output import json_option
from statuspage.cli.shell import Shell, pass_shell
from statuspage.domain.editorial.actions.redacting import redact_everywhere, retitle_everywhere
from statuspage.domain.incidents.actions import (
    PastIncident,
    Redaction,
    TitleRedaction,
    UpdateDraft,
    clone_incident,
    enter_past_incident,
    without_approval,
)
from statuspage.domain.incidents.enums import PublicStatus, Severity
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref, update_of


class InstantType(click.ParamType[datetime]):
    """An instant with its offset from UTC (RFC 3339)."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read an instant."""
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r}: write it as 2026-11-21T14:30:00Z.", param, ctx)
        if at.tzinfo is None:
            self.fail(f"{value!r}: add the offset from UTC, as in 2026-11-21T14:30:00Z.", param, ctx)
        return at


INSTANT = InstantType()


@click.command()
@click.argument("ref")
@json_option
@pass_shell
def clone(shell: Shell, ref: str, as_json: bool) -> None:
    """Declare an incident like REF: same words, severity and components, for the team alone."""
    with shell.changing() as session:
        made = clone_incident(session, incident_by_ref(session, ref, EVERYTHING), by=SHELL, now=shell.now())
    print_incident(shell, made, as_json=as_json)


@click.command()
@click.option("--title", required=True)
@click.option("--public-title", help="What customers see (default: the title).")
@click.option("--severity", type=click.Choice([severity.value for severity in Severity]), required=True)
@click.option("--started", type=INSTANT, required=True, help="When customers began to feel it.")
@click.option("--ended", type=INSTANT, help="When it was over, for one without updates.")
@component_option
@click.option(
    "--update",
    "updates",
    type=(INSTANT, click.Choice(STATUSES), str),
    multiple=True,
    metavar="INSTANT STATUS BODY",
    help="What customers are to read; in order, the last one resolved. May be repeated.",
)
@unapproved_option
@click.option("--notify", is_flag=True, help="Tell subscribers, once; usually not: it is over.")
@json_option
@pass_shell
def past(shell: Shell, /, as_json: bool, **given: Any) -> None:
    """Enter an incident that is over; without --update it stays internal. Instants as 2026-11-21T14:30:00Z."""
    clearance = without_approval(given["unapproved"])
    entered = PastIncident(
        title=given["title"],
        public_title=given["public_title"],
        severity=Severity(given["severity"]),
        started_at=given["started"],
        ended_at=given["ended"],
        components=given["components"],
        updates=tuple(
            UpdateDraft(body=body, status=PublicStatus(status), display_at=at, clearance=clearance)
            for at, status, body in given["updates"]
        ),
        notify=given["notify"],
    )
    with shell.changing() as session:
        made = enter_past_incident(session, entered, by=SHELL, now=shell.now())
    print_incident(shell, made, as_json=as_json)


@click.command()
@click.argument("ref")
@click.option("--update", "update_id", metavar="ID", help="The update, by id or code.")
@click.option("--passage-stdin", is_flag=True, help="Read the passage to remove from standard input.")
@click.option("--whole", is_flag=True, help="Remove all of the update's text.")
@click.option("--public-title", help="Put this title in place of the one that stands, everywhere.")
@click.option("--reason", required=True, help="Why, for the team, kept for good: do not repeat the words.")
@json_option
@pass_shell
def redact(shell: Shell, /, ref: str, as_json: bool, **given: Any) -> None:
    """Take words of the incident REF out for good: of an update, or with --public-title of its title.

    A passage is read from standard input, because a shell remembers its arguments.
    """
    if [given["passage_stdin"], given["whole"], given["public_title"] is not None].count(True) != 1:
        raise click.UsageError("Say what is to go: --passage-stdin, --whole or --public-title.")
    if (given["update_id"] is None) is (given["public_title"] is None):
        raise click.UsageError("Name the update with --update, or give another --public-title.")
    now = shell.now()
    with shell.changing() as session:
        found = incident_by_ref(session, ref, EVERYTHING)
        if given["public_title"] is not None:
            retitle_everywhere(
                session, found, TitleRedaction(given["public_title"], given["reason"]), by=SHELL, now=now
            )
        else:
            passage = sys.stdin.read() if given["passage_stdin"] else None
            update = update_of(found, given["update_id"])
            redact_everywhere(session, update, Redaction(passage, given["reason"]), by=SHELL, now=now)
    print_incident(shell, found, as_json=as_json)
