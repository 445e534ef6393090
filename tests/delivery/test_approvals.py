"""Mail to those who approve: who gets it, and that it never holds the words themselves."""

import pytest
from sqlalchemy.orm import Session

from statuspage.core.languages import Language, speech
from statuspage.core.links import Links
from statuspage.delivery.audience import recipients
from statuspage.delivery.messages.loading import read_facts
from statuspage.domain.accounts.actions import disable_user
from statuspage.domain.accounts.enums import Role
from statuspage.domain.editorial.actions import Sending, Typed, Word, send_draft, withdraw_draft
from statuspage.domain.editorial.models import Draft
from statuspage.domain.incidents.actions import post_update, without_approval
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.enums import Severity
from statuspage.domain.incidents.rules import Publishing
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event
from tests.domain.editorial.desk import events
from tests.kit.cast import ADA, BEN, Cast, add_user, declare, says
from tests.kit.clock import FrozenClock

LINKS = Links("https://status.example.com")
EN = speech(Language.EN)
SECRET = "zqcanary words"


@pytest.fixture
def asked(session: Session, cast: Cast, clock: FrozenClock) -> Draft:
    """An update of Ben's that waits for a second person; Pia may publish, Rae and Cleo may not, Olaf is shut out."""
    now = clock.now()
    incident = declare(session, cast.ben, now)
    add_user(session, "pia@example.com", Role.PUBLISHER, now)
    add_user(session, "rae@example.com", Role.RESPONDER, now)
    olaf = add_user(session, "olaf@example.com", Role.MANAGER, now)
    assert olaf.user_id
    disable_user(session, olaf.user_id, by=cast.ada, now=now)
    change_publishing(session, Publishing(10, frozenset(Severity)), by=cast.ada, now=now)
    return send_draft(session, incident, Sending(Word(says(SECRET)), Typed({"body": [SECRET]})), by=cast.ben, now=now)


def addresses(session: Session, event: Event, limit: int = 100) -> list[str]:
    first = recipients(session, event, after=None, limit=limit)
    rest = recipients(session, event, after=first[-1].id, limit=limit) if len(first) == limit else []
    return [one.address for one in (*first, *rest)]


def test_everybody_else_who_may_publish_is_asked_page_by_page(session: Session, asked: Draft) -> None:
    (event,) = events(session, EventKind.APPROVAL_ASKED)
    assert set(addresses(session, event)) == {ADA, "pia@example.com"}
    assert set(addresses(session, event, limit=1)) == {ADA, "pia@example.com"}


def test_the_request_leads_to_the_draft_and_holds_none_of_its_words(session: Session, asked: Draft) -> None:
    (event,) = events(session, EventKind.APPROVAL_ASKED)
    facts = read_facts(session, event, LINKS, EN)
    assert SECRET not in str(facts)
    assert f"incidents/drafts/{asked.id}" in str(facts)


def test_a_request_that_was_taken_back_is_not_sent(
    session: Session, cast: Cast, asked: Draft, clock: FrozenClock
) -> None:
    withdraw_draft(session, asked, by=cast.ben, now=clock.now())
    (event,) = events(session, EventKind.APPROVAL_ASKED)
    assert read_facts(session, event, LINKS, EN) is None


def test_what_went_out_without_approval_is_told_with_its_reason(
    session: Session, cast: Cast, asked: Draft, clock: FrozenClock
) -> None:
    assert asked.incident
    urgent = says("Said.", clearance=without_approval("All are asleep."))
    post_update(session, asked.incident, urgent, by=cast.ada, now=clock.now())
    (event,) = events(session, EventKind.APPROVAL_WAIVED)
    assert set(addresses(session, event)) == {BEN, "pia@example.com"}
    facts = read_facts(session, event, LINKS, EN)
    assert "All are asleep." in str(facts)
