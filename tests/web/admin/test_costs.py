"""No page of the panel costs more queries when the data grows."""

from datetime import timedelta

import pytest

from statuspage.audit.actor import SYSTEM
from statuspage.domain.components.actions import ComponentDraft, create_component
from statuspage.domain.subscribers.actions import Choices, add_subscriber
from tests.kit.browser import StrictBrowser
from tests.kit.cast import declare, plan
from tests.kit.clock import FrozenClock
from tests.kit.statements import statements
from tests.web.admin.conftest import Behind

PAGES = ["", "incidents", "incidents/new", "maintenance", "maintenance/new", "components", "subscribers"]


def _grow(behind: Behind, clock: FrozenClock, name: str) -> None:
    now = clock.now()
    with behind.writing() as session:
        for number in range(4):
            declare(session, SYSTEM, now - timedelta(minutes=number), title=f"{name} {number}")
            plan(session, SYSTEM, now)
            create_component(session, ComponentDraft(name=f"{name} {number}"), by=SYSTEM, now=now)
            chosen = Choices(components=("web", "mail"))
            add_subscriber(session, f"{name}{number}@example.org", chosen, confirmed=True, by=SYSTEM, now=now)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_the_same_with_more_in_it(
    page: str, ben: StrictBrowser, behind: Behind, clock: FrozenClock
) -> None:
    _grow(behind, clock, "few")
    ben.get(f"/admin/{page}")
    with statements() as few:
        ben.get(f"/admin/{page}")
    _grow(behind, clock, "many")
    with statements() as many:
        ben.get(f"/admin/{page}")
    assert len(many) == len(few), "\n".join(sorted(set(many) - set(few)))
