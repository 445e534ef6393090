"""What an entry says: one public update, or the whole story of an incident or maintenance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import escape

from statuspage.core.clock import rfc3339
from statuspage.core.formats import instant
from statuspage.core.languages import Speech, speech
from statuspage.core.text import render_markdown
from statuspage.core.words import word
from statuspage.publish.facts.incidents import IncidentFact, UpdateFact
from statuspage.publish.facts.maintenances import MaintenanceFact
from statuspage.publish.feeds.writing import Entry
from statuspage.publish.site import Site


@dataclass(frozen=True)
class Namer:
    """Makes ids that survive a change of address: tag URIs (RFC 4151) under the page's own code, not its host."""

    code: str
    year: int

    def tag(self, kind: str, code: str) -> str:
        """Return the id of a thing for ever."""
        return f"tag:{self.code}.statuspage.invalid,{self.year}:{kind}/{code}"


@dataclass(frozen=True)
class Told:
    """An update with the story it belongs to; `due` says that its promise stands open, `overdue` that it passed."""

    story: IncidentFact | MaintenanceFact
    update: UpdateFact
    due: bool
    overdue: bool


def update_entry(told: Told, site: Site, namer: Namer) -> Entry:
    """Return the entry of one public update; its id is its own, so every reader shows it."""
    story, update, spoken = told.story, told.update, speech(site.language)
    standing = word(update.status, spoken) if update.retracted_at is None else spoken.gettext("Withdrawn")
    return Entry(
        id=namer.tag("updates", update.code),
        title=f"{standing}: {story.title}",
        link=f"{_address(story, site)}#update-{update.code}",
        published=update.created_at,
        updated=update.changed_at,
        html="".join(_update_parts(told, spoken)),
        category=_category(story),
    )


def story_entry(story: IncidentFact | MaintenanceFact, site: Site, namer: Namer, as_of: datetime) -> Entry:
    """Return the entry of a whole story, in the text pattern that readers of status feeds know."""
    kind = _category(story)
    return Entry(
        id=namer.tag(kind, story.code),
        title=story.title,
        link=_address(story, site),
        published=story.published_at,
        updated=story.changed_at,
        html="".join(_story_parts(story, as_of, speech(site.language))),
        category=kind,
    )


def _update_parts(told: Told, spoken: Speech) -> Iterable[str]:
    update = told.update
    if update.retracted_at:
        withdrawn = spoken.gettext("This update was withdrawn %(time)s:", time=_instant(update.retracted_at, spoken))
        yield f"<p>{withdrawn} {escape(update.retraction_reason)}</p>"
        return
    yield render_markdown(update.body)
    yield _removal(update, spoken)
    for change in update.changes:
        yield f"<p>{escape(change.component.name)}: {word(change.after, spoken, inside=True)}</p>"
    if isinstance(told.story, MaintenanceFact):
        begin, end = _instant(told.story.starts_at, spoken), _instant(told.story.ends_at, spoken)
        yield f"<p>{spoken.gettext('Planned: %(begin)s to %(end)s', begin=begin, end=end)}</p>"
    elif told.due and told.story.workaround:
        lead = spoken.gettext("What you can do")
        yield f"<p><strong>{lead}:</strong></p>{render_markdown(told.story.workaround)}"
    yield from _promise(update, told.overdue, spoken)


def _story_parts(story: IncidentFact | MaintenanceFact, as_of: datetime, spoken: Speech) -> Iterable[str]:
    if isinstance(story, MaintenanceFact):
        window = f"{_pattern(story.starts_at)} - {_pattern(story.ends_at)}"
        yield f"<p><strong>THIS IS A SCHEDULED EVENT {window} UTC</strong></p>"
    elif story.next_update_at:
        yield from _promise(story.latest, story.next_update_at <= as_of, spoken)
    for update in story.updates:
        yield _paragraph(update, spoken)


def _removal(update: UpdateFact, spoken: Speech) -> str:
    if not update.removed_at:
        return ""
    return f"<p><em>{spoken.gettext(update.removal, time=_instant(update.removed_at, spoken))}</em></p>"


def _promise(update: UpdateFact, overdue: bool, spoken: Speech) -> Iterable[str]:
    if update.promised_at:
        words = spoken.gettext("Next update was due") if overdue else spoken.gettext("Next update by")
        yield f"<p>{words} {_instant(update.promised_at, spoken)}</p>"


def _paragraph(update: UpdateFact, spoken: Speech) -> str:
    """One update as `<p><small>Jul 7, 16:17 UTC</small><br><strong>Resolved</strong> - text</p>`; the mark of planned
    work and this form of a time are what programs look for, so they are the same in every language."""
    head = f"<p><small>{_pattern(update.at)} UTC</small>{_machine_time(update.at)}<br>"
    if update.retracted_at:
        return f"{head}<strong>{spoken.gettext('Withdrawn')}</strong> - {escape(update.retraction_reason)}</p>"
    html = render_markdown(update.body) + _removal(update, spoken)
    lead = f"{head}<strong>{word(update.status, spoken)}</strong> - "
    return lead + html.removeprefix("<p>") if html.startswith("<p>") else f"{lead}</p>{html}"


def _pattern(told_at: datetime) -> str:
    at = told_at.astimezone(UTC)
    return f"{at:%b} <var data-var='date'>{at.day:2d}</var>, <var data-var='time'>{at:%H:%M}</var>"


def _machine_time(at: datetime) -> str:
    return f'<time datetime="{rfc3339(at)}"></time>'


def _instant(at: datetime, spoken: Speech) -> str:
    return f'<time datetime="{rfc3339(at)}">{instant(at, "UTC", spoken, named=True)}</time>'


def _category(story: IncidentFact | MaintenanceFact) -> str:
    return "maintenance" if isinstance(story, MaintenanceFact) else "incidents"


def _address(story: IncidentFact | MaintenanceFact, site: Site) -> str:
    links = site.links
    path = links.maintenance(story.code) if isinstance(story, MaintenanceFact) else links.incident(story.code)
    return links.absolute(path)


def told_updates(stories: Sequence[IncidentFact], as_of: datetime) -> Iterable[Told]:
    """Return every update of incidents, saying of each whether its promise stands open."""
    for story in stories:
        for update in story.updates:
            due = not story.resolved and update is story.latest
            yield Told(story, update, due, bool(due and update.promised_at and update.promised_at <= as_of))
