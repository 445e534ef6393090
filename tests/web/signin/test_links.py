"""One-time links: the first administrator, invitations, forgotten passwords."""

import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select

from statuspage.core.config import Settings
from statuspage.core.db import Database, commit
from statuspage.core.secrets import Keys, Purpose
from statuspage.domain.accounts.actions import open_setup
from statuspage.domain.accounts.models import AccountLink, User
from statuspage.domain.components.actions import seed_profile
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event
from tests.kit.browser import StrictBrowser
from tests.kit.cast import ADA, PASSWORD, Cast
from tests.kit.clock import FrozenClock

Staff = Callable[[str], StrictBrowser]
FRESH = "copper lanterns over still water"


@pytest.fixture
def keys(settings: Settings) -> Keys:
    return Keys([settings.secret_key])


@pytest.fixture
def setup_path(database: Database, clock: FrozenClock, keys: Keys) -> str:
    """The address that `statuspage init` prints on an empty installation."""
    with database.session() as session:
        seed_profile(session, "Acme", "Europe/Berlin", "en", now=clock.now())
        link_id = open_setup(session, now=clock.now())
        commit(session)
    return f"/setup/{keys.seal(Purpose.SETUP, link_id)}"


def _newest_link(database: Database, keys: Keys) -> str:
    with database.session(readonly=True) as session:
        link = session.scalars(select(AccountLink).order_by(AccountLink.id.desc())).first()
        assert link is not None
        return f"/account/{keys.seal(Purpose.ACCOUNT, link.id)}"


def _events(database: Database, kind: EventKind) -> int:
    with database.session(readonly=True) as session:
        return len(session.scalars(select(Event).where(Event.kind == kind)).all())


def test_the_first_administrator_is_made_and_signed_in(client: StrictBrowser, setup_path: str) -> None:
    page = client.submit(client.get(setup_path), "Make my account", name="Ada", email=ADA, password=FRESH)
    assert page.path == "/admin/"
    assert "First steps: 0 of 6 done" not in page.text  # the name was set
    assert "First steps" in page.text
    assert client.get(setup_path).status == 404


def test_setting_up_keeps_what_was_typed_and_names_the_field(client: StrictBrowser, setup_path: str) -> None:
    page = client.submit(client.get(setup_path), "Make my account", name="Ada", email=ADA, password="short")
    assert page.status == 422
    assert page.root.xpath("//input[@name='name']/@value") == ["Ada"]
    assert "12 to 128 characters" in page.texts("//*[@id='e-password']")[0]
    assert "short" not in page.html.replace("shortcut", "")


def test_nobody_is_there_before_the_set_up(client: StrictBrowser, setup_path: str, database: Database) -> None:
    with database.session(readonly=True) as session:
        assert session.scalars(select(User)).all() == []
    assert client.submit(client.get("/signin"), "Sign in", email="admin@example.com", password="admin").status == 422


@pytest.mark.parametrize("path", ["/setup/made-up", "/account/made-up", "/account/" + "A" * 43])
def test_a_made_up_link_opens_nothing(path: str, client: StrictBrowser, settled: Cast) -> None:
    assert client.get(path).status == 404


def test_a_set_up_link_is_no_account_link(client: StrictBrowser, setup_path: str, keys: Keys) -> None:
    link_id = keys.open(Purpose.SETUP, setup_path.removeprefix("/setup/"))
    assert isinstance(link_id, uuid.UUID)
    assert client.get(f"/account/{keys.seal(Purpose.ACCOUNT, link_id)}").status == 404


def test_an_invitation_lets_somebody_choose_a_password(
    client: StrictBrowser, staff: Staff, database: Database, keys: Keys
) -> None:
    admin = staff(ADA)
    page = admin.get("/admin/settings/people")
    told = admin.submit(page, "Invite", name="Dora", email="dora@example.com", role="publisher")
    assert "Dora is invited" in told.text
    assert _events(database, EventKind.ACCOUNT_INVITE) == 1
    path = _newest_link(database, keys)
    inside = client.submit(client.get(path), "Save and sign in", password=FRESH)
    assert inside.path == "/admin/"
    assert "publisher" in inside.text
    assert client.get(path).status == 404


def test_the_answer_to_a_forgotten_password_is_always_the_same(
    client: StrictBrowser, settled: Cast, database: Database
) -> None:
    page = client.get("/signin/forgot")
    known = client.submit(page, "Send the link", email=ADA)
    unknown = client.submit(client.get("/signin/forgot"), "Send the link", email="nobody@example.com")
    broken = client.submit(client.get("/signin/forgot"), "Send the link", email="no address\r\nBcc: x@example.com")
    assert known.text == unknown.text == broken.text
    assert _events(database, EventKind.ACCOUNT_RESET) == 1


def test_mails_about_a_forgotten_password_are_bounded(client: StrictBrowser, settled: Cast, database: Database) -> None:
    for _ in range(5):
        answer = client.submit(client.get("/signin/forgot"), "Send the link", email=ADA)
        assert answer.status == 200
    assert _events(database, EventKind.ACCOUNT_RESET) == 3


def test_a_new_password_ends_every_other_session(
    client: StrictBrowser, staff: Staff, database: Database, keys: Keys
) -> None:
    elsewhere = staff(ADA)
    client.submit(client.get("/signin/forgot"), "Send the link", email=ADA)
    path = _newest_link(database, keys)
    assert client.submit(client.get(path), "Save and sign in", password=FRESH).path == "/admin/"
    assert elsewhere.get("/admin/").path.startswith("/signin")
    assert client.get(path).status == 404


def test_a_link_ends_by_itself(
    client: StrictBrowser, settled: Cast, database: Database, keys: Keys, clock: FrozenClock
) -> None:
    client.submit(client.get("/signin/forgot"), "Send the link", email=ADA)
    clock.advance(minutes=31)
    assert client.get(_newest_link(database, keys)).status == 404


def test_no_password_of_the_cast_is_refused() -> None:
    assert len(PASSWORD) >= 12
