"""Settings: the page's profile, people, tokens, mail, the audit log; the list of subscribers; the first page."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from statuspage.audit.actor import SYSTEM
from statuspage.core.config import Settings
from statuspage.domain.accounts.queries import live_token_or_none
from statuspage.domain.subscribers.actions import Choices, add_subscriber
from statuspage.outbox.duties import enlist
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event, Worker
from tests.kit.browser import StrictBrowser
from tests.kit.cast import ADA, CLEO, SAM
from tests.kit.clock import FrozenClock
from tests.web.admin.conftest import Behind

Staff = Callable[[str], StrictBrowser]


@pytest.fixture
def ada(staff: Staff) -> StrictBrowser:
    """Ada, the administrator, signed in."""
    return staff(ADA)


def test_a_new_name_is_on_every_page(ben: StrictBrowser, client: StrictBrowser) -> None:
    page = ben.submit(ben.get("/admin/settings"), "Save", name="Acme Cloud", timezone="Europe/Paris")
    assert "Saved" in page.text
    assert "Acme Cloud" in client.get("/").text
    assert "Times in Europe/Paris" in ben.get("/admin/").text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"timezone": "Europe/Atlantis"}, "timezone"),
        ({"name": ""}, "name"),
        ({"name": "n" * 81}, "name"),
        ({"support_url": "javascript:alert(1)"}, "support_url"),
        ({"support_url": "https://"}, "support_url"),
    ],
)
def test_a_bad_profile_names_its_field(typed: dict[str, str], field: str, ben: StrictBrowser) -> None:
    page = ben.submit(ben.get("/admin/settings"), "Save", **typed)
    assert page.status == 422
    assert page.root.xpath(f"//input[@id='f-{field}' and @aria-invalid='true']/@value") == [typed[field]]


def test_a_stale_profile_shows_what_stands_now(ben: StrictBrowser, ada: StrictBrowser) -> None:
    ours = ben.get("/admin/settings")
    ada.submit(ada.get("/admin/settings"), "Save", name="Ada's page")
    clash = ben.submit(ours, "Save", name="Ben's page")
    assert clash.status == 409
    assert "Ada's page" in clash.text
    assert clash.root.xpath("//input[@name='name']/@value") == ["Ben's page"]


def test_an_invitation_with_a_known_address_is_refused(ada: StrictBrowser) -> None:
    page = ada.submit(ada.get("/admin/settings/people"), "Invite", name="Ben", email="BEN@example.com", role="viewer")
    assert page.status == 422
    assert "already here" in page.text


def test_a_role_is_changed_and_counts_at_once(ada: StrictBrowser, staff: Staff) -> None:
    cleo = staff(CLEO)
    assert cleo.get("/admin/components/new").status == 403
    page = ada.get("/admin/settings/people")
    ada.submit(page, "Change the role of Cleo", new_role="manager")
    assert cleo.get("/admin/components/new").status == 200


def test_the_last_administrator_stays(ada: StrictBrowser) -> None:
    page = ada.submit(ada.get("/admin/settings/people"), "Change the role of Ada", new_role="viewer")
    assert page.status == 409
    assert "only administrator" in page.text


def test_a_token_is_shown_once_and_can_be_revoked(ada: StrictBrowser, behind: Behind, clock: FrozenClock) -> None:
    page = ada.submit(ada.get("/admin/settings/tokens"), "Make the token", name="deploys", scope="publish")
    token = page.root.xpath("//input[@id='f-made']/@value")[0]
    with behind.reading() as session:
        assert live_token_or_none(session, token, clock.now())
    again = ada.get("/admin/settings/tokens")
    assert token not in again.html
    ada.submit(again, "Revoke deploys")
    with behind.reading() as session:
        assert live_token_or_none(session, token, clock.now()) is None


def test_a_test_mail_is_asked_for(ben: StrictBrowser, behind: Behind) -> None:
    refused = ben.submit(ben.get("/admin/settings/mail"), "Send the test mail", address="no address")
    assert refused.root.xpath("//input[@id='f-address' and @aria-invalid='true']/@value") == ["no address"]
    ben.submit(refused, "Send the test mail", address="ben@example.com")
    with behind.reading() as session:
        event = session.scalars(select(Event).where(Event.kind == EventKind.MAIL_TEST)).one()
        assert event.payload["address"] == "ben@example.com"


def _letter(settings: Settings) -> Path:
    outbox = settings.data.dir / "outbox"
    outbox.mkdir(parents=True, exist_ok=True)
    file = outbox / "0001-sam.eml"
    file.write_bytes(
        b"From: Acme <status@example.com>\r\nTo: sam@example.net\r\nSubject: Checkout fails\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n'
        b"Payments are declined.\r\n--b\r\nContent-Type: text/html\r\n\r\n"
        b"<p style='color:red'>Payments</p><script>alert(1)</script>\r\n--b--\r\n"
    )
    return file


def test_the_outbox_shows_text_and_headers_and_frames_the_html(ben: StrictBrowser, settings: Settings) -> None:
    _letter(settings)
    page = ben.click(ben.get("/admin/settings/mail"), "Checkout fails")
    assert "Payments are declined." in page.text
    assert "sam@example.net" in page.text
    assert "frame-src 'self'" in page.headers["content-security-policy"]
    assert "<script>alert" not in page.html
    with ben.client.get(f"{page.path}/html", base_url=ben.origin) as framed:
        policy = framed.headers["Content-Security-Policy"]
        assert policy.startswith("sandbox; default-src 'none'")
        assert "script-src" not in policy
        assert framed.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["..%2Fsecret_key", "nothing", ".hidden", "%2e%2e", "a%00b"])
def test_nothing_but_the_outbox_can_be_read(name: str, ben: StrictBrowser, settings: Settings) -> None:
    _letter(settings)
    (settings.data.dir / "secret_key.eml").write_text("secret")
    assert ben.get(f"/admin/settings/mail/outbox/{name}").status == 404


def test_the_audit_log_tells_who_did_what(ada: StrictBrowser, ben: StrictBrowser) -> None:
    ben.submit(ben.get("/admin/components/new"), "Add component", name="Checkout")
    text = ada.get("/admin/settings/audit").text
    assert "component.created" in text
    assert "Ben" in text


def test_subscribers_are_listed_searched_added_and_removed(ben: StrictBrowser, behind: Behind) -> None:
    assert SAM in ben.get("/admin/subscribers").text
    assert "No address fits." in ben.get("/admin/subscribers?q=nobody%25").text
    page = ben.submit(ben.get("/admin/subscribers/new"), "Add subscriber", endpoint="new@example.org", confirmed=True)
    assert "2 confirmed" in page.text
    assert behind.events(EventKind.SUBSCRIBER_CONFIRM) == 0
    assert "English" in ben.click(page, "new@example.org").text
    page = ben.submit(ben.click(page, SAM), "Remove")
    assert SAM not in page.text


def test_somebody_is_added_in_a_language_of_the_page(ben: StrictBrowser) -> None:
    german = {"endpoint": "kim@example.org", "locale": "de", "confirmed": True}
    page = ben.submit(ben.get("/admin/subscribers/new"), "Add subscriber", **german)
    assert "Deutsch" in ben.click(page, "kim@example.org").text


@pytest.mark.parametrize(
    "typed",
    [{"endpoint": "no address"}, {"endpoint": SAM}, {"endpoint": "a@example.org", "components": "some"}],
)
def test_a_bad_subscriber_names_its_field(typed: dict[str, str], ben: StrictBrowser) -> None:
    page = ben.submit(ben.get("/admin/subscribers/new"), "Add subscriber", **typed)
    assert page.status == 422
    assert page.root.xpath("//*[@role='alert']//a")
    assert page.root.xpath("//input[@name='endpoint']/@value") == [typed["endpoint"]]


def test_long_lists_continue_where_they_ended(ben: StrictBrowser, behind: Behind, clock: FrozenClock) -> None:
    with behind.writing() as session:
        for number in range(55):
            address = f"reader{number}@example.org"
            add_subscriber(session, address, Choices(), confirmed=True, by=SYSTEM, now=clock.now())
    first = ben.get("/admin/subscribers?q=reader")
    assert len(first.root.xpath("//tbody/tr")) == 50
    second = ben.click(first, "Older")
    assert len(second.root.xpath("//tbody/tr")) == 5
    assert "q=reader" in second.path


def test_an_empty_installation_says_what_to_do_first(ada: StrictBrowser) -> None:
    page = ada.get("/admin/")
    assert "First steps: 3 of 6 done" in page.text
    assert page.link("Send a test mail") == "/admin/settings/mail"


def test_the_first_page_tells_the_truth_about_mail(ben: StrictBrowser, behind: Behind, clock: FrozenClock) -> None:
    assert "no worker is running" in ben.get("/admin/").text
    with behind.writing() as session:
        enlist(session, Worker(host="here", version="1", started_at=clock.now(), seen_at=clock.now()))
    assert "No mail goes out" not in ben.get("/admin/").text
    clock.advance(seconds=90)
    assert "no worker is running since 13:00" in ben.get("/admin/").text


def test_late_mail_is_told(ben: StrictBrowser, behind: Behind, clock: FrozenClock) -> None:
    ben.submit(ben.get("/admin/settings/mail"), "Send the test mail", address="ben@example.com")
    clock.advance(minutes=5)
    with behind.writing() as session:
        now = clock.now()
        enlist(session, Worker(host="here", version="1", started_at=now - timedelta(hours=1), seen_at=now))
    assert "Mail is late" in ben.get("/admin/").text
