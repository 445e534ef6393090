"""The page about uptime prints how each number is computed, and counts like that."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from statuspage.audit.actor import SYSTEM
from statuspage.domain.components.actions import set_manual_status
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.profile import change_counting
from statuspage.domain.components.uptime import Counting
from tests.kit.cast import settle
from tests.kit.clock import FrozenClock
from tests.publish.rendered import text

pytestmark = pytest.mark.soak_on("postgresql")


def _outage(session: Session, clock: FrozenClock) -> None:
    """Web was partly out for 24 hours of its ninety days."""
    staff = settle(session, clock.now())
    begin = clock.now() - timedelta(days=3)
    set_manual_status(session, "web", ComponentStatus.PARTIAL_OUTAGE, by=staff.ben, now=begin)
    end = begin + timedelta(days=1)
    set_manual_status(session, "web", ComponentStatus.OPERATIONAL, by=staff.ben, now=end)


def test_the_weights_are_printed_with_the_formula_and_an_example(session: Session, clock: FrozenClock) -> None:
    _outage(session, clock)
    found = text(session, "/uptime", clock.now())
    assert "Partial outage counts with 30 % of its time." in found
    assert "Degraded performance is shown, and not counted." in found
    assert "864 seconds of partial outage make 99.85" in found
    assert "announced at least 24 hours before its start" in found


@pytest.mark.parametrize(("partial", "example"), [(0, "100"), (30, "99.85"), (100, "99.50")])
def test_another_weight_moves_every_number(session: Session, clock: FrozenClock, partial: int, example: str) -> None:
    _outage(session, clock)
    before = text(session, "/components/web", clock.now())
    change_counting(session, Counting(partial=partial, notice_hours=1), by=SYSTEM, now=clock.now())
    found = text(session, "/uptime", clock.now())
    assert f"partial outage make {example}" in found
    assert "announced at least 1 hour before its start" in found
    assert (text(session, "/components/web", clock.now()) == before) is (partial == 30)
