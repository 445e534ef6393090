"""Subscribing with consent, choosing, leaving; and who an audience is."""

import uuid
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.core.errors import Conflict, Invalid, NotFound
from statuspage.core.languages import Language
from statuspage.domain.components.actions import ComponentDraft, create_component
from statuspage.domain.components.enums import Visibility
from statuspage.domain.incidents.enums import Impact
from statuspage.domain.subscribers.actions import (
    Choices,
    add_subscriber,
    change_choices,
    confirm_subscription,
    expire_unconfirmed,
    remove_subscriber,
    request_subscription,
    unsubscribe,
)
from statuspage.domain.subscribers.models import Confirmation, Subscriber
from statuspage.domain.subscribers.queries import (
    Audience,
    audience_page,
    audience_size,
    subscriber_by_endpoint,
    subscribers_page,
)
from statuspage.outbox.enums import Channel, EventKind
from statuspage.outbox.models import Event
from tests.domain import stage
from tests.kit.clock import FrozenClock

ALL = Choices()
SAM = "sam@example.net"


@pytest.fixture(autouse=True)
def _profile(session: Session, clock: FrozenClock) -> None:
    stage.profile(session, clock.now())


def asked(session: Session) -> list[Confirmation]:
    return list(session.scalars(select(Confirmation).order_by(Confirmation.id)))


def sam(session: Session) -> Subscriber:
    found = subscriber_by_endpoint(session, Channel.EMAIL, SAM)
    assert found is not None
    return found


def join(session: Session, address: str, now: datetime, choices: Choices = ALL) -> Subscriber:
    return add_subscriber(session, address, choices, confirmed=True, by=stage.BEN, now=now)


def test_who_says_nothing_of_a_language_is_told_in_the_pages_own(session: Session, clock: FrozenClock) -> None:
    subscriber = join(session, SAM, clock.now())
    assert subscriber.locale == Language.EN
    change_choices(session, subscriber.id, Choices(locale=Language.DE), now=clock.now())
    change_choices(session, subscriber.id, ALL, now=clock.now())
    assert subscriber.locale == Language.DE


def test_nobody_is_told_anything_before_they_confirm(session: Session, clock: FrozenClock) -> None:
    request_subscription(session, SAM, ALL, now=clock.now())
    assert sam(session).state == "pending"
    assert audience_size(session, Audience(frozenset(), Impact.CRITICAL, clock.now())) == 0
    event = session.scalars(select(Event)).one()
    assert (event.kind, event.subject_id) == (EventKind.SUBSCRIBER_CONFIRM, asked(session)[0].id)


def test_confirming_twice_changes_nothing(session: Session, clock: FrozenClock) -> None:
    request_subscription(session, SAM, ALL, now=clock.now())
    link = asked(session)[0].id
    first = clock.advance(hours=1)
    confirm_subscription(session, link, now=first)
    confirm_subscription(session, link, now=clock.advance(hours=1))
    assert (sam(session).state, sam(session).confirmed_at) == ("confirmed", first)


def test_a_confirmation_is_good_for_48_hours(session: Session, clock: FrozenClock) -> None:
    request_subscription(session, SAM, ALL, now=clock.now())
    with pytest.raises(NotFound):
        confirm_subscription(session, asked(session)[0].id, now=clock.advance(hours=48))


@pytest.mark.parametrize(("hours", "mails"), [(1, 1), (23, 1), (24, 2)])
def test_the_owner_of_an_address_is_asked_once_a_day_at_most(
    session: Session, clock: FrozenClock, hours: int, mails: int
) -> None:
    request_subscription(session, SAM, ALL, now=clock.now())
    request_subscription(session, SAM.upper(), ALL, now=clock.advance(hours=hours))
    assert len(asked(session)) == mails
    assert len(subscribers_page(session)) == 1


def test_asking_for_a_confirmed_address_changes_and_sends_nothing(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    join(session, SAM, clock.now())
    request_subscription(session, SAM, Choices(components=("api",)), now=clock.advance(days=3))
    assert sam(session).all_components
    assert asked(session) == []


def test_unconfirmed_addresses_are_forgotten_after_48_hours(session: Session, clock: FrozenClock) -> None:
    request_subscription(session, SAM, ALL, now=clock.now())
    join(session, "kim@example.net", clock.now())
    assert expire_unconfirmed(session, clock.advance(hours=47)) == 0
    assert expire_unconfirmed(session, clock.advance(hours=1)) == 1
    assert [s.endpoint for s in subscribers_page(session)] == ["kim@example.net"]


def test_leaving_forgets_the_address_and_leaving_twice_is_fine(session: Session, clock: FrozenClock) -> None:
    subscriber = join(session, SAM, clock.now())
    for _ in range(2):
        unsubscribe(session, subscriber.id, now=clock.now())
        session.flush()
    assert subscribers_page(session) == []


@pytest.mark.parametrize("address", ["", "sam", "sam@", "a@b@c", "sam@example.net\r\nBcc: x@y.z", "söm@example.net"])
def test_what_is_no_mail_address_is_refused_by_field(session: Session, clock: FrozenClock, address: str) -> None:
    with pytest.raises(Invalid) as refusal:
        request_subscription(session, address, ALL, now=clock.now())
    assert list(refusal.value.fields) == ["email"]


def test_internal_components_cannot_be_chosen(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    hidden = ComponentDraft("Ledger", visibility=Visibility.INTERNAL)
    create_component(session, hidden, by=stage.BEN, now=clock.now())
    for slugs in (("ledger",), ("nope",), ()):
        with pytest.raises(Invalid) as refusal:
            request_subscription(session, SAM, Choices(components=slugs), now=clock.now())
        assert list(refusal.value.fields) == ["components"]


def test_choices_are_replaced_as_a_whole(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    subscriber = join(session, SAM, clock.now(), Choices(components=("api", "web")))
    wanted = Choices(components=("web", "mail"), minimum_impact=Impact.MAJOR, maintenance=False)
    change_choices(session, subscriber.id, wanted, now=clock.now())
    session.flush()
    session.expire(subscriber)
    assert {row.component.slug for row in sam(session).chosen} == {"web", "mail"}
    assert (subscriber.minimum_impact, subscriber.maintenance) == (Impact.MAJOR, False)


def test_an_audience_is_those_who_want_to_hear_of_it(session: Session, clock: FrozenClock) -> None:
    made = stage.components(session, clock.now())
    for name, choices in {
        "all": ALL,
        "api": Choices(components=("api",)),
        "mail": Choices(components=("mail",)),
        "major": Choices(minimum_impact=Impact.MAJOR),
        "no-work": Choices(maintenance=False),
    }.items():
        join(session, f"{name}@example.net", clock.now(), choices)
    join(session, "late@example.net", clock.now() + timedelta(minutes=1))
    api = frozenset({made["api"].id})

    def heard(ids: frozenset[uuid.UUID], impact: Impact | None) -> set[str]:
        found = audience_page(session, Audience(ids, impact, clock.now()), after=None, limit=99)
        return {subscriber.endpoint.partition("@")[0] for subscriber in found}

    assert heard(api, Impact.MINOR) == {"all", "api", "no-work"}
    assert heard(api, Impact.CRITICAL) == {"all", "api", "no-work", "major"}
    assert heard(api, None) == {"all", "api", "major"}
    assert heard(frozenset(), Impact.CRITICAL) == {"all", "no-work", "major"}


def test_an_audience_is_read_page_by_page_without_gaps(session: Session, clock: FrozenClock) -> None:
    everyone = {join(session, f"s{n}@example.net", clock.now()).id for n in range(7)}
    audience, after, seen = Audience(frozenset(), Impact.NONE, clock.now()), None, []
    while page := audience_page(session, audience, after=after, limit=3):
        seen += [subscriber.id for subscriber in page]
        after = page[-1].id
    assert (len(seen), set(seen)) == (7, everyone)


@pytest.mark.parametrize(("search", "found"), [("SAM", 1), ("example", 2), ("%", 0), ("_am", 0), ("", 2)])
def test_search_takes_text_as_it_stands(session: Session, clock: FrozenClock, search: str, found: int) -> None:
    for address in (SAM, "kim@example.net"):
        join(session, address, clock.now())
    assert len(subscribers_page(session, search=search)) == found


def test_staff_add_an_address_once_and_remove_it(session: Session, clock: FrozenClock) -> None:
    subscriber = join(session, SAM, clock.now())
    with pytest.raises(Conflict):
        join(session, SAM, clock.now())
    remove_subscriber(session, subscriber.id, by=stage.BEN, now=clock.now())
    session.flush()
    with pytest.raises(NotFound):
        remove_subscriber(session, subscriber.id, by=stage.BEN, now=clock.now())
