"""After any sequence of changes the stored pages are, byte for byte, those of a whole build as of the same instant."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from statuspage.core.db import Database, commit
from statuspage.core.errors import Refused
from statuspage.core.languages import Language
from statuspage.core.links import Links
from statuspage.core.paths import static_dir
from statuspage.domain.branding.actions import BrandDraft, change_branding, keep_image, prepare_image
from statuspage.domain.branding.enums import ImageUse
from statuspage.domain.components.actions import (
    ComponentDraft,
    archive_component,
    change_component,
    create_component,
    order_components,
    set_manual_status,
)
from statuspage.domain.components.enums import ComponentStatus, Visibility
from statuspage.domain.components.profile import LanguagesDraft, change_languages
from statuspage.domain.incidents.actions import (
    Correction,
    Redaction,
    Resolution,
    TitleRedaction,
    UpdateDraft,
    close_incident,
    correct_update,
    post_update,
    reopen_incident,
    resolve_incident,
    retract_update,
)
from statuspage.domain.incidents.actions.redacting import redact_update
from statuspage.domain.incidents.actions.retitling import redact_title
from statuspage.domain.incidents.enums import PublicStatus, Severity, UpdateVisibility
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import EVERYTHING, IncidentFilter, incident_by_ref, incidents_page
from statuspage.domain.maintenance.actions import (
    advance_due,
    cancel_maintenance,
    redact_maintenance_title,
    redact_maintenance_update,
)
from statuspage.domain.maintenance.queries import coming_maintenances
from statuspage.publish import pages
from statuspage.publish.assets import Assets
from statuspage.publish.builder import Builder
from statuspage.publish.site import Site
from statuspage.publish.store import Store
from tests.kit import cast
from tests.kit.clock import FrozenClock
from tests.kit.drawing import plate, written

SLUGS = st.sampled_from(cast.COMPONENTS)
STATUSES = st.sampled_from(list(ComponentStatus))
Act = Callable[[Session, FrozenClock], object]


def newest(session: Session) -> Incident | None:
    found = incidents_page(session, EVERYTHING, IncidentFilter(), limit=1)
    return incident_by_ref(session, found[0].ref, EVERYTHING) if found else None


def on_newest(act: Callable[[Session, FrozenClock, Incident], object]) -> Act:
    @wraps(act)
    def run(session: Session, clock: FrozenClock) -> object:
        incident = newest(session)
        return act(session, clock, incident) if incident else None

    return run


def declare(public: bool, severity: Severity, slug: str, status: ComponentStatus, due: int | None) -> Act:
    def run(session: Session, clock: FrozenClock) -> object:
        promised = clock.now() + timedelta(minutes=due) if due else None
        first = UpdateDraft("We are looking.", next_update_at=promised) if public else None
        hit = cast.affects(**{slug: status})
        return cast.declare(session, cast.SYSTEM, clock.now(), severity=severity, components=hit, update=first)

    return run


def say(visibility: UpdateVisibility, status: PublicStatus, slug: str, level: ComponentStatus, back: int) -> Act:
    def run(session: Session, clock: FrozenClock, incident: Incident) -> object:
        public = visibility is UpdateVisibility.PUBLIC
        draft = UpdateDraft(
            "*News* for you.",
            visibility,
            status=status if public else None,
            components=cast.affects(**{slug: level}) if public else (),
            display_at=clock.now() - timedelta(minutes=back) if public else None,
            workaround="Try again." if back % 2 else None,
        )
        return post_update(session, incident, draft, by=cast.SYSTEM, now=clock.now())

    return on_newest(run)


def correct(session: Session, clock: FrozenClock, incident: Incident) -> object:
    if not incident.updates:
        return None
    words = Correction(f"Better words at {clock.now():%H:%M}.")
    return correct_update(session, incident.updates[0], words, by=cast.SYSTEM, now=clock.now())


def retract(session: Session, clock: FrozenClock, incident: Incident) -> object:
    if not incident.updates:
        return None
    return retract_update(session, incident.updates[0], "Wrong", by=cast.SYSTEM, now=clock.now())


def redact(passage: str | None) -> Act:
    def run(session: Session, clock: FrozenClock, incident: Incident) -> object:
        if not incident.updates:
            return None
        words = Redaction(passage, "Secret")
        return redact_update(session, incident.updates[-1], words, by=cast.SYSTEM, now=clock.now())

    return on_newest(run)


def retitle(session: Session, clock: FrozenClock, incident: Incident) -> object:
    other = TitleRedaction(f"Fault of {clock.now():%H:%M}", "Secret")
    return redact_title(session, incident, other, by=cast.SYSTEM, now=clock.now())


def redact_work(session: Session, clock: FrozenClock) -> object:
    for work in coming_maintenances(session):
        words = Redaction("Mail may", "Secret")
        redact_maintenance_update(session, work.updates[-1], words, by=cast.SYSTEM, now=clock.now())
        other = TitleRedaction(f"Work of {clock.now():%H:%M}", "Secret")
        redact_maintenance_title(session, work, other, by=cast.SYSTEM, now=clock.now())
    return None


def finish(session: Session, clock: FrozenClock, incident: Incident) -> object:
    return resolve_incident(session, incident, Resolution(body="Over."), by=cast.SYSTEM, now=clock.now())


def close(session: Session, clock: FrozenClock, incident: Incident) -> object:
    return close_incident(session, incident, by=cast.SYSTEM, now=clock.now())


def reopen(session: Session, clock: FrozenClock, incident: Incident) -> object:
    return reopen_incident(session, incident, "Back", "It is back.", by=cast.SYSTEM, now=clock.now())


def set_status(slug: str, status: ComponentStatus) -> Act:
    return lambda session, clock: set_manual_status(session, slug, status, by=cast.SYSTEM, now=clock.now())


def rename(slug: str, name: str, visibility: Visibility) -> Act:
    draft = ComponentDraft(name, visibility=visibility)
    return lambda session, clock: change_component(session, slug, draft, version=None, by=cast.SYSTEM, now=clock.now())


def reorder(slug: str) -> Act:
    return lambda session, clock: order_components(session, [slug], by=cast.SYSTEM, now=clock.now())


def archive(slug: str) -> Act:
    return lambda session, clock: archive_component(session, slug, by=cast.SYSTEM, now=clock.now())


def add(session: Session, clock: FrozenClock) -> object:
    return create_component(session, ComponentDraft("Search & <find>"), by=cast.SYSTEM, now=clock.now())


def dress(accents: list[str], side: int) -> Act:
    def run(session: Session, clock: FrozenClock) -> None:
        drawn = prepare_image(written(plate((side, 20))), ImageUse.ICON if side == 20 else ImageUse.LOGO, "file")
        code = keep_image(session, drawn, now=clock.now()).code
        worn = {"icon": code} if side == 20 else {"logo": code}
        for accent in accents:
            change_branding(session, BrandDraft(accent, **worn), by=cast.SYSTEM, now=clock.now())

    return run


def plan(hours: int) -> Act:
    def run(session: Session, clock: FrozenClock) -> object:
        begin = clock.now() + timedelta(hours=hours)
        changes = {"starts_at": begin, "ends_at": begin + timedelta(hours=2)}
        return cast.plan(session, cast.SYSTEM, clock.now(), **changes)

    return run


def speak(own: Language, others: frozenset[Language]) -> Act:
    draft = LanguagesDraft(own, others)
    return lambda session, clock: change_languages(session, draft, by=cast.SYSTEM, now=clock.now())


def cancel(session: Session, clock: FrozenClock) -> object:
    coming = coming_maintenances(session)
    return cancel_maintenance(session, coming[0], "Not now.", by=cast.SYSTEM, now=clock.now()) if coming else None


def wait(minutes: int) -> Act:
    def run(session: Session, clock: FrozenClock) -> object:
        clock.advance(minutes=minutes)
        return advance_due(session, clock.now())

    return run


ACTS = st.one_of(
    st.builds(declare, st.booleans(), st.sampled_from(Severity), SLUGS, STATUSES, st.sampled_from([None, 7, 90])),
    st.builds(
        say, st.sampled_from(UpdateVisibility), st.sampled_from(PublicStatus), SLUGS, STATUSES, st.integers(0, 90)
    ),
    st.sampled_from([on_newest(correct), on_newest(retract), on_newest(finish), on_newest(close), on_newest(reopen)]),
    st.builds(set_status, SLUGS, STATUSES),
    st.builds(rename, SLUGS, st.sampled_from(["Web", "Käufe & Kasse", "x" * 90]), st.sampled_from(Visibility)),
    st.builds(reorder, SLUGS),
    st.builds(archive, SLUGS),
    st.builds(redact, st.sampled_from(["We are", "news", None])),
    st.sampled_from([add, cancel, redact_work, on_newest(retitle)]),
    st.builds(dress, st.lists(st.sampled_from(["", "#ffdd00", "#0a1f5c"]), max_size=8), st.sampled_from([20, 40, 60])),
    st.builds(plan, st.integers(1, 40)),
    st.builds(speak, st.sampled_from(Language), st.frozensets(st.sampled_from(Language))),
    st.builds(wait, st.sampled_from([1, 5, 8, 61, 1440, 40_000])),
)


def play(template: Path, acts: list[Act]) -> list[str]:
    """Carry out `acts`, catching up after each; return the differences to a whole build."""
    clock = FrozenClock()
    with tempfile.TemporaryDirectory() as directory:
        shutil.copyfile(template, f"{directory}/statuspage.db")
        database = Database(f"sqlite:///{directory}/statuspage.db")
        site = Site(Links("https://status.example.com"), "Acme", "Europe/Berlin", "en", Assets(static_dir()), "tel:+1")
        builder = Builder(database, Store(Path(directory) / "site"), pages, site, clock)
        with database.session() as session:
            cast.settle(session, clock.now())
            commit(session)
        assert builder.catch_up()
        for act in acts:
            with database.session() as session:
                try:
                    act(session, clock)
                    commit(session)
                except Refused:
                    session.rollback()
            assert builder.catch_up()
        found = builder.check()
        assert not builder.failed
        database.dispose()
        return found


# Histories are short and printed as they were found: making one smaller builds it hundreds of times, and would end in
# the time-out of the run instead of saying what differs.
AS_FOUND = effort(
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@effort(AS_FOUND, max_examples=3)
@given(acts=st.lists(ACTS, min_size=3, max_size=10))
def test_what_was_built_step_by_step_is_what_a_whole_build_makes(sqlite_template: Path, acts: list[Act]) -> None:
    assert play(sqlite_template, acts) == []


@pytest.mark.soak
@pytest.mark.parametrize("part", range(12))
@effort(AS_FOUND, max_examples=8)
@given(acts=st.lists(ACTS, min_size=3, max_size=40))
def test_what_was_built_step_by_step_stays_so_over_long_histories(
    sqlite_template: Path, part: int, acts: list[Act]
) -> None:
    assert play(sqlite_template, acts) == []
