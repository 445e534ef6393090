"""Incidents from the shell: what a script sends, what it reads back, what customers then see."""

import json

import pytest

from statuspage.audit.actor import SHELL
from statuspage.cli.shell import Shell
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.enums import Severity
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref
from statuspage.domain.incidents.rules import Publishing
from statuspage.publish.store import Store
from tests.cli.conftest import Command

OPEN = ("incident", "open", "--title", "db-7 down", "--severity", "sev2", "--component", "web=major_outage")
SAID = ("--public-title", "Checkout fails", "--status", "investigating", "--body", "We look into it.")


def _incident(shell: Shell, ref: str) -> Incident:
    with shell.reading() as session:
        return incident_by_ref(session, ref, EVERYTHING)


@pytest.fixture
def ref(statuspage: Command, installation: Shell) -> str:
    """A public incident."""
    return statuspage(*OPEN, *SAID).out.split()[0]


def test_an_incident_answers_ref_code_and_address(statuspage: Command, installation: Shell) -> None:
    outcome = statuspage(*OPEN, *SAID)
    assert (outcome.status, outcome.err) == (0, "")
    ref, code, url = outcome.out.split()
    found = _incident(installation, ref)
    assert (code, url) == (found.code, f"https://status.example.com/incidents/{code}")
    assert (found.title, found.public_title, found.public) == ("db-7 down", "Checkout fails", True)
    assert [row.component.slug for row in found.components] == ["web"]
    assert found.updates[0].current.body == "We look into it."


def test_without_words_only_the_team_knows(statuspage: Command, installation: Shell) -> None:
    ref, _, url = statuspage(*OPEN).out.split()
    assert not _incident(installation, ref).public
    assert url == f"https://status.example.com/admin/incidents/{ref}"


def test_words_may_come_from_standard_input(statuspage: Command, ref: str, installation: Shell) -> None:
    outcome = statuspage("incident", "update", ref, "--body", "-", stdin="Line one.\n\nLine two.\n")
    assert outcome.status == 0
    assert _incident(installation, ref).updates[0].current.body == "Line one.\n\nLine two."


def test_an_update_moves_status_components_and_promise(statuspage: Command, ref: str, installation: Shell) -> None:
    words = ("--status", "identified", "--body", "Found it.", "--next-update", "30", "--quiet")
    assert statuspage("incident", "update", ref, *words, "--component", "web=degraded_performance").status == 0
    found = _incident(installation, ref)
    assert (found.public_status, found.components[0].status) == ("identified", "degraded_performance")
    update = found.updates[0]
    assert update.promise is not None
    assert (update.promise.due_at - update.created_at).total_seconds() == 1800
    assert not update.notify


def test_internal_words_stay_inside(statuspage: Command, ref: str, installation: Shell) -> None:
    statuspage("incident", "update", ref, "--internal", "--body", "Disk full.")
    statuspage("incident", "update", ref, "--internal", "--status", "mitigated", "--body", "Freed.")
    found = _incident(installation, ref)
    assert [update.visibility for update in found.updates] == ["internal_status", "internal_note", "public"]
    assert (found.state, found.public_status) == ("mitigated", "investigating")


def test_statuses_of_the_other_side_are_wrong_usage(statuspage: Command, ref: str) -> None:
    public = statuspage("incident", "update", ref, "--status", "mitigated", "--body", "x")
    inside = statuspage("incident", "update", ref, "--internal", "--status", "monitoring", "--body", "x")
    assert (public.status, inside.status) == (2, 2)


def test_resolving_with_words_tells_customers(statuspage: Command, ref: str, installation: Shell) -> None:
    assert statuspage("incident", "resolve", ref).status == 0
    assert _incident(installation, ref).public_status == "investigating"
    assert statuspage("incident", "resolve", ref, "--body", "Over.").status == 0
    assert _incident(installation, ref).public_status == "resolved"


def test_open_incidents_are_listed(statuspage: Command, ref: str) -> None:
    other = statuspage(*OPEN).out.split()[0]
    statuspage("incident", "resolve", other)
    assert [line.split()[0] for line in statuspage("incident", "list").lines] == [ref]
    rows = json.loads(statuspage("incident", "list", "--all", "--json").out)
    assert [(row["ref"], row["state"]) for row in rows] == [(other, "resolved"), (ref, "investigating")]
    statuspage("incident", "resolve", ref, "--body", "Over.")
    empty = statuspage("incident", "list")
    assert (empty.status, empty.out, empty.err) == (0, "", "No incident is open.\n")


def test_the_page_shows_it_when_the_command_returns(statuspage: Command, installation: Shell) -> None:
    store = Store(installation.settings.data.dir / "site")
    statuspage(*OPEN, *SAID)
    assert store.generation() is None, "a host that serves no page builds none"
    assert statuspage("site", "build").status == 0
    ref = statuspage(*OPEN, *SAID, "--component", "mail=partial_outage").out.split()[0]
    home = store.get("/")
    assert home is not None
    assert home.page.body.count(b"Checkout fails") >= 2
    statuspage("incident", "resolve", ref, "--body", "All is well again.")
    page = store.get(f"/incidents/{_incident(installation, ref).code}")
    assert page is not None
    assert b"All is well again." in page.page.body


def test_a_severity_that_needs_a_second_person_needs_a_reason_here(
    ref: str, statuspage: Command, installation: Shell
) -> None:
    with installation.changing() as session:
        wanted = Publishing(10, frozenset({Severity.SEV2}))
        change_publishing(session, wanted, by=SHELL, now=installation.now())
    say = ("incident", "update", ref, "--body", "Found it.")
    refusal = statuspage(*say)
    assert (refusal.status, "second person" in refusal.err) == (1, True)
    assert statuspage(*say, "--without-approval", "Nobody is awake.").status == 0
    resolve = ("incident", "resolve", ref, "--body", "Over.")
    assert statuspage(*resolve).status == 1
    assert statuspage(*resolve, "--without-approval", "Nobody is awake.").status == 0
    found = _incident(installation, ref)
    assert [update.unapproved_reason for update in found.updates][:2] == ["Nobody is awake."] * 2
