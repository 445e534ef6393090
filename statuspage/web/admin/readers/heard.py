"""What readers say, for the pages of the panel that are about something else."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from statuspage.domain.feedback.queries import Group, Heard, groups, heard_of, threshold
from statuspage.domain.feedback.rules import Threshold
from statuspage.web.kit.current import now, reader, session

if TYPE_CHECKING:
    from statuspage.domain.incidents.models import Incident


@dataclass(frozen=True)
class Suggestions:
    """What many reports suggest (`many`), how many others nobody has dealt with, and how many are many."""

    many: tuple[Group, ...]
    others: int
    threshold: Threshold


def suggestions() -> Suggestions:
    """Return what readers' reports suggest now."""
    found = groups(session(), reader(), now())
    few = sum(group.count for group in found if group.since is None)
    return Suggestions(tuple(group for group in found if group.since), few, threshold(session()))


@dataclass(frozen=True)
class HeardHere:
    """What readers say about one incident, and reports nobody has dealt with that may belong to it."""

    heard: Heard
    groups: tuple[Group, ...]


def heard_in(incident: "Incident") -> HeardHere:
    """Return what the room of an incident shows of its readers."""
    found = groups(session(), reader(), now())
    return HeardHere(
        heard_of(session(), incident),
        tuple(group for group in found if group.incident and group.incident.id == incident.id),
    )
