"""The one mail to who left an address with a report: whole way, in its language, and the address gone behind it."""

import re

import pytest
from sqlalchemy import select

from statuspage.core.db import Database, commit
from statuspage.core.secrets import Purpose
from statuspage.domain.feedback.actions import ReportDraft, ask_back, report_problem
from statuspage.domain.feedback.models import ProblemReport
from statuspage.domain.incidents.actions import post_update
from statuspage.domain.incidents.enums import PublicStatus
from statuspage.outbox.enums import Lane
from statuspage.outbox.models import Delivery
from statuspage.outbox.outcomes import Gone
from tests.delivery.house import KEYS, Room
from tests.kit.cast import Cast, declare, says
from tests.kit.clock import FrozenClock

LEE, MIA = "lee@example.org", "mia@example.org"


@pytest.fixture
def room(database: Database, settled: Cast, clock: FrozenClock) -> Room:
    """Two reports about Web, an incident there that is over, and nothing sent yet."""
    with database.session() as session:
        for address, locale in ((LEE, "en"), (MIA, "de")):
            report_problem(session, ReportDraft("It fails", "web", address, locale), now=clock.now())
        incident = declare(session, settled.ben, clock.advance(minutes=1))
        session.refresh(incident, ["updates"])
        over = says("Over.", PublicStatus.RESOLVED, notify=False)
        post_update(session, incident, over, by=settled.ben, now=clock.advance(minutes=1))
        commit(session)
    return Room(database, clock)


def ask(room: Room) -> int:
    with room.database.session() as session:
        asked = ask_back(session, room.clock.now())
        commit(session)
    return asked


def addresses(database: Database) -> list[str]:
    with database.session(readonly=True) as session:
        kept = session.scalars(select(ProblemReport.address)).all()
        mails = session.scalars(select(Delivery.address).where(Delivery.lane == Lane.BULK)).all()
        return [address for address in (*kept, *mails) if address]


def test_each_gets_one_mail_in_their_language_and_is_forgotten(room: Room, database: Database) -> None:
    assert ask(room) == 2
    room.fan_out()
    room.send()
    assert room.mailbox.subjects(LEE) == ["[Acme] Fixed, or still broken?"]
    assert room.mailbox.subjects(MIA) == ["[Acme] Behoben oder noch gestört?"]
    (text,) = room.mailbox.texts(LEE)
    token = re.search(r"/report/([\w-]+)/fixed", text)
    assert token and f"/report/{token[1]}/broken" in text and "Checkout fails" in text
    with database.session(readonly=True) as session:
        report = session.get(ProblemReport, KEYS.open(Purpose.REPORT, token[1]))
        assert report and report.locale == "en"
    assert ask(room) == 0
    assert addresses(database) == []
    room.clock.advance(hours=1)
    room.fan_out()
    room.send()
    assert len(room.mailbox.subjects()) >= 2 and len(room.mailbox.subjects(LEE)) == 1


def test_an_address_that_takes_no_mail_is_forgotten_too(room: Room, database: Database) -> None:
    room.mailbox.answers[LEE] = [Gone("no such mailbox lee@example.org")]
    ask(room)
    room.fan_out()
    assert sorted(set(addresses(database))) == [LEE, MIA]
    room.send()
    room.clock.advance(minutes=1)
    ask(room)
    assert addresses(database) == []
    with database.session(readonly=True) as session:
        assert not [row for row in session.scalars(select(Delivery)) if LEE in row.last_error]
