"""No page of the panel and no answer of the API asks the database more often when there is more in it.

Every GET route is fetched; a new one with a new kind of name in its address needs a line in `_named`.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from statuspage.audit.actor import SYSTEM
from statuspage.cli.seed.sowing import Amount, sow
from statuspage.core.db import Database, commit
from statuspage.domain.accounts.access import create_token
from statuspage.domain.accounts.enums import Scope
from statuspage.domain.components.enums import Visibility
from statuspage.domain.components.models import Component, ComponentGroup, ImpactInterval
from statuspage.domain.editorial.actions import Sending, Typed, Word, send_draft
from statuspage.domain.editorial.models import Draft
from statuspage.domain.feedback.actions import ReportDraft, report_problem, say_still_seen
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref
from statuspage.domain.incidents.rules import Publishing
from statuspage.domain.maintenance.models import Maintenance
from statuspage.domain.subscribers.models import Subscriber
from statuspage.domain.wording.models import MessageTemplate
from statuspage.domain.wording.shipping import seed_templates
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event
from tests.kit.browser import StrictBrowser
from tests.kit.cast import ADA, Cast, says
from tests.kit.clock import FrozenClock
from tests.kit.source import report
from tests.kit.statements import statements

FEW = Amount(incidents=12, components=8, subscribers=12, days=60, updates=6)
MANY = Amount(incidents=40, components=20, subscribers=40, days=60, updates=9)
LEFT_OUT = {
    "/admin/settings/branding/images/<code>": "shows a file",
    "/admin/settings/branding/preview": "sends on to the form",
    "/admin/settings/branding/sheets/<look>/<accent>.css": "asks for nothing",
    "/admin/settings/mail/outbox/<name>": "shows a file",
    "/admin/settings/mail/outbox/<name>/html": "shows a file",
    "/api/v1/<path:rest>": "there is nothing",
}
NARROWED = (
    "/admin/incidents?q=customers", "/admin/incidents?q=customers+queue&state=closed", "/admin/incidents?state=open",
    "/admin/subscribers?q=customer&state=confirmed", "/api/v1/incidents?q=customers", "/api/v1/incidents?limit=200",
)  # fmt: skip
Fetch = Callable[[str], object]


@pytest.fixture
def fetch(staff: Callable[[str], StrictBrowser], app: Flask, database: Database, clock: FrozenClock) -> Fetch:
    """Get an address as Ada, or as a program that may do anything."""
    ada = staff(ADA)
    with database.session() as session:
        seed_templates(session, now=clock.now())
        _, token = create_token(session, "costs", Scope.ADMIN, None, by=SYSTEM, now=clock.now())
        commit(session)
    header = {"Authorization": f"Bearer {token}"}

    def get(address: str) -> object:
        answer = ada.client.get(address, base_url=ada.origin, headers=header if "/api/" in address else {})
        assert answer.status_code == 200, (address, answer.status_code, answer.get_data(as_text=True)[:500])
        return answer

    return get


def _grow(database: Database, cast: Cast, now: datetime, amount: Amount) -> None:
    """Add to what is there, and let an update of the newest incident wait for its time."""
    with database.session() as session:
        sow(session, amount, now, lambda steps: None)
        change_publishing(session, Publishing(120), by=cast.ada, now=now)
        incident = incident_by_ref(session, _told_last(session).ref, EVERYTHING)
        waiting = Sending(Word(says("It is route B.")), Typed({"body": ["It is route B."]}))
        send_draft(session, incident, waiting, by=cast.ben, now=now)
        _let_readers_report(session, incident, amount, now)
        commit(session)


def _let_readers_report(session: Session, incident: Incident, amount: Amount, now: datetime) -> None:
    """Add reports on several components, some of them part of an incident."""
    slugs = session.scalars(select(Component.slug).where(Component.visibility == Visibility.PUBLIC)).all()
    for slug in list(slugs)[: amount.components // 2] * 6:
        report_problem(session, ReportDraft("It fails", slug), now=now)
        say_still_seen(session, incident.id, "Still", locale="en", now=now)


def _told_last(session: Session) -> Incident:
    """Return the newest incident that subscribers were told of."""
    last = select(func.max(Event.thread_id)).where(Event.kind == EventKind.INCIDENT_OPENED).scalar_subquery()
    return session.scalars(select(Incident).where(Incident.id == last)).one()


def _named(session: Session) -> dict[str, object]:
    """Return what stands for a name in an address, by the noun before it."""
    told = _told_last(session)
    interval = session.scalars(select(ImpactInterval).order_by(ImpactInterval.id.desc())).first()
    work = session.scalars(select(Maintenance).order_by(Maintenance.id)).first()
    assert interval and work
    group = session.scalar(select(func.min(ComponentGroup.slug)))
    return {
        "incidents": told.ref,
        "incidents updates": session.scalar(select(Event.subject_id).where(Event.thread_id == told.id)),
        "drafts": session.scalar(select(Draft.id).where(Draft.incident_id == told.id)),
        "maintenance": work.ref,
        "maintenances": work.ref,
        "maintenance updates": work.updates[0].id,
        "groups": group,
        "component-groups": group,
        "components": session.get_one(Component, interval.component_id).slug,
        "intervals": interval.id,
        "subscribers": session.scalar(select(func.min(Subscriber.id))),
        "templates": session.scalar(select(func.min(MessageTemplate.id))),
    }


def _addresses(app: Flask, named: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Yield every route that is fetched and its address."""
    for rule in sorted(rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())):
        if not rule.startswith(("/admin/", "/api/v1/", "/readyz")) or rule in LEFT_OUT:
            continue
        parts = rule.split("/")
        nouns = [_noun(rule.split("/"), place) if part.startswith("<") else "" for place, part in enumerate(parts)]
        unknown = [noun for noun in nouns if noun and noun not in named]
        assert not unknown, f"{rule}: say in _named what stands after {unknown[0]!r}"
        yield rule, "/".join(str(named[noun]) if noun else part for noun, part in zip(nouns, parts, strict=True))
    yield from ((address, address) for address in NARROWED)


def _noun(parts: list[str], place: int) -> str:
    noun = parts[place - 1]
    return f"{parts[place - 3]} {noun}" if noun == "updates" else noun


def _costs(app: Flask, database: Database, fetch: Fetch) -> dict[str, list[str]]:
    """Return the statements that each route makes."""
    with database.session(readonly=True) as session:
        named = _named(session)
    found = {}
    for route, address in _addresses(app, named):
        fetch(address)  # what the process keeps from then on is not counted
        with statements() as found[route]:
            fetch(address)
    return found


def test_no_page_and_no_answer_costs_more_when_there_is_more(
    app: Flask, database: Database, fetch: Fetch, settled: Cast, clock: FrozenClock
) -> None:
    _grow(database, settled, clock.now(), FEW)
    few = _costs(app, database, fetch)
    _grow(database, settled, clock.now(), MANY)
    many = _costs(app, database, fetch)
    assert few.keys() == many.keys()
    assert len(few) > 60
    dearer = [
        f"{route}: {len(few[route])} queries became {len(made)}, such as {max(set(made), key=made.count)[:300]}"
        for route, made in many.items()
        if len(made) > len(few[route])
    ]
    report("Load what a page shows with the page (`selectinload`), or once for all of it:", dearer)
