"""Telling, grouping, attaching, asking back, forgetting; on both engines."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.audit.actor import SYSTEM
from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.components.actions import ComponentDraft, create_component
from statuspage.domain.components.enums import Visibility
from statuspage.domain.components.queries import component_by_slug
from statuspage.domain.feedback.actions import (
    About,
    ReportDraft,
    answer_follow_up,
    answer_question,
    anything_to_ask_or_forget,
    ask_back,
    attach_reports,
    change_threshold,
    dismiss_reports,
    forget_reports,
    report_problem,
    say_still_seen,
    vote_on_update,
)
from statuspage.domain.feedback.enums import Question, ReportKind, Suggestion, Verdict
from statuspage.domain.feedback.models import ProblemReport
from statuspage.domain.feedback.queries import (
    Count,
    Group,
    ReportFilter,
    groups,
    heard_of,
    reports_page,
    threshold,
)
from statuspage.domain.feedback.rules import Threshold
from statuspage.domain.incidents.actions import merge_incident, post_update, reopen_incident
from statuspage.domain.incidents.enums import PublicStatus
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import EVERYTHING, Reader
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event
from tests.kit.cast import Cast, affects, declare, says
from tests.kit.clock import FrozenClock

SAM = "sam@example.org"
NOBODY = Reader()


def tell(session: Session, clock: FrozenClock, slug: str = "web", address: str = "", words: str = "It fails") -> None:
    report_problem(session, ReportDraft(words, slug, address), now=clock.now())
    session.flush()


def storm(session: Session, clock: FrozenClock, slug: str = "web", count: int = 5) -> Group:
    """Let so many readers report at once, and return their group."""
    for number in range(count):
        clock.advance(seconds=30)
        tell(session, clock, slug, words=f"It fails, {number}")
    return next(one for one in groups(session, EVERYTHING, clock.now()) if one.component and one.component.slug == slug)


def about(group: Group, incident: Incident | None = None) -> About:
    return About(
        group.newest,
        component_id=group.component.id if group.component else None,
        still_in=incident.id if incident else None,
    )


def resolve(session: Session, cast: Cast, incident: Incident, clock: FrozenClock) -> None:
    session.refresh(incident, ["updates"])
    post_update(session, incident, says("Over.", PublicStatus.RESOLVED), by=cast.ben, now=clock.advance(minutes=1))


def follow_ups(session: Session) -> list[Event]:
    return list(session.scalars(select(Event).where(Event.kind == EventKind.REPORT_FOLLOW_UP).order_by(Event.id)))


@pytest.mark.usefixtures("cast")
def test_many_reports_suggest_declaring(session: Session, clock: FrozenClock) -> None:
    group = storm(session, clock, count=4)
    assert (group.count, group.since, group.suggestion) == (4, None, Suggestion.DECLARE)
    group = storm(session, clock, count=1)
    assert (group.count, group.since) == (5, clock.now())
    assert group.sayings[0].words == "It fails, 0" and len(group.sayings) == 5
    clock.advance(hours=25)
    assert groups(session, EVERYTHING, clock.now()) == []


def test_reports_where_something_is_open_or_was_are_about_that(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    incident = declare(session, cast.ben, clock.now())
    group = storm(session, clock)
    assert (group.suggestion, group.incident) == (Suggestion.ATTACH, incident)
    resolve(session, cast, incident, clock)
    group = storm(session, clock)
    assert (group.suggestion, group.incident) == (Suggestion.REOPEN, incident)
    clock.advance(days=3)
    group = storm(session, clock)
    assert (group.suggestion, group.incident) == (Suggestion.EITHER, incident)


def test_a_restricted_incident_is_not_given_away(session: Session, cast: Cast, clock: FrozenClock) -> None:
    hidden = declare(session, cast.ben, clock.now(), update=None, restricted=True)
    group = storm(session, clock)
    assert group.incident is hidden
    (seen,) = groups(session, NOBODY, clock.now())
    assert (seen.suggestion, seen.incident) == (Suggestion.DECLARE, None)
    attach_reports(session, about(group), hidden, by=cast.ben, now=clock.now())
    assert reports_page(session, NOBODY, ReportFilter()) == []
    assert len(reports_page(session, EVERYTHING, ReportFilter(incident=hidden.ref.lower()))) == 5


def test_still_seen_after_the_end_suggests_reopening_until_it_is(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    incident = declare(session, cast.ben, clock.now())
    resolve(session, cast, incident, clock)
    for _ in range(5):
        say_still_seen(session, incident.id, "Still red", locale="en", now=clock.advance(minutes=1))
    session.flush()
    (group,) = groups(session, EVERYTHING, clock.now())
    assert (group.still, group.count, group.suggestion, group.incident) == (True, 5, Suggestion.REOPEN, incident)
    assert dismiss_reports(session, about(group, incident), by=cast.ben, now=clock.now()) == 5
    assert groups(session, EVERYTHING, clock.now()) == []
    say_still_seen(session, incident.id, "", locale="en", now=clock.now())
    reopen_incident(session, incident, "They say so", by=cast.ben, now=clock.now())
    assert groups(session, EVERYTHING, clock.now()) == []


def test_a_group_is_handled_as_it_was_seen(session: Session, cast: Cast, clock: FrozenClock) -> None:
    group = storm(session, clock)
    tell(session, clock, words="Came later")
    assert dismiss_reports(session, about(group), by=cast.ben, now=clock.now()) == 5
    (left,) = groups(session, EVERYTHING, clock.now())
    assert [one.words for one in left.sayings] == ["Came later"]
    incident = declare(session, cast.ben, clock.now())
    assert attach_reports(session, about(left), incident, by=cast.ben, now=clock.now()) == 1
    assert groups(session, EVERYTHING, clock.now()) == []
    assert heard_of(session, incident).reports == {ReportKind.PROBLEM: 1}
    resolve(session, cast, incident, clock)
    with pytest.raises(Conflict, match="is resolved"):
        attach_reports(session, about(left), incident, by=cast.ben, now=clock.now())


@pytest.mark.usefixtures("cast")
def test_what_is_wrong_with_a_report_is_named(session: Session, clock: FrozenClock) -> None:
    now = clock.now()
    create_component(session, ComponentDraft("Vault", visibility=Visibility.INTERNAL), by=SYSTEM, now=now)
    for draft, field in (
        (ReportDraft(" \x00 "), "words"),
        (ReportDraft("x" * 1001), "words"),
        (ReportDraft("It fails", address="nobody"), "email"),
    ):
        with pytest.raises(Invalid) as fault:
            report_problem(session, draft, now=now)
        assert list(fault.value.fields) == [field]
    told = []
    for slug in ("vault", "nowhere"):
        with pytest.raises(Invalid) as fault:
            report_problem(session, ReportDraft("It fails", slug), now=now)
        told.append(fault.value.fields)
    assert told[0] == told[1], "an internal component is as unknown as none"


@pytest.mark.usefixtures("cast")
def test_an_address_waits_for_one_mail_only(session: Session, clock: FrozenClock) -> None:
    for slug in ("web", "api", ""):
        tell(session, clock, slug, SAM)
    kept = session.scalars(select(ProblemReport.address).order_by(ProblemReport.id)).all()
    assert kept == [SAM, "", ""]


def test_who_reported_is_asked_once_when_the_next_incident_there_is_over(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    earlier = declare(session, cast.ben, clock.now())
    resolve(session, cast, earlier, clock)
    tell(session, clock, "web", SAM)
    tell(session, clock, "mail", "lee@example.org")
    assert ask_back(session, clock.now()) == 0
    incident = declare(session, cast.ben, clock.advance(minutes=5))
    assert ask_back(session, clock.now()) == 0
    resolve(session, cast, incident, clock)
    assert (ask_back(session, clock.now()), ask_back(session, clock.now())) == (1, 0)
    (event,) = follow_ups(session)
    assert event.payload == {"incident": str(incident.id)}
    event.expanded_at = clock.now()
    session.flush()
    ask_back(session, clock.now())
    assert session.scalars(select(ProblemReport.address).order_by(ProblemReport.id)).all() == ["", "lee@example.org"]


def test_a_report_follows_its_incident_into_another(session: Session, cast: Cast, clock: FrozenClock) -> None:
    tell(session, clock, "", SAM)
    (group,) = groups(session, EVERYTHING, clock.now())
    one, other = declare(session, cast.ben, clock.now()), declare(session, cast.ben, clock.now())
    attach_reports(session, about(group), one, by=cast.ben, now=clock.now())
    merge_incident(session, one, other, "https://status.example.com/x", by=cast.ben, now=clock.advance(minutes=1))
    assert ask_back(session, clock.now()) == 0
    resolve(session, cast, other, clock)
    assert ask_back(session, clock.now()) == 1
    assert follow_ups(session)[0].payload == {"incident": str(other.id)}


def test_still_broken_is_a_report_of_its_own_and_counts_once(session: Session, cast: Cast, clock: FrozenClock) -> None:
    incident = declare(session, cast.ben, clock.now(), components=affects())
    tell(session, clock, "web", SAM)
    report = session.scalars(select(ProblemReport)).one()
    report.incident_id = incident.id
    for verdict in (Verdict.BROKEN, Verdict.BROKEN, Verdict.FIXED):
        answer_follow_up(session, report, verdict, "Not for me", now=clock.now())
        session.flush()
    heard = heard_of(session, incident)
    assert heard.reports == {ReportKind.PROBLEM: 1, ReportKind.STILL: 1}
    assert heard.verdicts == {Verdict.FIXED: 1}


def test_answers_are_counted_without_a_row_each(session: Session, cast: Cast, clock: FrozenClock) -> None:
    incident = declare(session, cast.ben, clock.now())
    session.refresh(incident, ["updates"])
    assert not heard_of(session, incident)
    update = incident.updates[0]
    for helpful in (True, False, True):
        vote_on_update(session, update.id, helpful=helpful)
    answer_question(session, incident.id, Question.TOLD, yes=True)
    answer_question(session, incident.id, Question.FIXED, yes=False)
    session.expire_all()
    heard = heard_of(session, incident)
    assert heard.helpful == {update.id: Count(2, 1)}
    assert heard.soon == {Question.TOLD: Count(1, 0), Question.FIXED: Count(0, 1)}


@pytest.mark.usefixtures("cast")
def test_reports_are_forgotten_after_thirty_days(session: Session, clock: FrozenClock) -> None:
    assert not anything_to_ask_or_forget(session)
    tell(session, clock, address=SAM)
    assert anything_to_ask_or_forget(session)
    forget_reports(session, clock.now() + timedelta(days=30))
    assert session.scalars(select(ProblemReport)).all()
    forget_reports(session, clock.now() + timedelta(days=30, seconds=1))
    assert not session.scalars(select(ProblemReport)).all()


def test_putting_aside_forgets_the_addresses(session: Session, cast: Cast, clock: FrozenClock) -> None:
    tell(session, clock, "web", SAM)
    (group,) = groups(session, EVERYTHING, clock.now())
    dismiss_reports(session, about(group), by=cast.ben, now=clock.now())
    assert not anything_to_ask_or_forget(session)
    web = component_by_slug(session, "web")
    assert [row.component_id for row in reports_page(session, EVERYTHING, ReportFilter(search="FAILS"))] == [web.id]


def test_the_threshold_is_changed_with_open_eyes(session: Session, cast: Cast, clock: FrozenClock) -> None:
    wanted = Threshold(3, 20)
    change_threshold(session, wanted, seen=Threshold(), by=cast.ada, now=clock.now())
    assert threshold(session) == wanted
    with pytest.raises(Conflict):
        change_threshold(session, wanted, seen=Threshold(), by=cast.ada, now=clock.now())
    with pytest.raises(Invalid):
        change_threshold(session, Threshold(0, 20), by=cast.ada, now=clock.now())
