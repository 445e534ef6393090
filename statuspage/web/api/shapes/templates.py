"""Message templates."""

import uuid

from statuspage.core.languages import Language
from statuspage.domain.incidents.enums import Category, Severity
from statuspage.domain.wording.enums import Purpose, TemplateStatus
from statuspage.web.api.shapes.base import Instant, ListQuery, Patch, Shape, Version, Words


class TemplateShape(Shape):
    """Words for an occasion, with placeholders such as `{{ components }}`."""

    id: uuid.UUID
    name: str
    purpose: Purpose
    status: TemplateStatus | None
    """The status it goes with; null for any."""
    category: Category | None
    """Null for any."""
    severity: Severity | None
    """Null for any."""
    language: Language
    title: str
    """Proposed to customers where no title stands yet."""
    body: Words
    workaround: str
    """What customers can do."""
    length_minutes: int | None
    """How long such maintenance usually takes."""
    components: list[str]
    """The slugs that such maintenance usually touches."""
    active: bool
    """Whether it is offered where people write."""
    position: int
    shipped: bool
    """Whether it came with the product."""
    created_at: Instant
    updated_at: Instant
    version: int


class TemplateQuery(ListQuery):
    """Which templates."""

    language: Language | None = None
    purpose: Purpose | None = None
    status: TemplateStatus | None = None
    category: Category | None = None
    severity: Severity | None = None
    active: bool | None = None


class NewTemplate(Shape):
    """A template to be added at the end of the list.

    Placeholders: component, components, title, impact, started, next_update, duration, page, start, end, zone.
    """

    name: str
    """For the team; no two templates have the same."""
    purpose: Purpose
    language: Language
    body: Words
    status: TemplateStatus | None = None
    category: Category | None = None
    severity: Severity | None = None
    title: str = ""
    """For first notices and maintenance notices."""
    workaround: str = ""
    """For incidents."""
    length_minutes: int | None = None
    """For maintenance notices: 5 to 43,200."""
    components: tuple[str, ...] = ()
    """For maintenance notices: slugs."""
    active: bool = True


class TemplatePatch(Patch):
    """What is to change; everything left out stays."""

    nullable = frozenset({"status", "category", "severity", "length_minutes"})

    name: str | None = None
    purpose: Purpose | None = None
    language: Language | None = None
    body: Words | None = None
    status: TemplateStatus | None = None
    category: Category | None = None
    severity: Severity | None = None
    title: str | None = None
    workaround: str | None = None
    length_minutes: int | None = None
    components: tuple[str, ...] | None = None
    active: bool | None = None
    version: Version = None
