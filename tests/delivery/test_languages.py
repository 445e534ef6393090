"""Each recipient's mail in their language, written once per language, with links to pages in it."""

import pytest

from statuspage.core.db import commit
from statuspage.core.languages import Language
from statuspage.delivery.messages.writing import Writer
from statuspage.domain.components.queries import site_profile
from statuspage.domain.subscribers.actions import Choices, request_subscription
from tests.delivery.house import Room
from tests.delivery.stock import parsed
from tests.kit.cast import SAM

KIM, LOU = "kim@example.net", "lou@example.net"
GERMAN = Choices(locale=Language.DE)


def _speaks(room: Room, own: Language, *shown: Language) -> None:
    with room.database.session() as session:
        profile = site_profile(session)
        profile.locale, profile.languages = own, " ".join(shown)
        commit(session)


def test_everybody_reads_their_own_language(room: Room) -> None:
    room.join(KIM, choices=GERMAN)
    room.declare()
    room.deliver()
    assert room.mailbox.subjects(SAM) == ["[Acme] Investigating: Checkout fails"]
    assert room.mailbox.subjects(KIM) == ["[Acme] Wird untersucht: Checkout fails"]
    (english,), (german,) = room.mailbox.texts(SAM), room.mailbox.texts(KIM)
    assert "The whole story: https://status.example.com/incidents/" in english
    assert "Web: major outage" in english
    assert "Alle Meldungen: https://status.example.com/de/incidents/" in german
    assert "Web: Ausfall" in german
    spoken = {one.recipient: parsed(one.message)["Content-Language"] for one in room.mailbox.envelopes}
    assert spoken == {SAM: "en", KIM: "de"}


def test_links_are_plain_where_the_page_is_not_shown_in_that_language(room: Room) -> None:
    _speaks(room, Language.EN, Language.EN)
    room.join(KIM, choices=GERMAN)
    room.declare()
    room.deliver()
    assert "Alle Meldungen: https://status.example.com/incidents/" in room.mailbox.texts(KIM)[0]


def test_a_message_is_written_once_for_each_language(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    write = Writer.write

    def counted(self: Writer, session: object, event_id: object, locale: str, *rest: object) -> object:
        asked.append(locale)
        return write(self, session, event_id, locale, *rest)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(Writer, "write", counted)
    room.join(*(f"en{number}@example.net" for number in range(5)))
    room.join(*(f"de{number}@example.net" for number in range(5)), choices=GERMAN)
    room.declare()
    room.deliver()
    assert len(room.mailbox.envelopes) == 11
    assert sorted(asked) == ["de", "en"]


def test_who_is_asked_to_confirm_is_asked_in_the_language_they_chose(room: Room) -> None:
    room.do(lambda session, now: request_subscription(session, KIM, GERMAN, now=now))
    room.do(lambda session, now: request_subscription(session, LOU, Choices(), now=now))
    room.deliver()
    assert room.mailbox.subjects(KIM) == ["Bestätigen Sie Ihr Abonnement von status.example.com"]
    assert room.mailbox.subjects(LOU) == ["Confirm your subscription to status.example.com"]


def test_who_says_nothing_of_a_language_is_told_in_the_pages_own(room: Room) -> None:
    _speaks(room, Language.DE, *Language)
    room.join(KIM)
    room.declare()
    room.deliver()
    assert room.mailbox.subjects(KIM) == ["[Acme] Wird untersucht: Checkout fails"]
    assert "https://status.example.com/en/incidents/" in room.mailbox.texts(SAM)[0]
