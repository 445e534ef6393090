"""Reading templates."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, selectinload

from statuspage.core.errors import Invalid, NotFound
from statuspage.core.languages import Language
from statuspage.domain.components.queries import site_profile
from statuspage.domain.incidents.enums import Category, Severity
from statuspage.domain.wording.enums import Purpose, TemplateStatus
from statuspage.domain.wording.models import MessageTemplate, TemplateComponent
from statuspage.domain.wording.values import Voice


@dataclass(frozen=True)
class TemplateFilter:
    """What a list of templates is narrowed to; None does not narrow. `search`: part of a name, title or text."""

    language: Language | None = None
    purpose: Purpose | None = None
    status: TemplateStatus | None = None
    category: Category | None = None
    severity: Severity | None = None
    active: bool | None = None
    search: str = ""


def page_voice(session: Session) -> Voice:
    """Return how the page speaks: in the language that staff write in."""
    profile = site_profile(session)
    return Voice(profile.name, Language(profile.locale), profile.timezone)


def _whole(query: Select[MessageTemplate]) -> Select[MessageTemplate]:
    return query.where(MessageTemplate.removed_at.is_(None)).options(
        selectinload(MessageTemplate.components).joinedload(TemplateComponent.component)
    )


def templates(session: Session, wanted: TemplateFilter) -> Sequence[MessageTemplate]:
    """Return templates in their order."""
    query = select(MessageTemplate).order_by(MessageTemplate.position, MessageTemplate.id)
    for name in ("language", "purpose", "status", "category", "severity", "active"):
        value = getattr(wanted, name)
        if value is not None:
            query = query.where(getattr(MessageTemplate, name) == value)
    if text := wanted.search.strip():
        places = (MessageTemplate.name, MessageTemplate.title, MessageTemplate.body)
        query = query.where(or_(*(place.icontains(text, autoescape=True) for place in places)))
    return session.scalars(_whole(query)).all()


def offered_templates(session: Session, language: Language) -> Sequence[MessageTemplate]:
    """Return the templates that may be used in `language`, in their order."""
    return templates(session, TemplateFilter(language=language, active=True))


def template_by_id(session: Session, template_id: uuid.UUID | str) -> MessageTemplate:
    """Return a template, as it stands now. Raises `NotFound`."""
    try:
        wanted = uuid.UUID(str(template_id))
    except ValueError:
        wanted = None
    query = select(MessageTemplate).where(MessageTemplate.id == wanted)
    found = session.scalar(_whole(query).execution_options(populate_existing=True)) if wanted else None
    if found is None:
        raise NotFound("There is no such template. Go back to the list.")
    return found


def name_key(name: str) -> str:
    """Return `name` as names are compared: letters of either case are the same."""
    return name.casefold()


def usable_template(session: Session, wanted: str) -> MessageTemplate:
    """Return the active template with this name (in whatever case) or id. Raises `Invalid` naming `template`."""
    found = session.scalar(_whole(select(MessageTemplate).where(MessageTemplate.name_key == name_key(wanted.strip()))))
    if found is None:
        try:
            found = template_by_id(session, wanted)
        except NotFound:
            raise Invalid({"template": f"There is no template “{wanted}”. See the list of templates."}) from None
    if not found.active:
        raise Invalid({"template": f"The template “{found.name}” is switched off. Switch it on first."})
    return found


def removed_shipped_count(session: Session) -> int:
    """Return how many of the shipped templates somebody removed."""
    return session.scalar(select(func.count()).where(MessageTemplate.removed_at.is_not(None))) or 0
