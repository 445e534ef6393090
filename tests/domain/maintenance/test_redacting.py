"""Taking words out of announced work, and out of what its series will say again."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from statuspage.audit.actor import SYSTEM
from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.incidents.actions import Redaction, TitleRedaction
from statuspage.domain.maintenance.actions import (
    MaintenanceDraft,
    plan_series,
    redact_maintenance_title,
    redact_maintenance_update,
)
from statuspage.domain.maintenance.models import Maintenance
from tests.kit.cast import Cast, plan
from tests.kit.clock import FrozenClock


@pytest.fixture
def work(session: Session, cast: Cast, clock: FrozenClock) -> Maintenance:
    return plan(session, SYSTEM, clock.now(), body="Jane Doe changes the servers.")


def test_an_update_loses_the_passage_and_says_when(session: Session, work: Maintenance, clock: FrozenClock) -> None:
    said = work.updates[0]
    draft = Redaction("Jane Doe", "Names a person", seen_version=work.version)
    redact_maintenance_update(session, said, draft, by=SYSTEM, now=clock.advance(minutes=3))
    assert (said.body, said.redacted_at, work.public_changed_at) == (
        "[…] changes the servers.",
        clock.now(),
        clock.now(),
    )
    with pytest.raises(Conflict):
        redact_maintenance_update(session, said, draft, by=SYSTEM, now=clock.now())


@pytest.mark.parametrize(("draft", "field"), [(Redaction("John", "Why"), "passage"), (Redaction(None, ""), "reason")])
def test_what_is_not_there_is_refused(
    session: Session, work: Maintenance, clock: FrozenClock, draft: Redaction, field: str
) -> None:
    with pytest.raises(Invalid) as told:
        redact_maintenance_update(session, work.updates[0], draft, by=SYSTEM, now=clock.now())
    assert list(told.value.fields) == [field]


@pytest.mark.parametrize(("passage", "left"), [("Jane", ["[…] works.", "[…] works."]), (None, ["", "Patches"])])
def test_further_windows_do_not_say_it_again(
    session: Session, cast: Cast, clock: FrozenClock, passage: str | None, left: list[str]
) -> None:
    begin = clock.now() + timedelta(days=1)
    draft = MaintenanceDraft("Patches", ("mail",), begin, begin + timedelta(hours=1), "UTC", "Jane works.")
    first = plan_series(session, draft, "FREQ=WEEKLY;COUNT=9", by=SYSTEM, now=clock.now())
    redact_maintenance_update(session, first.updates[0], Redaction(passage, "Why"), by=SYSTEM, now=clock.now())
    assert first.series is not None
    assert [first.updates[0].body, first.series.draft["body"]] == left


def test_a_title_is_replaced_here_and_in_the_series(session: Session, cast: Cast, clock: FrozenClock) -> None:
    begin = clock.now() + timedelta(days=1)
    draft = MaintenanceDraft("Doe's patches", ("mail",), begin, begin + timedelta(hours=1), "UTC", "Work.")
    first = plan_series(session, draft, "FREQ=WEEKLY;COUNT=9", by=SYSTEM, now=clock.now())
    redact_maintenance_title(session, first, TitleRedaction("Patches", "A name"), by=SYSTEM, now=clock.now())
    assert first.series is not None
    assert (first.title, first.series.draft["title"], first.title_redacted_at) == ("Patches", "Patches", clock.now())
    for wrong, field in (("Patches", "public_title"), ("", "public_title")):
        with pytest.raises(Invalid) as told:
            redact_maintenance_title(session, first, TitleRedaction(wrong, "Why"), by=SYSTEM, now=clock.now())
        assert list(told.value.fields) == [field]
