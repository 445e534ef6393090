"""Ids, sealed tokens, instants, links."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from statuspage.core.clock import parse_instant, rfc3339
from statuspage.core.db import Database, Instant
from statuspage.core.errors import Invalid, Outdated, Unavailable
from statuspage.core.formats import duration
from statuspage.core.ids import public_code, uuid7
from statuspage.core.languages import Language, speech
from statuspage.core.links import Links
from statuspage.core.secrets import Keys
from statuspage.outbox.publications import newest_number

OLD, NEW = "o" * 32, "n" * 32


def test_ids_made_in_a_row_stay_in_order() -> None:
    made = [uuid7() for _ in range(5000)]
    assert made == sorted(set(made))
    assert {value.version for value in made} == {7}


def test_codes_are_twelve_lower_case_letters_and_digits() -> None:
    assert all(len(code) == 12 and code.isascii() and code == code.lower() for code in (public_code() for _ in "abc"))


def test_a_sealed_token_opens_for_its_purpose_alone() -> None:
    keys, subject = Keys([NEW]), uuid7()
    token = keys.seal("confirm", subject)
    assert keys.open("confirm", token) == subject
    assert keys.open("manage", token) is None
    assert Keys([OLD]).open("confirm", token) is None


def test_links_in_old_mails_survive_a_rotation_of_the_secret() -> None:
    subject = uuid7()
    token = Keys([OLD]).seal("unsubscribe", subject)
    assert Keys([NEW, OLD]).open("unsubscribe", token) == subject


@pytest.mark.parametrize("token", ["", "x", "é" * 43, "A" * 43, "../../etc/passwd", "A" * 5000])
def test_a_made_up_token_opens_nothing(token: str) -> None:
    assert Keys([NEW]).open("confirm", token) is None


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Keys(["short"])


def test_instants_are_written_in_utc_with_z() -> None:
    berlin = datetime(2026, 11, 21, 15, 30, 1, 250_000, timezone(timedelta(hours=1)))
    assert rfc3339(berlin) == "2026-11-21T14:30:01Z"
    assert rfc3339(berlin, milliseconds=True) == "2026-11-21T14:30:01.250Z"
    assert parse_instant("2026-11-21T15:30:00+01:00") == datetime(2026, 11, 21, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-11-21T15:30:00", "2026-13-01T00:00:00Z"])
def test_a_time_without_offset_is_refused_by_field(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_instant(text, "starts_at")
    assert list(refusal.value.fields) == ["starts_at"]


def test_naive_instants_never_reach_the_database(session: Session) -> None:
    with pytest.raises(TypeError):
        Instant().process_bind_param(datetime(2026, 1, 1), session.get_bind().dialect)  # noqa: DTZ001  # on purpose


def test_absolute_addresses_come_from_the_base_url_alone() -> None:
    links = Links("https://status.example.com/")
    assert links.absolute(links.incident("abc")) == "https://status.example.com/incidents/abc"
    assert (links.host, links.secure) == ("status.example.com", True)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0.5, "under a minute"), (38, "38 min"), (65, "1 h 05 min"), (120, "2 h"), (1440, "1 d"), (1621, "1 d 3 h")],
)
def test_spans_are_said_as_a_person_would(minutes: float, words: str) -> None:
    assert duration(timedelta(minutes=minutes), speech(Language.EN)) == words


def test_a_database_that_does_not_answer_is_unavailable() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(Unavailable), database.session(readonly=True) as session:
        newest_number(session)


@pytest.mark.parametrize("query", ["SELECT absent FROM users", "SELECT 1 FROM nowhere"])
def test_a_table_or_column_that_is_missing_is_an_older_version(database: Database, query: str) -> None:
    with pytest.raises(Outdated), database.session(readonly=True) as session:
        session.execute(sa.text(query))
