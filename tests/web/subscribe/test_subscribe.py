"""Subscribing with double opt-in, managing, leaving; nobody learns who is on the list."""

import re
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from statuspage.core.config import Settings
from statuspage.core.db import Database
from statuspage.core.secrets import Keys, Purpose
from statuspage.domain.subscribers.enums import SubscriberState
from statuspage.domain.subscribers.models import Confirmation, Subscriber
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import SAM, Cast
from tests.kit.clock import FrozenClock

NEW = "newcomer@example.org"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def keys(settings: Settings) -> Keys:
    return Keys([settings.secret_key])


@pytest.fixture
def subscriber(database: Database, settled: Cast) -> Callable[[str], Subscriber | None]:
    def find(address: str) -> Subscriber | None:
        with database.session(readonly=True) as session:
            query = select(Subscriber).where(Subscriber.endpoint == address)
            return session.scalar(query.options(selectinload(Subscriber.chosen)))

    return find


Find = Callable[[str], Subscriber | None]


def _ask(client: StrictBrowser, **fields: str | list[str] | bool) -> Answer:
    return client.submit(client.get("/subscribe"), "Send me updates", **fields)


def _mails(database: Database) -> int:
    with database.session(readonly=True) as session:
        return len(session.scalars(select(Event).where(Event.kind == EventKind.SUBSCRIBER_CONFIRM)).all())


def _confirm_path(database: Database, keys: Keys) -> str:
    with database.session(readonly=True) as session:
        newest = session.scalars(select(Confirmation).order_by(Confirmation.id.desc())).first()
        assert newest is not None
        return f"/subscribe/confirm/{keys.seal(Purpose.CONFIRM, newest.id)}"


def _path(keys: Keys, purpose: Purpose, subscriber: Subscriber | None) -> str:
    assert subscriber is not None
    start = "/subscriptions" if purpose is Purpose.MANAGE else "/unsubscribe"
    return f"{start}/{keys.seal(purpose, subscriber.id)}"


def test_an_address_counts_once_its_owner_has_pressed_the_button(
    client: StrictBrowser, subscriber: Find, database: Database, keys: Keys
) -> None:
    assert _ask(client, email=NEW).h1 == "Look into your mail"
    assert subscriber(NEW).state is SubscriberState.PENDING
    page = client.get(_confirm_path(database, keys))
    assert subscriber(NEW).state is SubscriberState.PENDING  # scanners open links, too
    assert client.submit(page, "Yes, send me updates").h1 == "You are subscribed"
    assert subscriber(NEW).state is SubscriberState.CONFIRMED


def test_confirming_twice_is_the_same_as_once(
    client: StrictBrowser, subscriber: Find, database: Database, keys: Keys
) -> None:
    _ask(client, email=NEW)
    path = _confirm_path(database, keys)
    for _ in range(2):
        assert client.submit(client.get(path), "Yes, send me updates").status == 200


def test_a_known_and_an_unknown_address_get_the_same_answer(
    client: StrictBrowser, subscriber: Find, database: Database
) -> None:
    known, unknown = _ask(client, email=SAM), _ask(client, email=NEW)
    assert known.status == unknown.status == 200
    assert known.html.replace(SAM, NEW) == unknown.html
    assert _mails(database) == 1


def test_a_confirmed_address_stays_as_it_is(client: StrictBrowser, subscriber: Find) -> None:
    _ask(client, email=SAM, components=["mail"], maintenance=False)
    found = subscriber(SAM)
    assert found is not None
    assert found.all_components
    assert found.maintenance


def test_a_stranger_cannot_fill_somebodys_mailbox(
    client: StrictBrowser, subscriber: Find, database: Database, clock: FrozenClock
) -> None:
    for spelling in (NEW, NEW.upper(), f" {NEW} "):
        for _ in range(4):
            assert _ask(client, email=spelling).status == 200
    assert _mails(database) == 1
    clock.advance(hours=25)
    _ask(client, email=NEW)
    assert _mails(database) == 2


def test_one_client_is_slowed_down(client: StrictBrowser, subscriber: Find) -> None:
    statuses = [client.post("/subscribe", {"email": f"a{n}@example.org"}).status for n in range(22)]
    assert statuses == [200] * 20 + [429] * 2


def test_choices_are_kept_with_the_address(client: StrictBrowser, subscriber: Find) -> None:
    _ask(client, email=NEW, components=["web", "mail"], minimum_impact="major", maintenance=False)
    found = subscriber(NEW)
    assert found is not None
    assert sorted(row.component.slug for row in found.chosen) == ["mail", "web"]
    assert (found.minimum_impact, found.maintenance) == ("major", False)


@pytest.mark.parametrize(
    "email",
    [
        "",
        "no address",
        "a@b",
        "x" * 400 + "@example.org",
        "a@example.org\r\nBcc: b@example.org",
        "<a@example.org>, <b@example.org>",
    ],
)
def test_what_is_no_address_names_the_field_and_is_kept(
    email: str, client: StrictBrowser, subscriber: Find, database: Database
) -> None:
    answer = _ask(client, email=email, components=["web"])
    assert answer.status == 422
    assert answer.root.xpath("//input[@name='email' and @aria-invalid='true']")
    assert answer.root.xpath("//input[@name='components' and @checked]/@value") == ["web"]
    assert _mails(database) == 0


def test_a_stray_control_character_is_dropped(client: StrictBrowser, subscriber: Find) -> None:
    assert _ask(client, email="new\x00comer@example.org ").status == 200
    assert subscriber(NEW) is not None


def test_an_unknown_component_is_named(client: StrictBrowser, subscriber: Find) -> None:
    answer = client.post("/subscribe", {"email": NEW, "components": "gone", "minimum_impact": "none"})
    assert answer.status == 422
    assert "There is no component gone" in answer.text
    wrong = client.post("/subscribe", {"email": NEW, "minimum_impact": "terrible"})
    assert "Choose one of" in wrong.text


@pytest.mark.parametrize("start", ["/subscribe/confirm/", "/subscriptions/", "/unsubscribe/"])
@pytest.mark.parametrize("token", ["x", "A" * 43, str(uuid.UUID(int=1)), "%00", "ü"])
def test_a_made_up_link_opens_nothing(start: str, token: str, client: StrictBrowser, settled: Cast) -> None:
    assert client.get(start + token).status == 404
    assert client.post(start + token).status == 404


def test_a_confirmation_ends_after_two_days(
    client: StrictBrowser, subscriber: Find, database: Database, keys: Keys, clock: FrozenClock
) -> None:
    _ask(client, email=NEW)
    path = _confirm_path(database, keys)
    clock.advance(hours=48)
    assert client.get(path).status == 404
    assert client.post(path).h1 == "This link is over"


def test_choices_are_changed_by_a_link(client: StrictBrowser, subscriber: Find, keys: Keys) -> None:
    path = _path(keys, Purpose.MANAGE, subscriber(SAM))
    page = client.submit(client.get(path), "Save", components=["api"], minimum_impact="critical", maintenance=False)
    assert "Saved." in page.text
    assert page.root.xpath("//input[@name='components' and @checked]/@value") == ["api"]
    found = subscriber(SAM)
    assert found is not None
    assert [row.component.slug for row in found.chosen] == ["api"]


def test_a_link_for_leaving_does_not_manage(client: StrictBrowser, subscriber: Find, keys: Keys) -> None:
    found = subscriber(SAM)
    assert found is not None
    assert client.get(f"/subscriptions/{keys.seal(Purpose.UNSUBSCRIBE, found.id)}").status == 404


def test_looking_at_the_leaving_page_changes_nothing(client: StrictBrowser, subscriber: Find, keys: Keys) -> None:
    assert SAM in client.get(_path(keys, Purpose.UNSUBSCRIBE, subscriber(SAM))).text
    assert subscriber(SAM) is not None


def test_one_click_leaves_from_wherever_it_comes(client: StrictBrowser, subscriber: Find, keys: Keys) -> None:
    path = _path(keys, Purpose.UNSUBSCRIBE, subscriber(SAM))
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": "https://mail.example"}
    answer = client.post(path, ONE_CLICK, headers=elsewhere, follow=False)
    assert (answer.status, answer.cookies) == (200, [])
    assert subscriber(SAM) is None
    assert client.post(path, ONE_CLICK, headers=elsewhere, follow=False).status == 200
    assert client.get(path).h1 == "You hear no more from us"


def test_leaving_by_the_form_forgets_the_address(client: StrictBrowser, subscriber: Find, keys: Keys) -> None:
    page = client.get(_path(keys, Purpose.UNSUBSCRIBE, subscriber(SAM)))
    assert client.submit(page, "Send me nothing any more").status == 200
    assert subscriber(SAM) is None


def test_no_page_of_the_flow_sets_a_cookie_or_is_kept(
    client: StrictBrowser, subscriber: Find, database: Database, keys: Keys
) -> None:
    _ask(client, email=NEW)
    for path in (_confirm_path(database, keys), _path(keys, Purpose.MANAGE, subscriber(SAM))):
        answer = client.get(path)
        assert answer.cookies == []
        assert answer.headers["cache-control"] == "no-store"
        assert not re.search("csrf", answer.html)
