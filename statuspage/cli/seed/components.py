"""Groups and components of the load test."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from itertools import chain, count, islice, product
from typing import NamedTuple

from statuspage.cli.seed.chance import Chance, words
from statuspage.cli.seed.ground import Ground
from statuspage.cli.seed.rows import Rows
from statuspage.core.text import slug_of
from statuspage.domain.components.enums import Visibility
from statuspage.domain.components.models import Component, ComponentGroup

PER_GROUP = 12
_INTERNAL, _ALONE = 0.05, 0.06


class Place(NamedTuple):
    """A component to which something may happen; `service` is what texts call it."""

    id: uuid.UUID
    slug: str
    service: str
    public: bool


def make_components(rows: Rows, wanted: int, there: Ground, founded: datetime) -> list[Place]:
    """Add `wanted` components under about a twelfth as many groups, all since `founded`."""
    chance = rows.chance
    groups = _make_groups(rows, max(1, wanted // PER_GROUP), there, founded)
    made = []
    for number, name in enumerate(islice(_names(chance), wanted), 1):
        service = name.partition(" in ")[0]
        public = number == 1 or not chance.happens(_INTERNAL)
        slug = _free(slug_of(name), there.slugs)
        component_id = rows.add(
            Component,
            founded,
            code=chance.code(),
            slug=slug,
            name=name,
            description=f"{service} for customers of {chance.one('regions')}." if chance.happens(0.5) else "",
            owner_team=chance.one("teams"),
            runbook_url=f"https://runbooks.acme.example/{slug}",
            group_id=None if chance.happens(_ALONE) else groups[number % len(groups)],
            position=there.position + number,
            visibility=Visibility.PUBLIC if public else Visibility.INTERNAL,
            started_at=founded,
            created_at=founded,
            updated_at=founded,
        )
        rows.record(founded, "component.created", ("component", component_id), name=name)
        made.append(Place(component_id, slug, service, public))
    return made


def _make_groups(rows: Rows, wanted: int, there: Ground, founded: datetime) -> list[uuid.UUID]:
    names = (f"{name} {number}" if number else name for number in count() for name in words()["groups"])
    return [
        rows.add(
            ComponentGroup,
            founded,
            code=rows.chance.code(),
            slug=_free(slug_of(name), there.group_slugs),
            name=name,
            position=there.group_position + number,
            created_at=founded,
            updated_at=founded,
        )
        for number, name in enumerate(islice(names, wanted), 1)
    ]


def _names(chance: Chance) -> Iterator[str]:
    """Yield names without end: services, services by region, then numbered ones."""
    yield from words()["services"]
    placed = [f"{service} in {region}" for service, region in product(words()["services"], words()["regions"])]
    chance.shuffle(placed)
    yield from placed
    yield from (f"{name} {number}" for number in count(2) for name in placed)


def _free(slug: str, taken: set[str]) -> str:
    """Return `slug`, numbered when it is taken already, and note that it is taken now."""
    numbered = (f"{slug}-{number}" for number in count(2))
    found = next(one for one in chain([slug], numbered) if one not in taken)
    taken.add(found)
    return found
