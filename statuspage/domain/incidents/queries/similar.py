"""Earlier incidents like one, by components and words."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

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
    query = select(Incident).where(Incident.id < incident.id, visible_to(reader))
    query = query.where(or_(Incident.id.in_(shares), *named))
    found = session.scalars(with_components(query.order_by(Incident.id.desc()).limit(CONSIDERED))).all()
    slugs = {row.component.slug for row in incident.components}

    def alike(other: Incident) -> int:
        return likeness(slugs, words, ({row.component.slug for row in other.components}, other.title))

    ranked = sorted((other for other in found if alike(other)), key=alike, reverse=True)
    return ranked[:limit]
