"""Published incidents as customers may read them: public words, public updates, public components."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from statuspage.core.languages import marked
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.enums import Impact, PublicStatus
from statuspage.domain.incidents.models import ComponentChange, Incident, Update
from statuspage.domain.incidents.rules import impact_rank
from statuspage.publish.facts.components import Affected, affected, is_public

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Wording:
    """Words that an update once had, until they were corrected."""

    body: str
    until: datetime


@dataclass(frozen=True)
class Change:
    """What an update did to a component."""

    component: Affected
    before: ComponentStatus
    after: ComponentStatus


@dataclass(frozen=True)
class UpdateFact:
    """A public update. `at` is the time readers see; `body` is CommonMark and empty once it was withdrawn or removed;
    `versions` are earlier wordings, newest first; `removed_at` is when words were last taken out for good."""

    code: str
    status: str
    body: str
    at: datetime
    created_at: datetime
    changed_at: datetime
    notified: bool
    promised_at: datetime | None
    changes: tuple[Change, ...]
    versions: tuple[Wording, ...]
    edited_at: datetime | None
    retracted_at: datetime | None
    retraction_reason: str
    removed_at: datetime | None = None

    @property
    def removal(self) -> str:
        """What readers are told of words that were taken out for good: a text of the catalogues with a gap for the
        time, or nothing."""
        if self.removed_at is None or self.retracted_at:
            return ""
        some, whole = marked("Part of this text was removed %(time)s."), marked("This text was removed %(time)s.")
        return some if self.body else whole


@dataclass(frozen=True)
class IncidentFact:
    """A published incident; `updates` newest first. `changed_at` is its last public change."""

    id: uuid.UUID
    code: str
    title: str
    status: PublicStatus
    impact: Impact
    started_at: datetime
    published_at: datetime
    changed_at: datetime
    resolved_at: datetime | None
    workaround: str
    components: tuple[Affected, ...]
    updates: tuple[UpdateFact, ...]
    title_removed_at: datetime | None = None

    @property
    def resolved(self) -> bool:
        """Whether customers were told that it is over."""
        return self.status is PublicStatus.RESOLVED

    @property
    def gravity(self) -> int:
        """A number that grows with the impact, for telling the worst first."""
        return impact_rank(self.impact)

    @property
    def standing(self) -> tuple[UpdateFact, ...]:
        """The updates that were not withdrawn, newest first."""
        return tuple(update for update in self.updates if update.retracted_at is None)

    @property
    def latest(self) -> UpdateFact:
        """The update that stands as the last word."""
        return (self.standing or self.updates)[0]

    @property
    def earlier(self) -> tuple[UpdateFact, ...]:
        """Every update but the last word."""
        latest = self.latest
        return tuple(update for update in self.updates if update is not latest)

    @property
    def next_update_at(self) -> datetime | None:
        """When the next word was promised for; None when nothing is promised."""
        return None if self.resolved else self.latest.promised_at


def incident_fact(row: Incident) -> IncidentFact:
    """Return what the public may know of a published incident loaded with its story."""
    assert row.public_title is not None
    assert row.public_status is not None
    assert row.public_started_at is not None
    assert row.published_at is not None
    assert row.public_changed_at is not None
    published = [
        affected(item.component, ComponentStatus(item.published_status))
        for item in row.components
        if item.published_status and is_public(item.component)
    ]
    return IncidentFact(
        id=row.id,
        code=row.code,
        title=row.public_title,
        status=row.public_status,
        impact=row.impact,
        started_at=row.public_started_at,
        published_at=row.published_at,
        changed_at=row.public_changed_at,
        resolved_at=row.public_resolved_at,
        workaround="" if row.public_resolved_at else row.workaround,
        components=tuple(published),
        updates=tuple(update_fact(update) for update in row.updates if update.public),
        title_removed_at=row.title_redacted_at,
    )


def update_fact(row: Update) -> UpdateFact:
    """Return what the public may know of a public update; of a withdrawn one neither its words nor earlier ones."""
    assert row.status is not None
    wordings = [] if row.retracted_at else row.versions
    edited_at = wordings[-1].created_at if len(wordings) > 1 else None
    return UpdateFact(
        code=row.code,
        status=row.status,
        body=wordings[-1].body if wordings else "",
        at=row.display_at,
        created_at=row.published_at or row.created_at,
        changed_at=max(row.retracted_at or edited_at or row.published_at or row.created_at, row.redacted_at or _NEVER),
        notified=row.notify,
        promised_at=row.promise.due_at if row.promise else None,
        changes=tuple(_change(change) for change in row.changes if is_public(change.component)),
        versions=tuple(Wording(old.body, new.created_at) for old, new in pairwise(wordings))[::-1],
        edited_at=edited_at,
        retracted_at=row.retracted_at,
        retraction_reason=row.retraction_reason,
        removed_at=row.redacted_at,
    )


def _change(row: ComponentChange) -> Change:
    return Change(affected(row.component, row.new_status), row.old_status, ComponentStatus(row.new_status))
