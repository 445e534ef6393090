"""What public text had better do without, as tables in English and German, with what is fine beside it."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from statuspage.domain.wording.enums import HintKind as K
from statuspage.domain.wording.hints import LENGTH, Known, find_hints, hints_for
from tests.kit.cast import Cast

KNOWN = Known(
    people=("Ben Okafor", "ben@example.com", "Ada", "Jörg Müller-Lüdenscheidt", "Mark Winter", "Operations Team"),
    shown=("Acme", "Web", "API", "web-2", "Mark Mail"),
)
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
SAID = [
    # English
    (K.PROMISE, "We will have this fixed by 15:00.", "will have this fixed by 15"),
    (K.PROMISE, "Payments will be back shortly.", "will be back shortly"),
    (K.PROMISE, "Service should be restored within the next hour.", "should be restored within the next hour"),
    (K.PROMISE, "The shop is expected to be available again in 30 minutes.", "available again in 30"),
    (K.PROMISE, "We will roll out a fix in a few hours.", "will roll out a fix in a few hours"),
    (K.PROMISE, "We expect a fix within the hour.", "expect a fix within the hour"),
    (K.PROMISE, "We hope to resolve this before noon.", "hope to resolve this before noon"),
    (K.PROMISE, "ETA 14:30.", "ETA"),
    (K.HOST, "Requests to db-7 time out.", "db-7"),
    (K.HOST, "We are restarting pg-prod-03 now.", "pg-prod-03"),
    (K.HOST, "It was web01.", "web01"),
    (K.HOST, "build.ci.internal does not answer.", "build.ci.internal"),
    (K.HOST, "The address 10.20.0.14 is gone.", "10.20.0.14"),
    (K.HOST, "See https://grafana.corp/d/7 for more.", "grafana.corp"),
    (K.HOST, "The node ip.eu.internal.example.com is full.", "ip.eu.internal.example.com"),
    (K.CODE, "This is a SEV1.", "SEV1"),
    (K.CODE, "Handled as P1 by the team.", "P1"),
    (K.CODE, "Raised to severity 2.", "severity 2"),
    (K.CODE, "See INC-2026-0042.", "INC-2026-0042"),
    (K.PERSON, "Ben is looking into it.", "Ben"),
    (K.PERSON, "Ask Ben Okafor.", "Ben Okafor"),
    (K.PERSON, "Write to ben@example.com.", "ben@example.com"),
    (K.PERSON, "Mark Winter has restarted it.", "Mark Winter"),
    (K.BLAME, "This was caused by human error.", "human error"),
    (K.BLAME, "One of our engineers accidentally deleted a table.", "One of our engineers accidentally"),
    (K.BLAME, "An operator mistake stopped the queue.", "An operator mistake"),
    (K.BLAME, "We should have noticed.", "should have noticed"),
    (K.VENDOR, "This is due to our hosting provider.", "due to our hosting provider"),
    (K.VENDOR, "AWS has failed again.", "AWS has failed"),
    (K.VENDOR, "This is outside of our control.", "outside of our control"),
    (K.VENDOR, f"It was our carrier{APOSTROPHE}s fault.", f"carrier{APOSTROPHE}s fault"),
    (K.GAP, "Next word by {{ next_update }}.", "{{ next_update }}"),
    # German
    (K.PROMISE, "Der Fehler wird bis 15 Uhr behoben.", "wird bis 15 Uhr behoben"),
    (K.PROMISE, "Zahlungen sind in Kürze wieder möglich.", "sind in Kürze wieder möglich"),
    (K.PROMISE, "Der Dienst wird um 15.30 Uhr wieder verfügbar sein.", "wird um 15.30 Uhr wieder verfügbar"),
    (K.PROMISE, "Wir rechnen mit einer Lösung innerhalb der nächsten Stunde.", "rechnen mit einer Lösung"),
    (K.PROMISE, "Alles sollte morgen wieder funktionieren.", "sollte morgen wieder funktionieren"),
    (K.PROMISE, "Die Störung ist voraussichtlich heute Abend behoben.", "behoben"),
    (K.HOST, "Die Datenbank srv-db02 antwortet nicht.", "srv-db02"),
    (K.CODE, "Schweregrad 1.", "Schweregrad 1"),
    (K.CODE, "Das ist ein Prio 1.", "Prio 1"),
    (K.PERSON, "Jörg prüft das gerade.", "Jörg"),
    (K.PERSON, "Fragen an Müller-Lüdenscheidt.", "Müller-Lüdenscheidt"),
    (K.BLAME, "Ursache war menschliches Versagen.", "menschliches Versagen"),
    (K.BLAME, "Ein Mitarbeiter hat die Leitung getrennt.", "Ein Mitarbeiter hat"),
    (K.BLAME, "Schuld ist ein Bedienfehler.", "Schuld ist"),
    (K.BLAME, "Das hätten wir vorher prüfen müssen.", "hätten wir vorher prüfen"),
    (K.VENDOR, "Die Störung besteht wegen unseres Hosters.", "wegen unseres Hosters"),
    (K.VENDOR, "Das liegt außerhalb unseres Einflusses.", "außerhalb unseres Einflusses"),
    (K.VENDOR, "Das ist nicht unsere Schuld.", "nicht unsere Schuld"),
]  # fmt: skip
FINE = [
    "The next update follows by 14:30.",
    "We will post an update within 30 minutes.",
    "We will tell you by 15:00 how far we are.",
    "Payments were restored at 14:03 CET.",
    "The fix was rolled out in 20 minutes and works.",
    "Everything has been working since 14:03.",
    "We cannot say yet when this will be fixed. The next update comes by 15:00.",
    "We have no ETA yet.",
    "Support is available by phone.",
    "We will be monitoring this until tomorrow.",
    "Please use api-v2, or IPv6, or HTTP/2, in eu-central-1.",
    "See https://help.example.com/web-01 or https://docs.example.com/pg-12.",
    "The app web-2 is slow.",
    "Version 10.2.0.1 is affected, CVE-2026-1234 is not.",
    "P2P transfers and S3 uploads are slow.",
    "The Web, the API and Mark Mail are affected. Mark them. This may take a while. Will it?",
    "The operations team is on it; so is support.",
    "Benefits and Adaptations are pages of ours.",
    "You may see error messages; a default value was wrong. No fault of this kind is known.",
    "A service that we rely on answers slowly.",
    "Our provider reports that it works again.",
    "We changed a setting and have taken that back.",
    "The queue is 600 long; 24 of 30 shops are open; it costs 10.50.",
    "Die nächste Meldung folgt bis 15 Uhr.",
    "Wir melden uns bis 15 Uhr wieder.",
    "Wir werden Sie bis 15 Uhr informieren.",
    "Wann der Fehler behoben sein wird, wissen wir noch nicht.",
    "Sobald der Fehler behoben ist, melden wir uns.",
    "Seit 14.03 Uhr ist alles wieder erreichbar.",
    "Zahlungen funktionieren seit 14:03 Uhr wieder.",
    "Ein Dienst, auf den wir bauen, antwortet langsam.",
    "Entschuldigen Sie die Störung. Die Fehlermeldungen sind harmlos.",
    "Bitte prüfen Sie die Anbieterliste. Der Winter kommt.",
    "Wir haben eine Änderung zurückgenommen.",
]


@pytest.mark.parametrize(("kind", "text", "excerpt"), SAID)
def test_what_had_better_be_said_otherwise_is_found(kind: K, text: str, excerpt: str) -> None:
    found = find_hints(text, KNOWN)
    assert kind in [hint.kind for hint in found], found
    one = next(hint for hint in found if hint.kind is kind)
    assert excerpt in text[one.start : one.end] or text[one.start : one.end] in excerpt
    assert one.excerpt == text[one.start : one.end]
    assert one.advice.endswith(".")


@pytest.mark.parametrize("text", FINE)
def test_what_is_fine_is_left_alone(text: str) -> None:
    assert find_hints(text, KNOWN) == ()


def test_the_end_of_planned_work_may_be_said() -> None:
    text = "The work will be completed by 14:00."
    assert [hint.kind for hint in find_hints(text, KNOWN)] == [K.PROMISE]
    assert find_hints(text, KNOWN, planned=True) == ()


def test_a_long_text_is_long_from_the_first_letter_too_many() -> None:
    assert find_hints("a" * LENGTH, KNOWN) == ()
    (hint,) = find_hints("a" * (LENGTH + 200), KNOWN)
    assert (hint.kind, hint.start, hint.end) == (K.LENGTH, LENGTH, LENGTH + 200)
    assert "800 characters" in hint.advice
    assert len(hint.excerpt) == 60


def test_hints_stand_in_the_order_of_the_text_and_one_per_place() -> None:
    text = "Ben found that db-7 broke due to our hosting provider. SEV1. It will be fixed by 15:00."
    found = find_hints(text, KNOWN)
    assert [hint.kind for hint in found] == [K.PERSON, K.HOST, K.VENDOR, K.CODE, K.PROMISE]
    assert [hint.start for hint in found] == sorted(hint.start for hint in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "word", ["will be ", "a-", "10.", "wird bis 1 ", "due to our ", "{{", "should have ", "web-1-"]
)
def test_no_text_takes_long_to_read(word: str) -> None:
    text = (word * 20_000)[:20_000]
    began = time.process_time()
    find_hints(text, KNOWN)
    assert time.process_time() - began < 5, "a pattern grows faster than the text"


def test_an_installation_knows_its_people_and_components(session: Session, cast: Cast) -> None:
    found = hints_for(session, "Cleo restarted web on db-7.")
    assert [(hint.kind, hint.excerpt) for hint in found] == [(K.PERSON, "Cleo"), (K.HOST, "db-7")]
    assert hints_for(session, "  ") == ()


@given(
    st.lists(st.sampled_from([text for _, text, _ in SAID] + FINE + ["{{", "}}", "\n", "\x00", "ß", "🙂"]), max_size=12)
)
def test_whatever_the_text_hints_stand_inside_it_in_its_order(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = find_hints(text, KNOWN)
    short = [hint for hint in found if hint.kind is not K.LENGTH]
    assert all(0 <= hint.start < hint.end <= len(text) for hint in found)
    assert all(one.end <= other.start for one, other in pairwise(short))
    assert (len(text) > LENGTH) is (K.LENGTH in {hint.kind for hint in found})
