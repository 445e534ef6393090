"""What happened in an incident and who was told: read only."""

from typing import TYPE_CHECKING

from statuspage.audit.queries import lines_about
from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.queries import incident_by_ref, similar_incidents
from statuspage.outbox.queries import Results, results_of
from statuspage.web.api.incident_shaper import IncidentShaper
from statuspage.web.api.pages import cut, page_of
from statuspage.web.api.registry import Part
from statuspage.web.api.shapes.base import ListQuery, Page
from statuspage.web.api.shapes.incidents import IncidentShape
from statuspage.web.api.shapes.updates import DeedEntry, Entry, MilestoneEntry, Timeline, Told, UpdateEntry
from statuspage.web.api.updates import update_shape
from statuspage.web.kit.current import reader, session

if TYPE_CHECKING:
    from statuspage.domain.incidents.models import Incident, Update

part = Part("The record of an incident", "Everything that happened, and what became of the messages.")
_TOLD_ELSEWHERE = {"incident.update_posted"}  # the update itself is an entry


@part.get("/incidents/<ref>/timeline", Right.VIEW, gives=Timeline)
def get_timeline(ref: str) -> Timeline:
    """Read everything that happened, newest first: milestones, updates, what the team did."""
    incident = incident_by_ref(session(), ref, reader())
    entries = [*_milestones(incident), *_updates(incident), *_deeds(incident)]
    return Timeline(items=sorted(entries, key=lambda entry: entry.at, reverse=True))


@part.get("/incidents/<ref>/similar", Right.VIEW, gives=Page[IncidentShape])
def list_similar(ref: str) -> Page[IncidentShape]:
    """List earlier incidents like this one, by components and words, the most alike first; a handful at most."""
    found = similar_incidents(session(), incident_by_ref(session(), ref, reader()), reader())
    shaped = IncidentShaper(found)
    return Page(items=[shaped(one) for one in found], next=None)


def _milestones(incident: "Incident") -> list[Entry]:
    return [
        MilestoneEntry(at=row.at, recorded_at=row.recorded_at, by=row.recorded_by, milestone=row.kind)
        for row in incident.milestones
    ]


def _updates(incident: "Incident") -> list[Entry]:
    return [
        UpdateEntry(at=update.created_at, by=update.author_name, update=update_shape(update))
        for update in incident.updates
    ]


def _deeds(incident: "Incident") -> list[Entry]:
    return [
        DeedEntry(at=line.at, by=line.actor_name, action=line.action, details=line.details)
        for line in lines_about(session(), "incident", incident.id)
        if line.action not in _TOLD_ELSEWHERE
    ]


@part.get("/incidents/<ref>/deliveries", Right.VIEW, asks=ListQuery, gives=Page[Told])
def list_deliveries(ref: str, asked: ListQuery) -> Page[Told]:
    """List the public updates and, for each, how many messages were sent, wait or failed. Names no recipient."""
    incident = incident_by_ref(session(), ref, reader())
    public = cut([update for update in incident.updates if update.public], asked)
    results = results_of(session(), [update.id for update in public])
    return page_of(public, asked, lambda update: _told(update, results.get(update.id, Results())))


def _told(update: "Update", results: Results) -> Told:
    return Told(
        id=update.id,
        status=update.status,
        created_at=update.created_at,
        recipients=results.recipients,
        sent=results.sent,
        waiting=results.waiting,
        uncertain=results.uncertain,
        failed=results.failed,
        left_out=results.left_out,
        addressing=results.addressing,
    )
