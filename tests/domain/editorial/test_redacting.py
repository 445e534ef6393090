"""What was taken out of an incident is not written there again by a draft."""

import pytest
from sqlalchemy.orm import Session

from statuspage.domain.editorial.actions import Typed, publish_due, save_draft
from statuspage.domain.editorial.actions.redacting import redact_everywhere, retitle_everywhere
from statuspage.domain.editorial.models import Draft
from statuspage.domain.incidents.actions import Redaction, TitleRedaction
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref
from tests.domain.editorial.desk import REF, bodies, opened, send
from tests.kit.cast import Cast, says
from tests.kit.clock import FrozenClock

FIRST = "Jane Doe told us."


@pytest.fixture
def incident(session: Session, cast: Cast, clock: FrozenClock) -> Incident:
    return opened(session, cast, clock.now(), update=says(FIRST))


def test_a_passage_goes_from_what_is_being_written(
    session: Session, cast: Cast, clock: FrozenClock, incident: Incident
) -> None:
    fields = {"body": ["Jane\r\nDoe told us more."], "status": ["identified"], "level.web": ["partial_outage"]}
    draft = save_draft(session, incident, Typed(fields), by=cast.ada, now=clock.now())
    before = draft.version
    redact_everywhere(session, incident.updates[0], Redaction("Jane Doe", "A name"), by=cast.ben, now=clock.now())
    assert draft.fields == {**fields, "body": ["[…] told us more."]}
    assert draft.version > before, "who writes in another window is told"


def test_what_waits_goes_out_without_it(session: Session, cast: Cast, clock: FrozenClock, incident: Incident) -> None:
    send(session, cast.ben, clock.now(), "Jane Doe told us more.")
    redact_everywhere(session, incident.updates[0], Redaction("Jane Doe", "A name"), by=cast.ben, now=clock.now())
    assert publish_due(session, clock.advance(minutes=1)) == 1
    assert bodies(session) == ["[…] told us.", "[…] told us more."]


def test_the_draft_of_a_text_that_is_gone_is_emptied(
    session: Session, cast: Cast, clock: FrozenClock, incident: Incident
) -> None:
    draft_id = send(session, cast.ben, clock.now(), "All wrong.").id
    publish_due(session, clock.advance(minutes=1))
    session.expire_all()
    said = incident_by_ref(session, REF, EVERYTHING).updates[0]
    redact_everywhere(session, said, Redaction(None, "Wrong"), by=cast.ben, now=clock.now())
    kept = session.get_one(Draft, draft_id)
    assert (kept.fields, kept.word) == ({}, None)


def test_a_title_is_replaced_in_drafts(session: Session, cast: Cast, clock: FrozenClock, incident: Incident) -> None:
    assert incident.public_title is not None
    fields = {"public_title": [incident.public_title], "body": [incident.public_title]}
    draft = save_draft(session, incident, Typed(fields), by=cast.ada, now=clock.now())
    other = TitleRedaction("Payments fail", "A name")
    retitle_everywhere(session, incident, other, by=cast.ben, now=clock.now())
    assert draft.fields == {"public_title": ["Payments fail"], "body": fields["body"]}
