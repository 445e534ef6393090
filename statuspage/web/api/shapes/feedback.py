"""What readers tell us."""

import uuid

from statuspage.domain.feedback.enums import Handling, ReportKind, Verdict
from statuspage.web.api.shapes.base import Instant, ListQuery, Shape


class ReportShape(Shape):
    """What one reader reported. Whether an address was left is not said."""

    id: uuid.UUID
    kind: ReportKind
    component: str | None
    """The slug of the component it is about; null when none was named."""
    incident: str | None
    """The ref of the incident it is part of."""
    words: str
    locale: str
    created_at: Instant
    dismissed_at: Instant | None
    verdict: Verdict | None
    """What was answered to "fixed, or still broken?"."""
    answered_at: Instant | None


class FeedbackQuery(ListQuery):
    """Which reports."""

    component: str = ""
    """A slug."""
    incident: str = ""
    """A ref."""
    kind: ReportKind | None = None
    handling: Handling | None = None
    """What became of it."""
    q: str = ""
    """A part of the words."""


class CountShape(Shape):
    """How many said yes and how many no."""

    yes: int
    no: int


class HelpfulShape(Shape):
    """How many said that an update (its id) helped them."""

    update: uuid.UUID
    yes: int
    no: int


class HeardShape(Shape):
    """What readers said of an incident."""

    problems: int
    still_seen: int
    said_fixed: int
    said_broken: int
    told_soon: CountShape
    fixed_soon: CountShape
    helpful: list[HelpfulShape]
