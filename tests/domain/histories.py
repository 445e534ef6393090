"""A world in which anything may happen to incidents and maintenance, in any order: each rule is one person's action.

What the domain refuses is taken back, as a request is; any other error ends the test. After every rule the promises in
`tests.domain.promises` are looked at.
"""

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy.orm import Session

from statuspage.core.db import Database, commit
from statuspage.core.errors import Refused
from statuspage.domain.components.actions import archive_component, set_manual_status
from statuspage.domain.components.correcting import IntervalCorrection, correct_interval, void_interval
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents import actions
from statuspage.domain.incidents.actions import (
    Correction,
    Ending,
    IncidentChange,
    PastIncident,
    Redaction,
    Resolution,
    TitleRedaction,
    UpdateDraft,
)
from statuspage.domain.incidents.actions.redacting import redact_update
from statuspage.domain.incidents.actions.retitling import redact_title
from statuspage.domain.incidents.enums import (
    IncidentKind,
    IncidentState,
    MilestoneKind,
    PublicStatus,
    Severity,
    UpdateVisibility,
)
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import (
    EVERYTHING,
    IncidentFilter,
    incident_by_ref,
    incidents_page,
    intervals_held_by,
)
from statuspage.domain.maintenance import actions as works
from statuspage.domain.maintenance.actions import MaintenanceUpdateDraft
from statuspage.domain.maintenance.enums import MaintenanceStatus
from statuspage.domain.maintenance.models import Maintenance
from statuspage.domain.maintenance.queries import maintenance_by_ref, maintenances_page
from tests.domain.promises import INSIDE, Watch
from tests.kit import cast
from tests.kit.clock import FrozenClock

BY = cast.SYSTEM
SLUGS = st.sampled_from(["web", "web", "web", "mail"])  # so that the same one is hit again and again
LEVELS = st.sampled_from(list(ComponentStatus))
STATUSES = st.sampled_from(PublicStatus)
NTH = st.sampled_from([0, 0, 0, 1, 2])
BOTH = st.booleans()
BACK = st.sampled_from([0, 0, 0, 1, 7, 45, 600])
WORDS = st.sampled_from(["", "", "We know more. Jane Doe told us."])

OnIncident = Callable[[Session, Incident, datetime], object]


def ago(now: datetime, minutes: int) -> datetime | None:
    return now - timedelta(minutes=minutes) if minutes else None


class World(RuleBasedStateMachine):
    """One installation on a database of its own, made from `template`."""

    def __init__(self, template: Path) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        shutil.copyfile(template, f"{self.place.name}/statuspage.db")
        self.database = Database(f"sqlite:///{self.place.name}/statuspage.db")
        self.clock = FrozenClock()
        self.watch = Watch()

    def teardown(self) -> None:
        self.database.dispose()
        self.place.cleanup()

    def act(self, action: Callable[[Session, datetime], object]) -> None:
        """Carry something out in one transaction a minute later, or be refused."""
        now = self.clock.advance(minutes=1)
        with self.database.session() as session:
            self.watch.before(session)
            try:
                done = action(session, now)
                commit(session)
            except Refused:
                session.rollback()
                self.watch.refused(session)
            else:
                self.watch.carried_out(session, done)

    def on_incident(self, nth: int, action: OnIncident) -> None:
        """Do something to the `nth` newest incident, if there are any."""

        def run(session: Session, now: datetime) -> object:
            incident = nth_incident(session, nth)
            return action(session, incident, now) if incident else Watch.NOTHING

        self.act(run)

    def on_maintenance(self, nth: int, action: Callable[[Session, Maintenance, datetime], object]) -> None:
        def run(session: Session, now: datetime) -> object:
            found = maintenances_page(session, limit=nth + 1)
            return action(session, maintenance_by_ref(session, found[-1].ref), now) if found else Watch.NOTHING

        self.act(run)

    @initialize()
    def people_and_components(self) -> None:
        with self.database.session() as session:
            cast.settle(session, self.clock.now())
            commit(session)

    @invariant()
    def every_promise_is_kept(self) -> None:
        with self.database.session(readonly=True) as session:
            self.watch.look(session, self.clock.now())

    @rule(
        public=BOTH, kind=st.sampled_from([IncidentKind.REAL, IncidentKind.REAL, IncidentKind.DRILL]),
        severity=st.sampled_from(Severity), slug=SLUGS, level=LEVELS, status=STATUSES, back=BACK, notify=BOTH,
    )  # fmt: skip
    def declare(self, public: bool, back: int, status: PublicStatus, notify: bool, **facts: Any) -> None:
        level = cast.affects(**{facts.pop("slug"): facts.pop("level")})

        def run(session: Session, now: datetime) -> object:
            first = UpdateDraft("We look. Jane Doe told us.", status=status, notify=notify) if public else None
            given = {"components": level, "update": first, "impact_started_at": ago(now, back), **facts}
            return cast.declare(session, BY, now, public_title="Checkout fails", title=f"{INSIDE} fails", **given)

        self.act(run)

    @rule(nth=NTH, status=STATUSES, slug=SLUGS, level=LEVELS, back=BACK, due=st.sampled_from([None, 5, 90]),
          advice=st.sampled_from([None, "", "Ask Jane Doe."]), notify=BOTH)  # fmt: skip
    def say(self, nth: int, slug: str, level: ComponentStatus, back: int, due: int | None, **words: Any) -> None:
        def run(session: Session, incident: Incident, now: datetime) -> object:
            promised = now + timedelta(minutes=due) if due else None
            draft = UpdateDraft(
                "We know more. Jane Doe told us.", components=cast.affects(**{slug: level}), next_update_at=promised,
                display_at=ago(now, back), workaround=words["advice"], status=words["status"], notify=words["notify"],
            )  # fmt: skip
            return actions.post_update(session, incident, draft, by=BY, now=now)

        self.on_incident(nth, run)

    @rule(nth=NTH, state=st.none() | st.sampled_from(IncidentState), slug=st.none() | SLUGS, level=LEVELS)
    def note(self, nth: int, state: IncidentState | None, slug: str | None, level: ComponentStatus) -> None:
        kind = UpdateVisibility.INTERNAL_STATUS if state else UpdateVisibility.INTERNAL_NOTE
        levels = cast.affects(**{slug: level}) if slug else ()
        draft = UpdateDraft(f"{INSIDE}: Jane Doe said so.", kind, state=state, components=levels)
        self.on_incident(nth, lambda session, it, now: actions.post_update(session, it, draft, by=BY, now=now))

    @rule(nth=NTH, back=BACK, body=WORDS, step=st.sampled_from(["acknowledge", "resolve", "close", "reopen"]))
    def step(self, nth: int, back: int, body: str, step: str) -> None:
        def run(session: Session, it: Incident, now: datetime) -> object:
            if step == "acknowledge":
                return actions.acknowledge(session, it, ago(now, back), by=BY, now=now)
            if step == "resolve":
                given = Resolution(text=INSIDE, at=ago(now, back), body=body)
                return actions.resolve_incident(session, it, given, by=BY, now=now)
            if step == "close":
                return actions.close_incident(session, it, "done", INSIDE, by=BY, now=now)
            return actions.reopen_incident(session, it, INSIDE, body, by=BY, now=now)

        self.on_incident(nth, run)

    @rule(nth=NTH, body=WORDS, notify=BOTH, end=st.sampled_from(["cancel", "false alarm"]))
    def end(self, nth: int, body: str, notify: bool, end: str) -> None:
        way = actions.cancel_incident if end == "cancel" else actions.close_as_false_alarm
        ending = Ending(INSIDE, body, notify)
        self.on_incident(nth, lambda session, it, now: way(session, it, ending, by=BY, now=now))

    @rule(nth=NTH, other=NTH)
    def merge(self, nth: int, other: int) -> None:
        def run(session: Session, it: Incident, now: datetime) -> object:
            into = nth_incident(session, other)
            assert into is not None
            return actions.merge_incident(session, it, into, "https://status.example.com/x", by=BY, now=now)

        self.on_incident(nth, run)

    @rule(nth=NTH, which=NTH, way=st.sampled_from(["correct", "retract", "redact", "empty"]), notify=BOTH)
    def change_what_was_said(self, nth: int, which: int, way: str, notify: bool) -> None:
        def run(session: Session, it: Incident, now: datetime) -> object:
            if not it.updates:
                return Watch.NOTHING
            update = it.updates[which % len(it.updates)]
            if way == "correct":
                words = f"{'' if update.public else INSIDE} Better at {now:%H:%M}. Jane Doe told us."
                return actions.correct_update(session, update, Correction(words, INSIDE, notify), by=BY, now=now)
            if way == "retract":
                return actions.retract_update(session, update, "It was wrong", by=BY, now=now)
            passage = "Jane Doe" if way == "redact" else None
            return redact_update(session, update, Redaction(passage, "A name"), by=BY, now=now)

        self.on_incident(nth, run)

    @rule(nth=NTH, severity=st.none() | st.sampled_from(Severity), back=BACK,
          kind=st.none() | st.sampled_from(MilestoneKind), retitle=BOTH)  # fmt: skip
    def change_facts(
        self, nth: int, severity: Severity | None, kind: MilestoneKind | None, back: int, retitle: bool
    ) -> None:
        def run(session: Session, it: Incident, now: datetime) -> object:
            if retitle:
                other = TitleRedaction(f"Fault of {now:%d %H:%M}", "A name")
                return redact_title(session, it, other, by=BY, now=now)
            times = ((kind, ago(now, back) or now),) if kind else ()
            change = IncidentChange(severity=severity, milestones=times, resolution_text=INSIDE)
            return actions.change_incident(session, it, change, by=BY, now=now)

        self.on_incident(nth, run)

    @rule(nth=NTH, which=NTH, begin=st.none() | BACK, end=st.none() | BACK, level=st.none() | LEVELS, void=BOTH)
    def change_an_interval(self, nth: int, which: int, begin: int | None, end: int | None, **more: Any) -> None:
        def run(session: Session, it: Incident, now: datetime) -> object:
            held = intervals_held_by(session, it.id)
            if not held:
                return Watch.NOTHING
            component, interval = held[which % len(held)]
            if more["void"]:
                return void_interval(session, component, interval, "By mistake", by=BY, now=now)
            starts, ends = (None if one is None else now - timedelta(minutes=one) for one in (begin, end))
            wanted = IntervalCorrection("By mistake", starts, ends, more["level"])
            return correct_interval(session, component, interval, wanted, by=BY, now=now)

        self.on_incident(nth, run)

    @rule(nth=NTH, public=BOTH, slug=SLUGS)
    def enter_another(self, nth: int, public: bool, slug: str) -> None:
        def run(session: Session, now: datetime) -> object:
            like = nth_incident(session, nth)
            if like and not public:
                return actions.clone_incident(session, like, by=BY, now=now)
            begun = now - timedelta(hours=5)
            over = UpdateDraft("It was.", status=PublicStatus.RESOLVED, display_at=begun + timedelta(hours=1))
            past = PastIncident(
                title=f"{INSIDE} was", public_title="Mail was late", severity=Severity.SEV3, started_at=begun,
                components=cast.affects(**{slug: ComponentStatus.PARTIAL_OUTAGE}), updates=(over,),
            )  # fmt: skip
            return actions.enter_past_incident(session, past, by=BY, now=now)

        self.act(run)

    @rule(hours=st.integers(0, 3), slug=SLUGS)
    def plan(self, hours: int, slug: str) -> None:
        def run(session: Session, now: datetime) -> object:
            begin = now + timedelta(hours=hours)
            window = {"starts_at": begin, "ends_at": begin + timedelta(hours=2), "components": (slug,)}
            return cast.plan(session, BY, now, **window)

        self.act(run)

    @rule(nth=NTH, status=st.none() | st.sampled_from(MaintenanceStatus), notify=BOTH)
    def work(self, nth: int, status: MaintenanceStatus | None, notify: bool) -> None:
        draft = MaintenanceUpdateDraft("The work. Jane Doe does it.", status, notify)
        self.on_maintenance(
            nth, lambda session, it, now: works.post_maintenance_update(session, it, draft, by=BY, now=now)
        )

    @rule(nth=NTH)
    def redact_work(self, nth: int) -> None:
        def run(session: Session, it: Maintenance, now: datetime) -> object:
            words = Redaction("Jane Doe", "A name")
            return works.redact_maintenance_update(session, it.updates[0], words, by=BY, now=now)

        self.on_maintenance(nth, run)

    @rule(slug=SLUGS, level=LEVELS, archive=st.sampled_from([False, False, False, False, True]))
    def touch_a_component(self, slug: str, level: ComponentStatus, archive: bool) -> None:
        def run(session: Session, now: datetime) -> object:
            if archive:
                return archive_component(session, slug, by=BY, now=now)
            return set_manual_status(session, slug, level, by=BY, now=now)

        self.act(run)

    @rule(minutes=st.sampled_from([1, 10, 61, 300, 1440, 11_000]))
    def wait(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)
        self.act(lambda session, now: works.advance_due(session, now) or Watch.NOTHING)
        self.act(lambda session, now: actions.close_due(session, now) or Watch.NOTHING)


def nth_incident(session: Session, nth: int) -> Incident | None:
    found = incidents_page(session, EVERYTHING, IncidentFilter(), limit=nth + 1)
    return incident_by_ref(session, found[-1].ref, EVERYTHING) if found else None
