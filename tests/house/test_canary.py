"""Nothing internal becomes public: a marker in every internal field is looked for in every public byte."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from statuspage.audit.actor import Actor, ActorKind
from statuspage.core.clock import Clock
from statuspage.core.db import Database, commit
from statuspage.core.links import Links
from statuspage.core.paths import static_dir
from statuspage.domain.accounts.enums import Role
from statuspage.domain.components.actions import ComponentDraft, create_component, set_manual_status
from statuspage.domain.components.enums import ComponentStatus, Visibility
from statuspage.domain.editorial.actions import Sending, Typed, Word, declare_and_send, save_draft, send_draft
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.feedback.actions import ReportDraft, report_problem, say_still_seen
from statuspage.domain.incidents.actions import (
    Correction,
    IncidentChange,
    IncidentDraft,
    Resolution,
    UpdateDraft,
    change_incident,
    correct_update,
    post_update,
    resolve_incident,
    retract_update,
)
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.enums import IncidentKind, ResolutionKind, Severity, UpdateVisibility
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref
from statuspage.domain.incidents.rules import Publishing
from statuspage.domain.subscribers.actions import Choices, add_subscriber
from statuspage.publish import pages
from statuspage.publish.assets import Assets
from statuspage.publish.builder import Builder
from statuspage.publish.site import Site
from statuspage.publish.store import Store
from tests.kit.cast import COMPONENTS, add_user, affects, declare, plan, says, settle
from tests.kit.clock import FrozenClock

DOWN = ComponentStatus.MAJOR_OUTAGE
MARK = "zqcanary"
SPY = Actor(ActorKind.USER, f"{MARK} author")


def hide_markers(database: Database, clock: FrozenClock) -> None:
    """Put the marker into every field that customers must not see, around things that they do see."""
    with database.session() as session:
        settle(session, clock.now())
        begun = clock.now()
        staff_only = ComponentDraft("Search", owner_team=f"{MARK} team", runbook_url=f"https://{MARK}.example.com/")
        create_component(session, staff_only, by=SPY, now=begun)
        hidden = ComponentDraft(f"{MARK} component", description=f"{MARK} text", visibility=Visibility.INTERNAL)
        slug = create_component(session, hidden, by=SPY, now=begun).slug
        set_manual_status(session, slug, ComponentStatus.MAJOR_OUTAGE, by=SPY, now=begun)
        down = affects(**{slug: ComponentStatus.MAJOR_OUTAGE})
        shown = declare(session, SPY, begun, title=f"{MARK} internal title", public_title="Checkout fails")
        clock.advance(minutes=5)
        note = UpdateVisibility.INTERNAL_NOTE
        post_update(session, shown, UpdateDraft(f"{MARK} note", note), by=SPY, now=clock.now())
        wrong = post_update(session, shown, says(f"{MARK} retracted", components=down), by=SPY, now=clock.now())
        change = IncidentChange(resolution_kind=ResolutionKind.PERMANENT, resolution_text=f"{MARK} cause")
        change_incident(session, shown, change, by=SPY, now=clock.now())
        session.refresh(shown, ["updates"])
        retract_update(session, wrong, "Sent by mistake", by=SPY, now=clock.advance(minutes=1))
        correct_update(session, shown.updates[-1], Correction("Better.", f"{MARK} reason"), by=SPY, now=clock.now())
        plan(session, SPY, clock.now(), components=("mail", slug))
        hidden_ones: tuple[dict[str, Any], ...] = ({}, {"restricted": True}, {"kind": IncidentKind.DRILL})
        for more in hidden_ones:
            quiet = {"title": f"{MARK} hidden", "update": None, "components": affects(mail=DOWN)}
            inside = declare(session, SPY, clock.now(), **{**quiet, **more})
            post_update(session, inside, UpdateDraft(f"{MARK} inside", note), by=SPY, now=clock.now())
        resolve_incident(session, inside, Resolution(text=f"{MARK} how"), by=SPY, now=clock.now())
        write_drafts(session, shown, clock)
        add_subscriber(session, f"{MARK}@example.net", Choices(), confirmed=True, by=SPY, now=clock.now())
        report = ReportDraft(f"{MARK} report", "mail", f"{MARK}3@example.net")
        report_problem(session, report, now=clock.now())
        say_still_seen(session, shown.id, f"{MARK} still", locale="en", now=clock.now())
        commit(session)


def write_drafts(session: Session, incident: Incident, clock: FrozenClock) -> None:
    """Hide the marker in what is written and not published: being typed, on its way, waiting for approval."""
    ada = add_user(session, f"{MARK}@example.com", Role.ADMIN, clock.now())
    typed = Typed({"body": [f"{MARK} typed"], "workaround": [f"{MARK} advice"]})
    save_draft(session, incident, typed, by=ada, now=clock.now())
    secret = Word(says(f"{MARK} waits", workaround=f"{MARK} advice", components=affects(web=DOWN)))
    change_publishing(session, Publishing(120), by=ada, now=clock.now())
    send_draft(session, incident, Sending(secret, typed), by=ada, now=clock.now())
    change_publishing(session, Publishing(120, frozenset(Severity)), by=ada, now=clock.now())
    add_user(session, f"{MARK}2@example.com", Role.ADMIN, clock.now())
    asked = send_draft(session, incident, Sending(secret, typed), by=ada, now=clock.now())
    assert asked.state is DraftState.WAITING_APPROVAL
    quiet = IncidentDraft(f"{MARK} declared", Severity.SEV2)
    declare_and_send(session, quiet, Sending(secret, typed), by=ada, now=clock.now())


def built(database: Database, directory: Path, clock: Clock) -> dict[str, bytes]:
    """Build every public page and return its bytes by path."""
    site = Site(Links("https://status.example.com"), "Acme", "Europe/Berlin", "en", Assets(static_dir()))
    store = Store(directory)
    builder = Builder(database, store, pages, site, clock)
    builder.build_all()
    assert not builder.failed
    found = {path: store.get(path) for path in store.paths()}
    return {path: record.page.body for path, record in found.items() if record}


def test_no_public_byte_holds_what_is_internal(database: Database, tmp_path: Path, clock: FrozenClock) -> None:
    hide_markers(database, clock)
    public = built(database, tmp_path / "site", clock)
    assert b"Checkout fails" in public["/"], "the incident around the markers is public"
    assert len(public) > len(COMPONENTS)
    whole = {path: body.replace(b"\r\n ", b"") for path, body in public.items()}  # calendars fold their lines
    assert b"New mail servers" in whole["/maintenance.ics"], "so is the work that touches a hidden component, too"
    leaks = [path for path, body in whole.items() if MARK.encode() in body.lower()]
    assert leaks == [], f"internal words on {', '.join(leaks)}: read public facts only (statuspage.publish.facts)"
    assert not [path for path in public if MARK in path]


def test_internal_trouble_moves_no_public_status(database: Database, tmp_path: Path, clock: FrozenClock) -> None:
    with database.session() as session:
        settle(session, clock.now() - timedelta(days=1))
        declare(session, SPY, clock.now(), title="Inside", update=None, components=affects(web=DOWN))
        commit(session)
    public = built(database, tmp_path / "site", clock)
    assert b'"indicator":"none"' in public["/api/v2/status.json"].replace(b" ", b"")
    with database.session(readonly=True) as session:
        assert not incident_by_ref(session, "INC-2026-0001", EVERYTHING).public
