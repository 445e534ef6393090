"""`statuspage seed`: refuses a database in use, says what it added, and leaves a site that can be built."""

import json

import pytest
import sqlalchemy as sa

from statuspage.cli.shell import Shell
from statuspage.core.db import Database
from statuspage.domain.components.models import Component
from statuspage.domain.incidents.models import Incident
from tests.cli.conftest import Command

FEW = ("--incidents", "6", "--components", "4", "--subscribers", "3", "--days", "30")


def _count(database: Database, model: type[Incident] | type[Component]) -> int:
    with database.session(readonly=True) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_a_database_in_use_is_left_alone(statuspage: Command, installation: Shell) -> None:
    outcome = statuspage("seed", *FEW)
    assert outcome.status == 1
    assert "in use" in outcome.err
    assert "--force" in outcome.err
    assert _count(installation.database, Incident) == 0


def test_force_adds_beside_what_is_there(statuspage: Command, installation: Shell) -> None:
    before = _count(installation.database, Component)
    outcome = statuspage("seed", *FEW, "--force")
    assert outcome.status == 0, outcome.err
    assert outcome.lines == ["Added 4 components, 6 incidents with 60 updates, 3 maintenances and 3 subscribers."]
    assert _count(installation.database, Component) == before + 4


def test_json_counts_what_was_added(statuspage: Command, installation: Shell) -> None:
    outcome = statuspage("seed", *FEW, "--force", "--json", "--updates-per-incident", "4")
    counted = {"components": 4, "incidents": 6, "updates": 24, "maintenances": 3, "subscribers": 3}
    assert json.loads(outcome.out) == counted


@pytest.mark.parametrize(
    "wrong",
    [("--incidents", "6"), (*FEW, "--days", "0"), (*FEW, "--updates-per-incident", "1"), (*FEW[:3], "0", *FEW[4:])],
)
def test_wrong_usage_is_status_two(statuspage: Command, installation: Shell, wrong: tuple[str, ...]) -> None:
    assert statuspage("seed", *wrong).status == 2


def test_the_site_builds_from_it(statuspage: Command, installation: Shell) -> None:
    assert statuspage("seed", *FEW, "--force").status == 0
    built = statuspage("site", "build", "--check")
    assert built.status == 0, built.err
    assert "agree with the database" in built.out
