"""Message templates from the shell: put into every installation, used to declare and to speak."""

from dataclasses import replace

import pytest

from statuspage.audit.actor import SHELL
from statuspage.cli.shell import Shell
from statuspage.core.db import commit
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref
from statuspage.domain.wording.actions import change_template, draft_of
from statuspage.domain.wording.queries import TemplateFilter, templates, usable_template
from statuspage.domain.wording.shipped import SHIPPED
from tests.cli.conftest import Command

OPEN = ("incident", "open", "--title", "Checkout fails", "--severity", "sev2", "--component", "web=major_outage")
FOUND = "Identified, network"


def _said(shell: Shell, ref: str) -> tuple[str, str | None]:
    with shell.reading() as session:
        update = incident_by_ref(session, ref, EVERYTHING).updates[0]
        return update.current.body, update.status


@pytest.fixture
def upgraded(statuspage: Command, installation: Shell) -> Shell:
    """An installation after `db upgrade`."""
    assert statuspage("db", "upgrade").status == 0
    return installation


def test_an_upgrade_adds_the_shipped_templates_once(statuspage: Command, upgraded: Shell) -> None:
    with upgraded.ready_database.session() as session:
        rows = templates(session, TemplateFilter())
        assert len(rows) == len(SHIPPED)
        mine = replace(draft_of(rows[0]), body="Our words.")
        change_template(session, rows[0].id, mine, version=None, by=SHELL, now=upgraded.now())
        commit(session)
    assert statuspage("db", "upgrade").status == 0
    with upgraded.reading() as session:
        again = templates(session, TemplateFilter())
        assert len(again) == len(SHIPPED)
        assert usable_template(session, rows[0].name).body == "Our words."


def test_an_incident_is_declared_in_a_templates_words(statuspage: Command, upgraded: Shell) -> None:
    ref = statuspage(*OPEN, "--template", FOUND.upper()).out.split()[0]
    body, status = _said(upgraded, ref)
    assert body.startswith("We have found the cause: a part of our network")
    assert "connections to Web around it" in body
    assert status == "identified"
    with_words = statuspage(*OPEN, "--template", FOUND, "--body", "Our own.", "--status", "monitoring").out.split()[0]
    assert _said(upgraded, with_words) == ("Our own.", "monitoring")


def test_an_update_is_said_in_a_templates_words(statuspage: Command, upgraded: Shell) -> None:
    ref = statuspage(*OPEN, "--template", FOUND).out.split()[0]
    assert statuspage("incident", "update", ref, "--template", "Monitoring").status == 0
    body, status = _said(upgraded, ref)
    assert "Web should work as usual again" in body
    assert status == "monitoring"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("None of ours", "There is no template “None of ours”."),
        ("Planned: not available", "is for maintenance"),
        ("Identified", "has no value for {{ components }}"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(
    name: str, sentence: str, statuspage: Command, upgraded: Shell
) -> None:
    outcome = statuspage("incident", "open", "--title", "A", "--severity", "sev2", "--template", name)
    assert outcome.status == 1
    assert sentence in outcome.err
    assert statuspage("incident", "list").out == ""
