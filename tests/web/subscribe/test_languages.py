"""The way of a subscriber in German: the form, its faults, every page that follows, and back to English."""

import pytest
from sqlalchemy import select

from statuspage.core.config import Settings
from statuspage.core.db import Database, commit
from statuspage.core.languages import Language
from statuspage.core.secrets import Keys, Purpose
from statuspage.domain.components.queries import site_profile
from statuspage.domain.subscribers.models import Confirmation, Subscriber
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import Cast
from tests.kit.clock import FrozenClock

NEW = "newcomer@example.org"


@pytest.fixture
def keys(settings: Settings) -> Keys:
    return Keys([settings.secret_key])


def _newcomer(database: Database) -> Subscriber:
    with database.session(readonly=True) as session:
        return session.scalars(select(Subscriber).where(Subscriber.endpoint == NEW)).one()


def _confirm_path(database: Database, keys: Keys) -> str:
    with database.session(readonly=True) as session:
        return f"/subscribe/confirm/{keys.seal(Purpose.CONFIRM, session.scalars(select(Confirmation.id)).one())}"


def _spoken(answer: Answer) -> str:
    return str(answer.root.get("lang"))


def _ask(client: StrictBrowser, **fields: str | list[str] | bool) -> Answer:
    return client.submit(client.get("/de/subscribe"), "Meldungen abonnieren", **fields)


def _show_only(database: Database, language: Language, own: Language = Language.EN) -> None:
    with database.session() as session:
        profile = site_profile(session)
        profile.locale, profile.languages = own, language
        commit(session)


def test_whoever_asks_on_a_german_page_is_spoken_to_in_german(
    client: StrictBrowser, settled: Cast, database: Database, keys: Keys
) -> None:
    asked = _ask(client, email=NEW)
    assert (asked.h1, _spoken(asked)) == ("Sehen Sie in Ihr Postfach", "de")
    assert _newcomer(database).locale == "de"
    page = client.get(_confirm_path(database, keys))
    assert (page.h1, _spoken(page)) == ("Nur noch ein Klick", "de")
    confirmed = client.submit(page, "Ja, Meldungen senden")
    assert (confirmed.h1, _spoken(confirmed)) == ("Sie sind angemeldet", "de")
    assert "/de/" in confirmed.root.xpath("//a/@href")


def test_the_language_is_changed_where_everything_else_is(
    client: StrictBrowser, settled: Cast, database: Database, keys: Keys
) -> None:
    _ask(client, email=NEW, components=["web"])
    path = f"/subscriptions/{keys.seal(Purpose.MANAGE, _newcomer(database).id)}"
    page = client.get(path)
    assert page.root.xpath("//input[@name='locale' and @checked]/@value") == ["de"]
    assert page.texts("//fieldset[@id='f-locale']//span[@lang]") == ["English", "Deutsch"]
    english = client.submit(page, "Speichern", locale="en")
    assert (english.h1, _spoken(english)) == ("Your updates", "en")
    assert _newcomer(database).locale == "en"
    kept = client.submit(english, "Save", minimum_impact="major")
    assert kept.root.xpath("//input[@name='locale' and @checked]/@value") == ["en"]


def test_leaving_is_said_in_the_language_of_who_leaves(
    client: StrictBrowser, settled: Cast, database: Database, keys: Keys
) -> None:
    _ask(client, email=NEW)
    path = f"/unsubscribe/{keys.seal(Purpose.UNSUBSCRIBE, _newcomer(database).id)}"
    gone = client.submit(client.get(path), "Nichts mehr senden")
    assert (gone.h1, _spoken(gone)) == ("Sie hören nichts mehr von uns", "de")
    assert _spoken(client.get(path)) == "en"  # nobody is known any more


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": ""}, "Diese Angabe fehlt."),
        ({"email": "niemand"}, "Das ist keine E-Mail-Adresse."),
        ({"email": "grüße@example.org"}, "keine Umlaute"),
        ({"email": "x" * 400}, "Höchstens 320 Zeichen sind möglich; das sind 321."),
        ({"email": NEW, "components": "gone", "minimum_impact": "none"}, "Den Dienst gone gibt es nicht."),
        ({"email": NEW, "minimum_impact": "terrible"}, "Wählen Sie eines von: none, minor, major, critical."),
    ],
)
def test_faults_are_told_in_german(fields: dict[str, str], sentence: str, client: StrictBrowser, settled: Cast) -> None:
    answer = client.post("/de/subscribe", fields)
    assert (answer.status, _spoken(answer)) == (422, "de")
    assert "Eine Angabe stimmt noch nicht." in answer.text
    assert sentence in answer.text


def test_a_language_of_nobody_is_refused_by_name(
    client: StrictBrowser, settled: Cast, database: Database, keys: Keys
) -> None:
    _ask(client, email=NEW)
    path = f"/subscriptions/{keys.seal(Purpose.MANAGE, _newcomer(database).id)}"
    answer = client.post(path, {"locale": "fi", "minimum_impact": "none"})
    assert answer.status == 422
    assert "Wählen Sie eines von: en, de." in answer.text
    assert _newcomer(database).locale == "de"


def test_a_language_the_page_is_not_shown_in_has_no_form(
    client: StrictBrowser, settled: Cast, database: Database
) -> None:
    _show_only(database, Language.EN)
    assert client.post("/de/subscribe", {"email": NEW}).status == 404
    assert client.post("/en/subscribe", {"email": NEW}).status == 404  # its own stands at plain addresses


def test_where_there_is_one_language_nobody_is_asked(
    client: StrictBrowser, settled: Cast, database: Database, keys: Keys
) -> None:
    client.post("/subscribe", {"email": NEW})
    _show_only(database, Language.EN)
    page = client.get(f"/subscriptions/{keys.seal(Purpose.MANAGE, _newcomer(database).id)}")
    assert not page.root.xpath("//input[@name='locale']")
    client.submit(page, "Save", minimum_impact="critical")
    assert _newcomer(database).locale == "en"


def test_a_german_page_speaks_german_at_plain_addresses(
    client: StrictBrowser, settled: Cast, database: Database
) -> None:
    _show_only(database, Language.DE, own=Language.DE)
    asked = client.post("/subscribe", {"email": NEW})
    assert (asked.h1, _spoken(asked)) == ("Sehen Sie in Ihr Postfach", "de")
    assert _newcomer(database).locale == "de"


def test_too_often_is_said_in_german_with_the_time_to_wait(
    client: StrictBrowser, settled: Cast, clock: FrozenClock
) -> None:
    answers = [client.post("/de/subscribe", {"email": f"a{n}@example.org"}) for n in range(21)]
    assert (answers[-1].status, answers[-1].h1) == (429, "Das war zu oft")
    assert "Minuten noch einmal." in answers[-1].text
