"""`statuspage incident ...`: declare, say something, resolve, list. What is published here is public at once."""

import sys
from datetime import timedelta
from typing import Any

import click

from statuspage.audit.actor import SHELL
from statuspage.cli.commands import Commands
from statuspage.cli.output import json_option, print_json, print_rows
from statuspage.cli.shell import Shell, pass_shell
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.editorial.actions import clear_first_notice
from statuspage.domain.incidents.actions import (
    ComponentImpact,
    IncidentDraft,
    Resolution,
    UpdateDraft,
    declare_incident,
    post_update,
    resolve_incident,
    without_approval,
)
from statuspage.domain.incidents.enums import IncidentState, PublicStatus, Severity, UpdateVisibility
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import EVERYTHING, IncidentFilter, incident_by_ref, incidents_page
from statuspage.domain.incidents.rules import OPEN_STATES
from statuspage.domain.wording.drafting import incident_like_template, update_like_template

STATUSES = [status.value for status in PublicStatus]
STATES = [state.value for state in (*OPEN_STATES, IncidentState.RESOLVED)]


class ImpactType(click.ParamType[ComponentImpact]):
    """`slug=status`."""

    name = "slug=status"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> ComponentImpact:
        """Read one component and how it is doing."""
        if isinstance(value, ComponentImpact):
            return value
        slug, _, status = str(value).partition("=")
        if status not in list(ComponentStatus):
            self.fail(
                f"{value!r}: write it as api=partial_outage; statuses are {', '.join(ComponentStatus)}.", param, ctx
            )
        return ComponentImpact(slug, ComponentStatus(status))


component_option = click.option("--component", "components", type=ImpactType(), multiple=True, help="May be repeated.")
body_option = click.option("--body", default="", help="What to say, in Markdown; - reads standard input.")
promise_option = click.option(
    "--next-update", type=click.IntRange(1, 43_200), metavar="MINUTES", help="Promise the next word."
)
template_option = click.option("--template", metavar="NAME", help="Say it in a template's words (its name or id).")

unapproved_option = click.option(
    "--without-approval", "unapproved", default="", metavar="REASON",
    help="Publish although the severity needs a second person; the others get the reason by mail.",
)  # fmt: skip


def read_body(body: str) -> str:
    """Return what was given with `--body`, read from standard input for `-`."""
    return sys.stdin.read() if body == "-" else body


@click.group(
    cls=Commands,
    places={
        **{name: f"statuspage.cli.endings:{name.replace('-', '_')}" for name in ("cancel", "false-alarm", "merge")},
        **{name: f"statuspage.cli.afterwards:{name}" for name in ("clone", "past", "redact")},
    },
)
def incident() -> None:
    """Declare incidents, post updates, resolve."""


@incident.command(name="open")
@click.option("--title", required=True)
@click.option("--public-title", help="What customers see (default: the title).")
@click.option("--severity", type=click.Choice([severity.value for severity in Severity]), required=True)
@component_option
@click.option("--status", type=click.Choice(STATUSES), help="Publish at once, with this status.")
@body_option
@template_option
@promise_option
@click.option("--quiet", is_flag=True, help="Publish without telling subscribers.")
@unapproved_option
@json_option
@pass_shell
def open_incident(shell: Shell, /, as_json: bool, **given: Any) -> None:
    """Declare an incident; with --body or --template it is published at once, else only the team knows."""
    now = shell.now()
    body, template = read_body(given["body"]), given["template"]
    if given["status"] and not (body or template):
        raise click.UsageError("--status publishes the incident: say something with --body or --template.")
    draft = IncidentDraft(
        title=given["title"],
        public_title=given["public_title"],
        severity=Severity(given["severity"]),
        components=given["components"],
        update=UpdateDraft(
            body=body,
            status=PublicStatus(given["status"]) if given["status"] else None,
            components=given["components"],
            next_update_at=now + timedelta(minutes=given["next_update"]) if given["next_update"] else None,
            notify=not given["quiet"],
            clearance=without_approval(given["unapproved"]),
        ) if body or template else None,
    )  # fmt: skip
    with shell.changing() as session:
        if template:
            draft = incident_like_template(session, draft, template, now)
        draft = clear_first_notice(session, draft, by=SHELL, now=now)
        declared = declare_incident(session, draft, by=SHELL, now=now)
    print_incident(shell, declared, as_json=as_json)


@incident.command()
@click.argument("ref")
@click.option("--status", type=click.Choice(sorted({*STATUSES, *STATES})), help="Default: as before.")
@body_option
@template_option
@component_option
@promise_option
@click.option("--internal", is_flag=True, help="For the team only.")
@click.option("--quiet", is_flag=True, help="Publish without telling subscribers.")
@unapproved_option
@json_option
@pass_shell
def update(shell: Shell, /, ref: str, as_json: bool, **given: Any) -> None:
    """Say something about the incident REF."""
    now = shell.now()
    due = now + timedelta(minutes=given["next_update"]) if given["next_update"] else None
    words = {
        "body": read_body(given["body"]), "components": given["components"], "notify": not given["quiet"],
        "clearance": without_approval(given["unapproved"]),
    }  # fmt: skip
    draft = _internal(given["status"], words) if given["internal"] else _public(given["status"], words, due)
    with shell.changing() as session:
        found = incident_by_ref(session, ref, EVERYTHING)
        if given["template"]:
            draft = update_like_template(session, found, draft, given["template"], now)
        post_update(session, found, draft, by=SHELL, now=now)
    print_incident(shell, found, as_json=as_json)


def _public(status: str | None, words: dict[str, Any], due: Any) -> UpdateDraft:
    if status and status not in STATUSES:
        raise click.UsageError(f"Customers are told one of: {', '.join(STATUSES)}.")
    return UpdateDraft(status=PublicStatus(status) if status else None, next_update_at=due, **words)


def _internal(status: str | None, words: dict[str, Any]) -> UpdateDraft:
    if status and status not in STATES:
        raise click.UsageError(f"Inside, a state is one of: {', '.join(STATES)}.")
    if status is None:
        return UpdateDraft(visibility=UpdateVisibility.INTERNAL_NOTE, **words)
    return UpdateDraft(visibility=UpdateVisibility.INTERNAL_STATUS, state=IncidentState(status), **words)


@incident.command()
@click.argument("ref")
@body_option
@click.option("--quiet", is_flag=True, help="Publish without telling subscribers.")
@unapproved_option
@json_option
@pass_shell
def resolve(shell: Shell, /, ref: str, as_json: bool, **given: Any) -> None:
    """Resolve the incident REF: with --body for customers too, without it for the team only."""
    with shell.changing() as session:
        found = incident_by_ref(session, ref, EVERYTHING)
        clearance = without_approval(given["unapproved"])
        ended = Resolution(body=read_body(given["body"]), notify=not given["quiet"], clearance=clearance)
        resolve_incident(session, found, ended, by=SHELL, now=shell.now())
    print_incident(shell, found, as_json=as_json)


@incident.command(name="list")
@click.option("--all", "everything", is_flag=True, help="Resolved and closed ones too.")
@click.option("--search", default="", metavar="WORDS", help="Only those with these words in titles or updates.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True)
@json_option
@pass_shell
def list_incidents(shell: Shell, everything: bool, search: str, limit: int, as_json: bool) -> None:
    """List open incidents, newest first."""
    wanted = IncidentFilter(open_only=not everything, search=search)
    with shell.reading() as session:
        found = incidents_page(session, EVERYTHING, wanted, limit=limit)
        rows = [_row(shell, one) for one in found]
    if as_json:
        print_json(rows)
    elif rows:
        for row in rows:
            click.echo(f"{row['ref']} {row['code']} {row['url']}  {row['severity']} {row['state']}: {row['title']}")
    else:
        print_rows([], as_json=False, empty="No incident is open.")


def _row(shell: Shell, one: Incident) -> dict[str, Any]:
    links = shell.links
    return {
        "ref": one.ref,
        "code": one.code,
        "url": links.absolute(links.incident(one.code) if one.public else links.panel(f"incidents/{one.ref}")),
        "title": one.title,
        "severity": one.severity,
        "state": one.state,
        "public_status": one.public_status,
        "created_at": one.created_at,
    }


def print_incident(shell: Shell, one: Incident, *, as_json: bool) -> None:
    """Say where an incident is: ref, code, address."""
    row = _row(shell, one)
    if as_json:
        print_json(row)
    else:
        click.echo(f"{row['ref']} {row['code']} {row['url']}")
