"""`statuspage incident cancel | false-alarm | merge`: the ends of an incident that are no resolution."""

from typing import Any

import click

from statuspage.audit.actor import SHELL
from statuspage.cli.incidents import body_option, print_incident, read_body, unapproved_option
from statuspage.cli.output import json_option
from statuspage.cli.shell import Shell, pass_shell
from statuspage.domain.incidents.actions import (
    Ending,
    cancel_incident,
    close_as_false_alarm,
    merge_incident,
    without_approval,
)
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref

reason_option = click.option("--reason", required=True, help="Why, for the team.")
quiet_option = click.option("--quiet", is_flag=True, help="Publish without telling subscribers.")


def _ending(given: dict[str, Any]) -> Ending:
    clearance = without_approval(given["unapproved"])
    return Ending(given["reason"], read_body(given["body"]), notify=not given["quiet"], clearance=clearance)


@click.command()
@click.argument("ref")
@reason_option
@body_option
@quiet_option
@unapproved_option
@json_option
@pass_shell
def cancel(shell: Shell, /, ref: str, as_json: bool, **given: Any) -> None:
    """Call the incident REF off; a public one needs --body, the notice that closes it."""
    with shell.changing() as session:
        found = incident_by_ref(session, ref, EVERYTHING)
        cancel_incident(session, found, _ending(given), by=SHELL, now=shell.now())
    print_incident(shell, found, as_json=as_json)


@click.command()
@click.argument("ref")
@reason_option
@body_option
@quiet_option
@unapproved_option
@json_option
@pass_shell
def false_alarm(shell: Shell, /, ref: str, as_json: bool, **given: Any) -> None:
    """Close the incident REF as a false alarm; what it did to components leaves bars and uptime."""
    with shell.changing() as session:
        found = incident_by_ref(session, ref, EVERYTHING)
        close_as_false_alarm(session, found, _ending(given), by=SHELL, now=shell.now())
    print_incident(shell, found, as_json=as_json)


@click.command()
@click.argument("ref")
@click.option("--into", required=True, metavar="REF", help="The open incident it continues in.")
@quiet_option
@json_option
@pass_shell
def merge(shell: Shell, /, ref: str, into: str, quiet: bool, as_json: bool) -> None:
    """Let the incident REF continue in another one; customers read "Continues in ..."."""
    with shell.changing() as session:
        found = incident_by_ref(session, ref, EVERYTHING)
        other = incident_by_ref(session, into, EVERYTHING)
        link = shell.links.absolute(shell.links.incident(other.code))
        merge_incident(session, found, other, link, notify=not quiet, by=SHELL, now=shell.now())
    print_incident(shell, found, as_json=as_json)
