"""What the team reads of the queue."""

from datetime import timedelta

from sqlalchemy.orm import Session

from statuspage.core.db import new_id
from statuspage.outbox.enums import DeliveryState, EventKind
from statuspage.outbox.queries import Results, backlog, failures_page, newest_test, results_of
from tests.kit.clock import NOON
from tests.outbox.queue import add_delivery, add_event

MINUTE = timedelta(minutes=1)


def test_results_count_what_became_of_an_update(session: Session) -> None:
    event = add_event(session, NOON, new_id(), EventKind.INCIDENT_UPDATED)
    event.expanded_at = NOON
    for state, times in {"delivered": 3, "queued": 2, "uncertain": 1, "gone": 1, "dead": 1, "skipped": 1}.items():
        for _ in range(times):
            add_delivery(session, NOON, event, state=DeliveryState(state))
    assert results_of(session, [event.subject_id, new_id()]) == {
        event.subject_id: Results(sent=3, waiting=2, uncertain=1, failed=2, left_out=1)
    }
    assert results_of(session, [event.subject_id])[event.subject_id].recipients == 9


def test_results_say_that_recipients_are_still_being_added(session: Session) -> None:
    event = add_event(session, NOON, new_id())
    assert results_of(session, [event.subject_id]) == {event.subject_id: Results(addressing=True)}


def test_taking_an_update_back_does_not_count_as_sending_it(session: Session) -> None:
    event = add_event(session, NOON, new_id(), EventKind.INCIDENT_UPDATED)
    back = add_event(session, NOON, event.thread_id, EventKind.INCIDENT_RETRACTED)
    back.subject_id = event.subject_id
    add_delivery(session, NOON, event, state=DeliveryState.DELIVERED)
    add_delivery(session, NOON, back, state=DeliveryState.DELIVERED)
    assert results_of(session, [event.subject_id])[event.subject_id].sent == 1


def test_the_backlog_is_what_waits_and_since_when(session: Session) -> None:
    assert (backlog(session).waiting, backlog(session).since) == (0, None)
    event = add_event(session, NOON, new_id())
    assert backlog(session).since == NOON
    event.expanded_at = NOON + MINUTE
    add_delivery(session, NOON + MINUTE, event)
    add_delivery(session, NOON, event, state=DeliveryState.DELIVERED)
    session.flush()
    assert (backlog(session).waiting, backlog(session).since) == (1, NOON + MINUTE)


def test_failures_are_listed_newest_first_page_by_page(session: Session) -> None:
    failed = [add_delivery(session, NOON, state=state) for state in (DeliveryState.GONE, DeliveryState.DEAD)]
    add_delivery(session, NOON, state=DeliveryState.DELIVERED)
    (newest,) = failures_page(session, limit=1)
    assert newest.id == failed[1].id
    assert [row.id for row in failures_page(session, before=newest.id)] == [failed[0].id]


def test_the_last_test_mail_is_found(session: Session) -> None:
    assert newest_test(session) is None
    add_delivery(session, NOON, address="one@example.net")
    last = add_delivery(session, NOON, address="two@example.net")
    add_delivery(session, NOON, add_event(session, NOON, new_id(), EventKind.INCIDENT_UPDATED))
    assert newest_test(session) == last
