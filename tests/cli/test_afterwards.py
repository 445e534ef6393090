"""`statuspage incident clone`, `past`, `redact`."""

import json

import pytest

from statuspage.cli.shell import Shell
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref
from tests.cli.conftest import Command

DOWN = ("--title", "Checkout fails", "--severity", "sev2", "--component", "web=major_outage")
SAID = ("--update", "2026-01-05T10:10:00Z", "investigating", "We look."), (
    "--update", "2026-01-05T12:40:00+01:00", "resolved", "It is over.",
)  # fmt: skip


def found(shell: Shell, ref: str) -> Incident:
    with shell.reading() as session:
        return incident_by_ref(session, ref, EVERYTHING)


@pytest.fixture
def ref(statuspage: Command, installation: Shell) -> str:
    return statuspage("incident", "open", *DOWN, "--body", "Jane Doe told us.").out.split()[0]


def test_an_incident_is_cloned_for_the_team_alone(statuspage: Command, ref: str, installation: Shell) -> None:
    row = json.loads(statuspage("incident", "clone", ref, "--json").out)
    assert (row["title"], row["public_status"], row["ref"] != ref) == ("Checkout fails", None, True)
    unknown = statuspage("incident", "clone", "INC-1999-0001")
    assert (unknown.status, "no incident INC-1999-0001" in unknown.err) == (1, True)


def test_a_past_incident_is_entered_with_its_updates(statuspage: Command, installation: Shell) -> None:
    made = statuspage("incident", "past", *DOWN, "--started", "2026-01-05T10:00:00Z", *SAID[0], *SAID[1], "--json")
    row = json.loads(made.out)
    incident = found(installation, row["ref"])
    assert (row["public_status"], [update.current.body for update in incident.updates]) == (
        "resolved",
        ["It is over.", "We look."],
    )
    assert incident.updates[0].display_at.isoformat() == "2026-01-05T11:40:00+00:00"


def test_one_without_updates_stays_internal(statuspage: Command, installation: Shell) -> None:
    times = ("--started", "2026-01-05T10:00:00Z", "--ended", "2026-01-05T11:00:00Z")
    assert json.loads(statuspage("incident", "past", *DOWN, *times, "--json").out)["public_status"] is None


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        (("--started", "yesterday"), 2, "write it as 2026-11-21T14:30:00Z"),
        (("--started", "2026-01-05T10:00:00"), 2, "add the offset"),
        (("--started", "2026-01-05T10:00:00Z", *SAID[0]), 1, "The last update says resolved"),
        (("--started", "2026-01-05T10:00:00Z"), 1, "Say when it was over"),
        (("--started", "2999-01-05T10:00:00Z"), 1, "in the future"),
    ],
)
def test_impossible_times_are_told(
    statuspage: Command, installation: Shell, given: tuple[str, ...], status: int, words: str
) -> None:
    outcome = statuspage("incident", "past", *DOWN, *given)
    assert (outcome.status, words in outcome.err) == (status, True), outcome.err


def test_a_passage_is_read_from_standard_input(statuspage: Command, ref: str, installation: Shell) -> None:
    code = found(installation, ref).updates[0].code
    given = ("incident", "redact", ref, "--update", code, "--reason", "A name")
    assert "letter by letter" in statuspage(*given, "--passage-stdin", stdin="John").err
    assert statuspage(*given, "--passage-stdin", stdin="Jane Doe\n").out.startswith(ref)
    assert found(installation, ref).updates[0].current.body == "[…] told us."
    assert json.loads(statuspage(*given, "--whole", "--json").out)["ref"] == ref
    assert found(installation, ref).updates[0].current.body == ""


def test_a_title_is_replaced(statuspage: Command, ref: str, installation: Shell) -> None:
    assert statuspage("incident", "redact", ref, "--public-title", "Payments", "--reason", "A name").status == 0
    assert found(installation, ref).title == "Payments"


@pytest.mark.parametrize(
    "given",
    [(), ("--whole", "--passage-stdin", "--update", "x"), ("--whole",), ("--public-title", "T", "--update", "x")],
)
def test_what_is_to_go_is_said_once(statuspage: Command, installation: Shell, given: tuple[str, ...]) -> None:
    assert statuspage("incident", "redact", "INC-2026-0001", "--reason", "A name", *given).status == 2
