"""The second person: asked, approving, returning, done without; through every door the same gate."""

from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from statuspage.audit.actor import SHELL, Actor
from statuspage.audit.queries import lines_about
from statuspage.core.errors import Conflict, Invalid, NotAllowed
from statuspage.core.languages import Language
from statuspage.domain.accounts.actions import disable_user
from statuspage.domain.accounts.enums import Role
from statuspage.domain.editorial.actions import (
    Sending,
    Word,
    approve_draft,
    declare_and_send,
    publish_due,
    return_draft,
    save_draft,
    withdraw_draft,
)
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.models import Draft
from statuspage.domain.incidents.actions import (
    Clearance,
    Ending,
    IncidentChange,
    Resolution,
    cancel_incident,
    change_incident,
    declare_incident,
    merge_incident,
    post_update,
    reopen_incident,
    resolve_incident,
    without_approval,
)
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.enums import Approval, PublicStatus, Severity, UpdateVisibility
from statuspage.domain.incidents.models import Incident, PublishingRules
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref, publishing
from statuspage.domain.incidents.rules import Publishing
from statuspage.domain.wording.actions import TemplateDraft, create_template
from statuspage.domain.wording.enums import Purpose
from statuspage.outbox.enums import EventKind
from tests.domain.editorial.desk import REF, bodies, events, opened, send, typed
from tests.kit.cast import CHECKOUT, Cast, add_user, declare, says
from tests.kit.clock import FrozenClock

GATED = Severity.SEV2  # that of "Checkout fails"


@pytest.fixture
def incident(session: Session, cast: Cast, clock: FrozenClock) -> Incident:
    return opened(session, cast, clock.now(), GATED)


@pytest.fixture
def asked(session: Session, cast: Cast, incident: Incident, clock: FrozenClock) -> Draft:
    return send(session, cast.ben, clock.now())


def fresh(session: Session) -> Incident:
    return incident_by_ref(session, REF, EVERYTHING)


def test_what_needs_a_second_person_waits_for_one(session: Session, asked: Draft, clock: FrozenClock) -> None:
    assert asked.state is DraftState.WAITING_APPROVAL
    assert publish_due(session, clock.advance(days=1)) == 0
    assert len(bodies(session)) == 1
    told = events(session, EventKind.APPROVAL_ASKED)
    assert [event.subject_id for event in told] == [asked.asked_id]


def test_approved_it_goes_out_under_its_author_and_says_who_approved(
    session: Session, cast: Cast, asked: Draft, clock: FrozenClock
) -> None:
    approve_draft(session, asked, asked.version, by=cast.ada, now=clock.advance(minutes=3))
    assert publish_due(session, clock.advance(seconds=9)) == 0, "approving can be undone, too"
    assert publish_due(session, clock.advance(seconds=1)) == 1
    said = fresh(session).updates[0]
    assert (said.author_name, said.approval, said.approved_by_name) == ("Ben", Approval.APPROVED, "Ada")


def test_a_chosen_time_survives_the_approval(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    at = clock.now() + timedelta(hours=3)
    draft = send(session, cast.ben, clock.now(), publish_at=at)
    assert approve_draft(session, draft, draft.version, by=cast.ada, now=clock.now()).due_at == at
    late = send(session, cast.ben, clock.now(), "Late.", publish_at=at)
    approved = approve_draft(session, late, late.version, by=cast.ada, now=clock.advance(hours=4))
    assert approved.due_at == clock.now() + timedelta(seconds=10)


def test_returned_it_carries_the_word_and_may_be_sent_again(
    session: Session, cast: Cast, asked: Draft, clock: FrozenClock
) -> None:
    with pytest.raises(Invalid):
        return_draft(session, asked, " ", by=cast.ada, now=clock.now())
    return_draft(session, asked, "Do not name the vendor.", by=cast.ada, now=clock.now())
    assert (asked.state, asked.returned_by_name) == (DraftState.RETURNED, "Ada")
    assert asked.returned_reason == "Do not name the vendor."
    again = send(session, cast.ben, clock.now(), "Better.", typed=typed("Better.", draft_id=asked.id))
    assert (again.id, again.state, again.returned_reason) == (asked.id, DraftState.WAITING_APPROVAL, "")
    assert len(events(session, EventKind.APPROVAL_ASKED)) == 2


def test_nobody_approves_their_own_words(session: Session, cast: Cast, asked: Draft, clock: FrozenClock) -> None:
    rae = add_user(session, "rae@example.com", Role.RESPONDER, clock.now())
    for by in (cast.ben, cast.cleo, rae, SHELL):
        with pytest.raises(NotAllowed):
            approve_draft(session, asked, asked.version, by=by, now=clock.now())
    assert asked.state is DraftState.WAITING_APPROVAL


def test_only_what_was_read_is_approved(session: Session, cast: Cast, asked: Draft, clock: FrozenClock) -> None:
    seen = asked.version
    draft = withdraw_draft(session, asked, by=cast.ben, now=clock.now())
    save_draft(session, fresh(session), typed("Other words.", draft_id=draft.id), by=cast.ben, now=clock.now())
    with pytest.raises(Conflict):
        approve_draft(session, draft, seen, by=cast.ada, now=clock.now())
    send(session, cast.ben, clock.now(), "Other words.", typed=typed("Other words.", draft_id=draft.id))
    with pytest.raises(Conflict):
        approve_draft(session, draft, seen, by=cast.ada, now=clock.now())


def test_undone_after_the_approval_it_needs_another_one(
    session: Session, cast: Cast, asked: Draft, clock: FrozenClock
) -> None:
    approve_draft(session, asked, asked.version, by=cast.ada, now=clock.now())
    withdraw_draft(session, asked, by=cast.ben, now=clock.now())
    again = send(session, cast.ben, clock.now(), typed=typed(draft_id=asked.id))
    assert (again.state, again.approved_by_name) == (DraftState.WAITING_APPROVAL, "")


def test_without_approval_needs_a_reason_and_everybody_is_told(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    with pytest.raises(Invalid) as fault:
        send(session, cast.ben, clock.now(), unapproved_reason=" ")
    assert list(fault.value.fields) == ["without_approval"]
    send(session, cast.ben, clock.now(), unapproved_reason="All others are asleep.")
    assert publish_due(session, clock.advance(seconds=10)) == 1
    said = fresh(session).updates[0]
    assert (said.approval, said.unapproved_reason) == (Approval.WAIVED, "All others are asleep.")
    assert [event.subject_id for event in events(session, EventKind.APPROVAL_WAIVED)] == [said.id]
    lines = [line for line in lines_about(session, "incident", incident.id) if line.action.endswith("waived")]
    assert [line.details["reason"] for line in lines] == ["All others are asleep."]


@pytest.mark.parametrize(
    ("body", "state"),
    [("Checkout fails: we look into it.", "queued"), ("Checkout fails. Ours!", "waiting_approval")],
)
def test_a_first_notice_nobody_edited_may_always_go_out(
    body: str, state: str, session: Session, cast: Cast, clock: FrozenClock
) -> None:
    notice = TemplateDraft("First", Purpose.FIRST, Language.EN, "Checkout fails: we look into it.")
    create_template(session, notice, by=cast.ben, now=clock.now())
    change_publishing(session, Publishing(10, frozenset({GATED})), by=cast.ada, now=clock.now())
    sending = Sending(Word(says(body)), typed(body))
    _, draft = declare_and_send(session, CHECKOUT, sending, by=cast.ben, now=clock.now())
    assert draft.state == state
    published = publish_due(session, clock.advance(seconds=10))
    assert [update.approval for update in fresh(session).updates] == [Approval.NOTICE] * published


def test_the_only_one_who_may_publish_approves_alone_and_it_says_so(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    assert cast.ada.user_id
    change_incident(session, incident, IncidentChange(title="Checkout"), by=cast.ben, now=clock.now())
    only = add_user(session, "olga@example.com", Role.ADMIN, clock.now())
    for other in (cast.ada, cast.ben):
        assert other.user_id
        disable_user(session, other.user_id, by=only, now=clock.now())
    assert send(session, only, clock.now()).state is DraftState.QUEUED
    publish_due(session, clock.advance(seconds=10))
    said = fresh(session).updates[0]
    assert (said.approval, said.approved_by_name) == (Approval.SELF, "Olga")


def test_a_severity_raised_meanwhile_asks_for_approval(session: Session, cast: Cast, clock: FrozenClock) -> None:
    opened(session, cast, clock.now(), Severity.SEV1)
    draft = send(session, cast.ben, clock.now())
    change_incident(session, fresh(session), IncidentChange(severity=Severity.SEV1), by=cast.ada, now=clock.now())
    publish_due(session, clock.advance(seconds=10))
    assert draft.state is DraftState.RETURNED
    assert "second person" in draft.returned_reason


def _posts(session: Session, incident: Incident, by: Actor, clock: FrozenClock, given: Clearance | None) -> None:
    post_update(session, incident, says("Said.", clearance=given), by=by, now=clock.now())


def _declares(session: Session, incident: Incident, by: Actor, clock: FrozenClock, given: Clearance | None) -> None:
    declare(session, by, clock.now(), update=says("Said.", clearance=given))


def _resolves(session: Session, incident: Incident, by: Actor, clock: FrozenClock, given: Clearance | None) -> None:
    resolve_incident(session, incident, Resolution(body="Said.", clearance=given), by=by, now=clock.now())


def _cancels(session: Session, incident: Incident, by: Actor, clock: FrozenClock, given: Clearance | None) -> None:
    cancel_incident(session, incident, Ending("No.", "Said.", clearance=given), by=by, now=clock.now())


def _reopens(session: Session, incident: Incident, by: Actor, clock: FrozenClock, given: Clearance | None) -> None:
    over = Resolution(body="Over.", clearance=without_approval("Needed for this test."))
    resolve_incident(session, incident, over, by=by, now=clock.now())
    reopen_incident(session, incident, "Again.", "Said.", clearance=given, by=by, now=clock.now())


@pytest.mark.parametrize("door", [_posts, _declares, _resolves, _cancels, _reopens])
def test_no_door_leads_around_it(
    door: object, session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    with pytest.raises(Conflict, match="second person"), session.begin_nested():
        door(session, incident, cast.ben, clock, None)
    assert "Said." not in bodies(session)
    door(session, fresh(session), cast.ben, clock, without_approval("It burns."))
    assert "Said." in bodies(session)


def test_words_that_are_always_the_same_need_nobody(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    free = says("Here.", clearance=without_approval("Needed for this test."))
    other = declare_incident(session, CHECKOUT, by=cast.ben, now=clock.now())
    change_incident(session, other, IncidentChange(public_title="Pay"), by=cast.ben, now=clock.now())
    post_update(session, other, free, by=cast.ben, now=clock.now())
    merge_incident(session, incident, other, "https://s.example.com/x", by=cast.ben, now=clock.now())
    assert bodies(session)[-1].startswith("Continues in")


def test_notes_and_other_severities_are_not_asked_about(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    note = says("Inside.", PublicStatus.IDENTIFIED)
    inside = type(note)("Inside.", UpdateVisibility.INTERNAL_NOTE)
    post_update(session, incident, inside, by=cast.ben, now=clock.now())
    change_incident(session, incident, IncidentChange(severity=Severity.SEV3), by=cast.ben, now=clock.now())
    said = post_update(session, fresh(session), says("Free.", clearance=without_approval("x")), by=cast.ben,
                       now=clock.now())  # fmt: skip
    assert (said.approval, said.unapproved_reason) == (Approval.NOT_NEEDED, "")


def test_the_rules_are_changed_with_a_trace_and_not_over_somebody_else(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    session.execute(delete(PublishingRules))
    session.expire_all()
    seen = publishing(session)
    assert seen == Publishing(), "ten seconds and nobody asked, until somebody says otherwise"
    wanted = Publishing(0, frozenset({Severity.SEV1}))
    change_publishing(session, wanted, seen=seen, by=cast.ada, now=clock.now())
    assert publishing(session) == wanted
    with pytest.raises(Conflict):
        change_publishing(session, Publishing(5), seen=seen, by=cast.ben, now=clock.now())
    with pytest.raises(Invalid):
        change_publishing(session, Publishing(121), by=cast.ben, now=clock.now())
