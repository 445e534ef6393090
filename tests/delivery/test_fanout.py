"""Who gets a delivery row for an event, and when: expansion on both engines."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.delivery import expander
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.actions import (
    Correction,
    IncidentChange,
    change_incident,
    correct_update,
    retract_update,
)
from statuspage.domain.incidents.enums import Impact, PublicStatus, Severity
from statuspage.domain.incidents.models import Incident, Update
from statuspage.domain.maintenance.actions import cancel_maintenance
from statuspage.domain.maintenance.models import Maintenance
from statuspage.domain.subscribers.actions import (
    Choices,
    change_choices,
    confirm_subscription,
    request_subscription,
    unsubscribe,
)
from statuspage.domain.subscribers.models import Confirmation
from statuspage.outbox.claims import FAULT_LIMIT
from statuspage.outbox.enums import DeliveryState, EventKind, Lane
from statuspage.outbox.models import Event
from tests.delivery.house import BEN, Room
from tests.kit.cast import SAM, affects, plan, says
from tests.kit.clock import NOON

RESOLVED = PublicStatus.RESOLVED
KIM, LOU = "kim@example.net", "lou@example.net"


def told(room: Room, kind: EventKind) -> set[str]:
    return set(room.states(kind))


def test_an_update_goes_to_those_whose_choices_match(room: Room) -> None:
    room.join("web@example.net", choices=Choices(components=("web",)))
    room.join("mail@example.net", choices=Choices(components=("mail",)))
    room.join("critical@example.net", choices=Choices(minimum_impact=Impact.CRITICAL))
    room.do(lambda session, now: request_subscription(session, "pending@example.net", Choices(), now=now))
    room.declare()
    room.fan_out()
    assert told(room, EventKind.INCIDENT_OPENED) == {SAM, "web@example.net", "critical@example.net"}
    assert {row.lane for row in room.rows(EventKind.INCIDENT_OPENED)} == {Lane.LIVE}


def test_a_lesser_incident_leaves_out_who_wants_the_worst_only(room: Room) -> None:
    room.join("critical@example.net", choices=Choices(minimum_impact=Impact.CRITICAL))
    slow = affects(web=ComponentStatus.DEGRADED_PERFORMANCE)
    room.declare(severity=Severity.SEV3, components=slow, update=says("Slow.", components=slow))
    room.fan_out()
    assert told(room, EventKind.INCIDENT_OPENED) == {SAM}


def test_who_confirms_after_the_publication_gets_no_row_for_it(room: Room) -> None:
    room.declare()
    room.clock.advance(seconds=1)
    room.join(KIM)
    room.fan_out()
    assert told(room, EventKind.INCIDENT_OPENED) == {SAM}


def test_a_page_is_one_step_and_every_recipient_comes_once(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expander, "FIRST_PAGE", 2)
    monkeypatch.setattr(expander, "PAGE", 3)
    room.join(*(f"reader{number}@example.net" for number in range(9)))
    room.declare()
    steps = []
    while room.expander.step():
        steps.append(len(room.rows()))
    assert steps == [2, 5, 8, 10]
    assert len(set(room.states())) == 10


def test_a_fan_out_that_is_repeated_from_the_start_adds_nobody_twice(room: Room) -> None:
    room.join(KIM)
    room.declare()
    room.fan_out()

    def forget_progress(session, now) -> None:  # as if the cursor had been lost
        event = session.query(Event).one()
        event.cursor, event.expanded_at = None, None

    before = [row.id for row in room.rows()]
    room.do(forget_progress)
    room.fan_out()
    assert [row.id for row in room.rows()] == before


def test_whoever_was_told_of_it_is_told_that_it_ended(room: Room) -> None:
    room.join(KIM)
    incident = room.declare()
    room.deliver()
    nothing = Choices(components=("mail",), minimum_impact=Impact.CRITICAL)
    kim = room.subscriber(KIM)
    room.do(lambda session, now: change_choices(session, kim, nothing, now=now))
    room.say(incident, "Found it.")
    room.say(incident, "Over.", RESOLVED)
    room.deliver()
    assert told(room, EventKind.INCIDENT_UPDATED) == {SAM}
    assert told(room, EventKind.INCIDENT_RESOLVED) == {SAM, KIM}


def test_a_correction_and_a_retraction_go_to_those_who_got_the_original(room: Room) -> None:
    incident = room.declare()
    said = room.say(incident, "It was the disk.")
    room.deliver()
    room.join(KIM)
    room.do(
        lambda session, now: correct_update(
            session, session.get_one(Update, said), Correction("It was the network.", notify=True), by=BEN, now=now
        )
    )
    room.deliver()
    room.do(lambda session, now: retract_update(session, session.get_one(Update, said), "Neither.", by=BEN, now=now))
    room.deliver()
    assert told(room, EventKind.INCIDENT_CORRECTED) == {SAM}
    assert told(room, EventKind.INCIDENT_RETRACTED) == {SAM}
    assert [subject.partition(": ")[0] for subject in room.mailbox.subjects(SAM)] == [
        "[Acme] Investigating",
        "[Acme] Identified",
        "[Acme] Corrected",
        "[Acme] Retracted",
    ]


def test_a_thread_keeps_the_title_it_began_with(room: Room) -> None:
    incident = room.declare()
    room.deliver()
    renamed = IncidentChange(public_title="Payments are declined")
    room.do(
        lambda session, now: change_incident(session, session.get_one(Incident, incident), renamed, by=BEN, now=now)
    )
    room.say(incident, "Found it.")
    room.deliver()
    assert [subject.partition(": ")[2] for subject in room.mailbox.subjects()] == ["Checkout fails"] * 2


def test_maintenance_goes_to_those_who_want_to_hear_of_it(room: Room) -> None:
    room.join("calm@example.net", choices=Choices(maintenance=False))
    planned = room.do(lambda session, now: plan(session, BEN, now).id)
    room.deliver()
    room.clock.advance(minutes=5)
    room.do(
        lambda session, now: cancel_maintenance(
            session, session.get_one(Maintenance, planned), "Not needed.", by=BEN, now=now
        )
    )
    room.deliver()
    assert told(room, EventKind.MAINTENANCE_ANNOUNCED) == {SAM}
    assert told(room, EventKind.MAINTENANCE_CANCELLED) == {SAM}
    assert room.mailbox.subjects() == [
        "[Acme] Planned maintenance: New mail servers",
        "[Acme] Maintenance cancelled: New mail servers",
    ]


def test_a_later_update_waits_until_the_earlier_is_expanded(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expander, "FIRST_PAGE", 1)
    room.join(KIM, LOU)
    incident = room.declare()
    room.say(incident, "Found it.")
    room.expander.step()
    assert len(room.rows(EventKind.INCIDENT_OPENED)) == 1
    assert room.rows(EventKind.INCIDENT_UPDATED) == []
    room.fan_out()
    assert len(room.rows(EventKind.INCIDENT_UPDATED)) == 3


@pytest.mark.parametrize(
    ("bodies", "ends", "sent"),
    [
        (["Found it.", "Fixed one."], False, ["Investigating", "Identified"]),
        (["Found it."], True, ["Investigating", "Resolved"]),
        ([], True, ["Investigating", "Resolved"]),
    ],
)
def test_a_newer_update_overtakes_those_between_the_first_and_the_last(
    room: Room, bodies: list[str], ends: bool, sent: list[str]
) -> None:
    incident = room.declare()
    for body in bodies:
        room.say(incident, body)
    if ends:
        room.say(incident, "Over.", RESOLVED)
    room.deliver()
    assert [subject.partition(": ")[0] for subject in room.mailbox.subjects()] == [f"[Acme] {word}" for word in sent]
    quoted = bodies if ends else bodies[:-1]
    assert all(body in room.mailbox.texts(SAM)[-1] for body in quoted)


def test_what_was_quoted_once_is_not_quoted_again(room: Room) -> None:
    incident = room.declare()
    for body in ("Second.", "Third."):
        room.say(incident, body)
    room.deliver()
    room.say(incident, "Fourth.")
    room.deliver()
    third, fourth = room.mailbox.texts(SAM)[1:]
    assert "Second." in third
    assert "Second." not in fourth


def test_an_update_retracted_before_it_was_sent_goes_to_nobody(room: Room) -> None:
    incident = room.declare()
    room.deliver()
    said = room.say(incident, "Wrong.")
    room.fan_out()
    room.do(lambda session, now: retract_update(session, session.get_one(Update, said), "Wrong.", by=BEN, now=now))
    room.deliver()
    assert room.states(EventKind.INCIDENT_UPDATED) == {SAM: DeliveryState.SKIPPED}
    assert len(room.mailbox.envelopes) == 1


def test_who_left_meanwhile_gets_nothing_more(room: Room) -> None:
    room.declare()
    room.fan_out()
    sam = room.subscriber(SAM)
    room.do(lambda session, now: unsubscribe(session, sam, now=now))
    room.send()
    assert room.mailbox.envelopes == []
    assert room.states() == {SAM: DeliveryState.SKIPPED}


def test_a_subscriber_is_asked_in_the_account_lane(room: Room) -> None:
    room.do(lambda session, now: request_subscription(session, KIM, Choices(), now=now))
    room.deliver()
    (row,) = room.rows(EventKind.SUBSCRIBER_CONFIRM)
    assert (row.address, row.lane, row.state) == (KIM, Lane.ACCOUNT, DeliveryState.DELIVERED)
    assert "https://status.example.com/subscribe/confirm/" in room.mailbox.texts(KIM)[0]


def test_who_confirms_during_an_incident_hears_at_once_what_is_going_on(room: Room) -> None:
    incident = room.declare()
    room.say(incident, "It is the disk.")
    room.deliver()
    for address, choices in ((KIM, Choices()), (LOU, Choices(components=("mail",)))):
        room.do(lambda session, now, to=address, wanted=choices: request_subscription(session, to, wanted, now=now))
    room.clock.advance(minutes=1)
    room.do(lambda session, now: [confirm(session, asked, now) for asked in session.scalars(select(Confirmation))])
    room.deliver()
    assert told(room, EventKind.INCIDENT_CURRENT) == {KIM}, "Lou wants to hear of Mail only"
    assert "It is the disk." in room.mailbox.texts(KIM)[-1]
    room.say(incident, "Over.", RESOLVED)
    room.deliver()
    assert told(room, EventKind.INCIDENT_RESOLVED) == {SAM, KIM}


def confirm(session: Session, asked: Confirmation, now: datetime) -> None:
    confirm_subscription(session, asked.id, now=now)


def test_an_event_that_cannot_be_expanded_is_given_up_and_holds_up_nobody(room: Room) -> None:
    def break_it(session, now) -> None:  # a test mail to nobody
        session.add(Event(kind=EventKind.MAIL_TEST, subject_id=nobody, thread_id=nobody, payload={}, created_at=now))

    nobody = room.subscriber(SAM)
    room.do(break_it)
    room.clock.advance(seconds=1)
    room.declare()
    faults = 0
    while True:
        try:
            if not room.expander.step():
                break
        except KeyError as fault:
            faults += 1
            room.expander.blame(fault)
    assert faults == FAULT_LIMIT
    assert told(room, EventKind.INCIDENT_OPENED) == {SAM}
    broken = room.do(lambda session, now: session.query(Event).filter_by(kind=EventKind.MAIL_TEST).one())
    assert broken.last_error == "KeyError: 'address'"
    assert broken.expanded_at == NOON + timedelta(seconds=1)
