"""What the page of an incident asks: counted without a trace, in time, and not for ever by the same network."""

import pytest
from sqlalchemy import func, select

from statuspage.core.db import Database, commit
from statuspage.domain.accounts.access import forget_idle_buckets
from statuspage.domain.accounts.models import Bucket
from statuspage.domain.feedback.models import IncidentVotes, ProblemReport, UpdateVotes
from statuspage.domain.incidents.actions import post_update
from statuspage.domain.incidents.enums import PublicStatus
from statuspage.domain.incidents.models import Incident
from statuspage.outbox.publications import newest_number
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import Cast, declare, says
from tests.kit.clock import FrozenClock


@pytest.fixture
def code(database: Database, settled: Cast, clock: FrozenClock) -> str:
    """The public code of an incident that is going on."""
    with database.session() as session:
        incident = declare(session, settled.ben, clock.now())
        commit(session)
        return incident.code


@pytest.fixture
def resolved(code: str, database: Database, settled: Cast, clock: FrozenClock) -> str:
    """The same, resolved a minute later."""
    with database.session() as session:
        (incident,) = session.scalars(select(Incident)).all()
        post_update(
            session, incident, says("Over.", PublicStatus.RESOLVED), by=settled.ben, now=clock.advance(minutes=1)
        )
        commit(session)
    clock.advance(minutes=5)
    return code


def counts(database: Database) -> list[tuple[int, int]]:
    with database.session(readonly=True) as session:
        rows = [*session.scalars(select(UpdateVotes)), *session.scalars(select(IncidentVotes))]
        return [(row.yes, row.no) for row in rows]


def number(database: Database) -> int:
    with database.session(readonly=True) as session:
        return newest_number(session)


def action(page: Answer, ending: str) -> str:
    (found,) = page.root.xpath(f"//form[contains(@action, '/{ending}/')]/@action")
    return str(found)


def test_whether_an_update_helped_is_counted_and_rebuilds_nothing(
    client: StrictBrowser, code: str, database: Database
) -> None:
    page = client.get(f"/incidents/{code}")
    before = number(database)
    answer = client.submit(page, "Yes")
    assert (answer.status, answer.h1, answer.cookies) == (200, "Thank you", [])
    assert answer.headers["cache-control"] == "no-store"
    assert answer.root.xpath(f"//a[@href='/incidents/{code}']")
    client.submit(page, "No")
    assert counts(database) == [(1, 1)]
    assert number(database) == before
    assert client.get(f"/incidents/{code}").body == page.body


def test_the_same_network_counts_five_times_a_day(
    client: StrictBrowser, code: str, database: Database, clock: FrozenClock
) -> None:
    path = action(client.get(f"/incidents/{code}"), "helpful")
    answers = {client.post(path, {"answer": "yes"}).html for _ in range(8)}
    assert len(answers) == 1 and counts(database) == [(5, 0)]
    other = {"REMOTE_ADDR": "2001:db8:9::1"}
    client.post(path, {"answer": "yes"}, environ_overrides=other)
    assert counts(database) == [(6, 0)]
    with database.session() as session:
        clock.advance(hours=25)
        forget_idle_buckets(session, clock.now())
        assert session.scalar(select(func.count()).select_from(Bucket)) == 0


def test_votes_of_one_network_are_bounded(client: StrictBrowser, code: str, database: Database) -> None:
    path = action(client.get(f"/incidents/{code}"), "helpful")
    statuses = [client.post(path, {"answer": "perhaps"}).status for _ in range(62)]
    assert statuses == [200] * 60 + [429] * 2 and counts(database) == []


def test_for_a_day_the_page_asks_whether_it_is_still_seen(
    client: StrictBrowser, resolved: str, database: Database, clock: FrozenClock
) -> None:
    page = client.get(f"/incidents/{resolved}")
    assert "Looking back" not in page.text
    assert client.submit(page, "Yes, I still see it", words="Red everywhere").h1 == "Thank you"
    home = client.get("/")
    assert client.submit(home, "Yes, I still see it").status == 200
    too_long = client.post(action(page, "still"), {"words": "x" * 301})
    assert too_long.status == 422 and too_long.root.xpath("//input[@name='words']/@value") == ["x" * 301]
    with database.session(readonly=True) as session:
        assert [row.words for row in session.scalars(select(ProblemReport))] == ["Red everywhere", ""]
    clock.advance(hours=26)
    assert "This is no longer asked" in client.post(action(page, "still"), {"words": "Late"}).text


def test_then_it_asks_whether_it_was_soon_enough_and_then_nothing(
    client: StrictBrowser, resolved: str, database: Database, clock: FrozenClock
) -> None:
    clock.advance(hours=24)
    page = client.get(f"/incidents/{resolved}")
    assert "Still seeing this?" not in page.text
    assert client.submit(page, "Send", told="yes", fixed="no").h1 == "Thank you"
    assert client.post(action(page, "afterwards"), {"told": "yes"}).status == 200
    assert client.post(action(page, "afterwards"), {}).status == 200
    assert sorted(counts(database)) == [(0, 1), (2, 0)]
    clock.advance(days=8)
    assert not client.get(f"/incidents/{resolved}").root.xpath("//form")


def test_a_german_page_is_answered_in_german(client: StrictBrowser, resolved: str) -> None:
    page = client.get(f"/de/incidents/{resolved}")
    answer = client.post(action(page, "still"), {})
    assert answer.path.startswith("/de/") and answer.root.xpath("/html/@lang") == ["de"]


@pytest.mark.parametrize("path", ["/feedback/helpful/aaaaaaaaaaaa", "/feedback/still/x", "/feedback/afterwards/ü"])
def test_what_is_not_public_is_not_known(path: str, client: StrictBrowser, settled: Cast) -> None:
    assert client.post(path, {"answer": "yes"}).status == 404
    assert client.get(path).status == 404


def test_another_sites_page_counts_nothing(client: StrictBrowser, code: str, database: Database) -> None:
    path = action(client.get(f"/incidents/{code}"), "helpful")
    assert client.post(path, {"answer": "yes"}, headers={"Sec-Fetch-Site": "cross-site"}).status == 403
    assert counts(database) == []
