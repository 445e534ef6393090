"""What a publication costs does not grow with what has happened before."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.cli.seed.sowing import Amount, sow
from statuspage.core.links import Links
from statuspage.core.paths import static_dir
from statuspage.domain.incidents.actions import UpdateDraft, post_update
from statuspage.domain.incidents.models import Incident
from statuspage.outbox.models import Publication
from statuspage.publish import pages
from statuspage.publish.assets import Assets
from statuspage.publish.memory import Memory
from statuspage.publish.plan import tick_of
from statuspage.publish.reading import share_reading
from statuspage.publish.site import Site
from tests.kit.cast import Cast, declare
from tests.kit.clock import FrozenClock
from tests.kit.statements import statements

# Enough for the lists of pages to be full. They share what is in several of them, so one more or less may be read.
FEW = Amount(incidents=160, components=4, subscribers=0, days=160, updates=3)
MANY = Amount(incidents=240, components=1, subscribers=0, days=800, updates=3)
ONE_LIST = 7


@pytest.fixture
def incident(session: Session, cast: Cast, clock: FrozenClock) -> Incident:
    """An incident that began ten days ago and is still open."""
    return declare(session, cast.ben, clock.now() - timedelta(days=10))


def _publish(session: Session, incident: Incident, cast: Cast, clock: FrozenClock) -> tuple[int, int]:
    """Say something about an incident; return how many pages that touches, and the statements that render them."""
    site = Site(Links("https://status.example.com"), "Acme", "UTC", "en", Assets(static_dir()))
    as_of = tick_of(clock.advance(minutes=5))
    post_update(session, incident, UpdateDraft("Still looking."), by=cast.ben, now=clock.now())
    session.flush()
    touches = session.scalars(select(Publication.touches).order_by(Publication.number.desc())).first()
    assert touches
    session.expunge_all()
    with statements() as made:
        share_reading(session, Memory())
        paths = pages.touched_paths(session, touches, as_of)
        rendered = [pages.render(session, path, site, as_of) for path in sorted(paths)]
    return len([page for page in rendered if page]), len(made)


@pytest.mark.soak_on("postgresql")
def test_an_update_costs_the_same_whatever_happened_before(
    session: Session, incident: Incident, cast: Cast, clock: FrozenClock
) -> None:
    sow(session, FEW, clock.now(), lambda steps: None)
    few = _publish(session, incident, cast, clock)
    sow(session, MANY, clock.now(), lambda steps: None)
    again = session.get_one(Incident, incident.id)
    many = _publish(session, again, cast, clock)
    assert few[0] == many[0] > 15
    assert many[1] <= few[1] + ONE_LIST < 100
