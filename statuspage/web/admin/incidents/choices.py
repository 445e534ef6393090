"""What a form about incidents offers, as (value, words) in the order of showing."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from statuspage.domain.accounts.queries import users
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.queries import components, groups
from statuspage.domain.incidents.enums import (
    Category,
    IncidentState,
    PublicStatus,
    ResolutionKind,
    Severity,
    Source,
)
from statuspage.domain.incidents.rules import OPEN_STATES
from statuspage.web.admin.incidents.prefill import SEVERITY_WORDS
from statuspage.web.kit.current import session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from statuspage.domain.components.models import Component, ComponentGroup

Options = list[tuple[str, str]]


def spoken(word: str) -> str:
    """Return an enum's word as a person says it."""
    return word.replace("_", " ").capitalize()


LEVELS: Options = [
    ("", "not affected"),
    *((level.value, spoken(level)) for level in ComponentStatus if level.endswith(("performance", "outage"))),
]
NOW_LEVELS: Options = [(ComponentStatus.OPERATIONAL.value, "Operational again"), *LEVELS[1:]]
SEVERITIES: Options = [(word.value, f"{word.upper()}: {SEVERITY_WORDS[word]}") for word in Severity]
STATUSES: Options = [(word.value, spoken(word)) for word in PublicStatus]
STATES: Options = [(word.value, spoken(word)) for word in IncidentState]
MOVES: Options = [("", "leave as it is"), *((word.value, spoken(word)) for word in OPEN_STATES)]
SOURCES: Options = [(word.value, spoken(word)) for word in Source]
CATEGORIES: Options = [("", "not said"), *((word.value, spoken(word)) for word in Category)]
ENDINGS: Options = [("", "not said"), *((word.value, spoken(word)) for word in ResolutionKind)]


@dataclass(frozen=True)
class Shelf:
    """A group and its components; those without one stand under none."""

    group: "ComponentGroup | None"
    components: "Sequence[Component]"

    @property
    def name(self) -> str:
        """The heading; empty without a group."""
        return self.group.name if self.group else ""


def shelves(*, without: set[str] | None = None, empty: bool = False) -> list[Shelf]:
    """Return every component under its group, in the page's order; `without` leaves out slugs, `empty` keeps groups
    that have none."""
    placed: dict[uuid.UUID | None, list[Component]] = defaultdict(list)
    for row in components(session()):
        if row.slug not in (without or set()):
            placed[row.group_id].append(row)
    found = [Shelf(group, placed[group.id]) for group in groups(session())]
    found.append(Shelf(None, placed[None]))
    return [shelf for shelf in found if shelf.components or (empty and shelf.group)]


def names_of_people() -> dict[uuid.UUID, str]:
    """Return the name of everybody in the team."""
    return {user.id: user.name for user in users(session())}
