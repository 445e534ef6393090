"""Changing templates."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.db import mark_changed
from statuspage.core.errors import Conflict, Invalid
from statuspage.core.languages import Language
from statuspage.core.text import clean_line, clean_text
from statuspage.domain.components.queries import components_by_slugs
from statuspage.domain.incidents.enums import Category, Severity
from statuspage.domain.wording.enums import Purpose, TemplateStatus
from statuspage.domain.wording.models import MessageTemplate, TemplateComponent
from statuspage.domain.wording.placeholders import checked
from statuspage.domain.wording.queries import TemplateFilter, name_key, template_by_id, templates
from statuspage.domain.wording.rules import Traits, faults_of

NAME_LIMIT, TITLE_LIMIT, WORKAROUND_LIMIT = 120, 200, 1000
_FIELDS = ("name", "purpose", "status", "category", "severity", "language", "title", "body", "workaround",
           "length_minutes", "active")  # fmt: skip


@dataclass(frozen=True)
class TemplateDraft:
    """What a template is to be. `components` are slugs; status, category and severity None mean any."""

    name: str
    purpose: Purpose
    language: Language
    body: str
    status: TemplateStatus | None = None
    category: Category | None = None
    severity: Severity | None = None
    title: str = ""
    workaround: str = ""
    length_minutes: int | None = None
    components: tuple[str, ...] = ()
    active: bool = True


def draft_of(template: MessageTemplate) -> TemplateDraft:
    """Return a template as the draft that would make it."""
    facts = {name: getattr(template, name) for name in _FIELDS}
    return TemplateDraft(**facts, components=tuple(row.component.slug for row in template.components))


def checked_draft(draft: TemplateDraft) -> TemplateDraft:
    """Return the draft with clean texts. Raises `Invalid` by field, all faults at once."""
    cleaned: dict[str, str] = {}
    faults: dict[str, str] = {}
    cleaners: dict[str, Callable[[], str]] = {
        "name": lambda: clean_line(draft.name, "name", limit=NAME_LIMIT),
        "title": lambda: clean_line(draft.title, "title", limit=TITLE_LIMIT, required=False),
        "body": lambda: clean_text(draft.body, "body"),
        "workaround": lambda: clean_line(draft.workaround, "workaround", limit=WORKAROUND_LIMIT, required=False),
    }
    for name, clean in cleaners.items():
        try:
            cleaned[name] = clean() if name == "name" else checked(clean(), name)
        except Invalid as fault:
            faults |= fault.fields
    traits = Traits(
        draft.purpose, draft.status, draft.category, draft.severity,
        draft.title.strip(), draft.workaround.strip(), draft.length_minutes, draft.components,
    )  # fmt: skip
    faults |= {name: sentence for name, sentence in faults_of(traits).items() if name not in faults}
    if faults:
        raise Invalid(faults)
    name, title, body, workaround = (cleaned[field] for field in ("name", "title", "body", "workaround"))
    return replace(draft, name=name, title=title, body=body, workaround=workaround)


def create_template(session: Session, draft: TemplateDraft, *, by: Actor, now: datetime) -> MessageTemplate:
    """Add a template at the end of the list. Raises `Invalid`."""
    wanted = checked_draft(draft)
    last = session.scalar(select(func.max(MessageTemplate.position))) or 0
    template = MessageTemplate(position=last + 1, created_at=now, updated_at=now)
    with session.no_autoflush:
        _put(session, template, wanted)
    session.add(template)
    session.flush()
    record(session, by, "template.created", ("template", template.id), now, name=template.name)
    return template


def change_template(
    session: Session, template_id: uuid.UUID, draft: TemplateDraft, *, version: int | None, by: Actor, now: datetime
) -> MessageTemplate:
    """Change a template. Raises `Invalid`, `NotFound`, or `Conflict` when `version` is not the one that stands."""
    template = template_by_id(session, template_id)
    stood = draft_of(template)
    if version is not None and version != template.version:
        raise Conflict("Somebody changed this template meanwhile.", theirs=stood, yours=draft)
    wanted = checked_draft(draft)
    _put(session, template, wanted)
    mark_changed(template, now)
    session.flush()
    fields = [name for name in (*_FIELDS, "components") if getattr(stood, name) != getattr(wanted, name)]
    record(session, by, "template.changed", ("template", template.id), now, name=template.name, fields=fields)
    return template


def _put(session: Session, template: MessageTemplate, wanted: TemplateDraft) -> None:
    """Write a checked draft into a row. Raises `Invalid` for a name that is taken and components there are none of."""
    key = name_key(wanted.name)
    taken = session.scalar(select(MessageTemplate.id).where(MessageTemplate.name_key == key))
    if taken is not None and taken != template.id:
        raise Invalid({"name": "Another template has this name. Choose another."})
    found = components_by_slugs(session, wanted.components)
    for name in _FIELDS:
        setattr(template, name, getattr(wanted, name))
    template.name_key = key
    present = {row.component.slug: row for row in template.components}
    template.components[:] = [
        present.get(slug) or TemplateComponent(component=component) for slug, component in found.items()
    ]


def switch_template(session: Session, template_id: uuid.UUID, *, active: bool, by: Actor, now: datetime) -> None:
    """Offer a template or offer it no longer. Raises `NotFound`."""
    template = template_by_id(session, template_id)
    template.active = active
    mark_changed(template, now)
    word = "template.switched_on" if active else "template.switched_off"
    record(session, by, word, ("template", template.id), now, name=template.name)


def order_templates(session: Session, ids: Sequence[uuid.UUID], *, by: Actor, now: datetime) -> None:
    """Put the templates `ids` into this order, on the places that they hold together. Raises `NotFound`."""
    named = {row.id: row for row in templates(session, TemplateFilter())}
    rows = [named[one] if one in named else template_by_id(session, one) for one in dict.fromkeys(ids)]
    places = sorted(row.position for row in rows)
    for row, place in zip(rows, places, strict=True):
        row.position = place
    if rows:
        record(session, by, "template.ordered", ("template", rows[0].id), now, order=[row.name for row in rows])


def remove_template(session: Session, template_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Take a template away for good; of a shipped one the row stays, so that it can be brought back."""
    template = template_by_id(session, template_id)
    record(session, by, "template.removed", ("template", template.id), now, name=template.name)
    if template.shipped_key is None:
        session.delete(template)
    else:
        template.removed_at, template.name_key = now, None
        mark_changed(template, now)
