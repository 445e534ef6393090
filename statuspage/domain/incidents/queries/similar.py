"""Earlier incidents like one, by components and words."""

import uuid
from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from statuspage.domain.components.models import Component
from statuspage.domain.incidents.models import Incident, IncidentComponent
from statuspage.domain.incidents.queries.readers import Reader, visible_to, with_components
from statuspage.domain.incidents.search.words import likeness, telling_words

CONSIDERED = 60


def similar_incidents(session: Session, incident: Incident, reader: Reader, limit: int = 5) -> Sequence[Incident]:
    """Return at most `limit` earlier incidents like a loaded one, the most alike first, then the newest.

    Of the newest ones that share a component or a word of the title, those `reader` may know of are compared.
    """
    ids = [row.component_id for row in incident.components]
    words = telling_words(incident.title)
    shares = select(IncidentComponent.incident_id).where(IncidentComponent.component_id.in_(ids))
    named = (Incident.title.icontains(word, autoescape=True) for word in words)
    earlier = select(Incident.id, Incident.title).where(Incident.id < incident.id, visible_to(reader))
    earlier = earlier.where(or_(Incident.id.in_(shares), *named)).order_by(Incident.id.desc()).limit(CONSIDERED)
    titles = dict(session.execute(earlier).all())
    slugs = _slugs_of(session, [incident.id, *titles])
    alike = {one: likeness(slugs[incident.id], words, (slugs[one], title)) for one, title in titles.items()}
    ranked = sorted((one for one in titles if alike[one]), key=lambda one: alike[one], reverse=True)[:limit]
    found = {one.id: one for one in session.scalars(with_components(select(Incident).where(Incident.id.in_(ranked))))}
    return [found[one] for one in ranked]


def _slugs_of(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    """Return the slugs of the components of each of those incidents: of sixty, rows are too dear."""
    named = select(IncidentComponent.incident_id, Component.slug).join(
        Component, Component.id == IncidentComponent.component_id
    )
    found: dict[uuid.UUID, set[str]] = {one: set() for one in ids}
    for incident_id, slug in session.execute(named.where(IncidentComponent.incident_id.in_(ids))):
        found[incident_id].add(slug)
    return found
