"""`statuspage incident cancel`, `false-alarm`, `merge`, and finding what was said."""

import json

from statuspage.cli.shell import Shell
from tests.cli.conftest import Command


def opened(statuspage: Command, title: str, *more: str) -> str:
    return statuspage("incident", "open", "--title", title, "--severity", "sev2", *more).out.split()[0]


def test_an_incident_is_cancelled_with_a_reason(installation: Shell, statuspage: Command) -> None:
    ref = opened(statuspage, "Checkout fails")
    assert statuspage("incident", "cancel", ref).status == 2
    assert statuspage("incident", "cancel", ref, "--reason", "By mistake").out.startswith(ref)
    again = statuspage("incident", "cancel", ref, "--reason", "By mistake")
    assert (again.status, "is cancelled" in again.err) == (1, True)


def test_a_public_false_alarm_needs_a_notice(installation: Shell, statuspage: Command) -> None:
    ref = opened(statuspage, "Checkout fails", "--body", "We look.", "--component", "web=major_outage")
    refusal = statuspage("incident", "false-alarm", ref, "--reason", "Probe")
    assert (refusal.status, "notice" in refusal.err) == (1, True)
    done = statuspage("incident", "false-alarm", ref, "--reason", "Probe", "--body", "-", "--json", stdin="No fault.")
    assert json.loads(done.out)["state"] == "closed"


def test_an_incident_continues_in_another_one(installation: Shell, statuspage: Command) -> None:
    child, parent = opened(statuspage, "Checkout fails"), opened(statuspage, "Payments down")
    merged = statuspage("incident", "merge", child, "--into", parent, "--json")
    assert json.loads(merged.out)["state"] == "merged"
    assert [line.split()[0] for line in statuspage("incident", "list").lines] == [parent]


def test_the_list_is_narrowed_by_words(installation: Shell, statuspage: Command) -> None:
    ref = opened(statuspage, "Checkout fails")
    opened(statuspage, "Inbox late")
    assert [line.split()[0] for line in statuspage("incident", "list", "--search", "check").lines] == [ref]
