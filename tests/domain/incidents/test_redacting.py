"""Taking words out for good: every wording, what customers can do, titles; never a word of it in the records."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.audit.queries import lines_about
from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.access import Answer, create_token, remember_answer
from statuspage.domain.accounts.enums import Scope
from statuspage.domain.accounts.models import RememberedAnswer
from statuspage.domain.incidents.actions import (
    Correction,
    Redaction,
    TitleRedaction,
    UpdateDraft,
    correct_update,
    merge_incident,
    post_update,
    retract_update,
)
from statuspage.domain.incidents.actions.redacting import redact_update, still_said
from statuspage.domain.incidents.actions.retitling import redact_title
from statuspage.domain.incidents.enums import UpdateVisibility
from statuspage.domain.incidents.models import Incident, Removal, Update
from statuspage.domain.incidents.queries import EVERYTHING, IncidentFilter, incident_by_ref, incidents_page
from statuspage.outbox.models import Event
from statuspage.outbox.publications import newest_number
from tests.domain import stage
from tests.domain.stage import BEN
from tests.kit.cast import says
from tests.kit.clock import FrozenClock

NAME = "Jane Doe"


@pytest.fixture
def incident(session: Session, clock: FrozenClock) -> Incident:
    stage.components(session, clock.now())
    return stage.outage(session, clock.now())


def say(session: Session, incident: Incident, now: object, body: str, **more: object) -> Update:
    update = post_update(session, incident, says(body, **more), by=BEN, now=now)
    session.refresh(incident, ["updates"])
    return update


def take_out(
    session: Session, update: Update, clock: FrozenClock, passage: str | None = NAME, **more: object
) -> Removal:
    draft = Redaction(passage, **{"reason": "Names a customer", **more})
    return redact_update(session, update, draft, by=BEN, now=clock.advance(minutes=1))


def test_every_wording_loses_the_passage(session: Session, clock: FrozenClock, incident: Incident) -> None:
    said = say(session, incident, clock.now(), f"{NAME} told us.")
    correct_update(session, said, Correction(f"{NAME} and others told us.", "Typo"), by=BEN, now=clock.now())
    number = newest_number(session)
    removal = take_out(session, said, clock)
    assert [version.body for version in said.versions] == ["[…] told us.", "[…] and others told us."]
    assert (removal.places, removal.whole, removal.by_name) == (2, False, "Ben Okafor")
    assert said.redacted_at == incident.public_changed_at == clock.now()
    assert newest_number(session) == number + 1


def test_the_whole_text_goes_without_a_passage(session: Session, clock: FrozenClock, incident: Incident) -> None:
    said = say(session, incident, clock.now(), "All wrong.", workaround="Call Jane.")
    correct_update(session, said, Correction("All of it wrong."), by=BEN, now=clock.now())
    assert take_out(session, said, clock, None).whole
    assert {version.body for version in said.versions} == {""}
    assert incident.workaround == "", "it came with this update"
    with pytest.raises(Invalid, match="nothing left"):
        take_out(session, said, clock, None)


def test_advice_of_an_earlier_update_stays(session: Session, clock: FrozenClock, incident: Incident) -> None:
    say(session, incident, clock.now(), "First.", workaround="Pay by card.")
    later = say(session, incident, clock.now() + timedelta(minutes=1), "Second.")
    take_out(session, later, clock, None)
    assert incident.workaround == "Pay by card."


def test_advice_loses_the_passage_in_every_wording_that_repeats_it(
    session: Session, clock: FrozenClock, incident: Incident
) -> None:
    first = say(session, incident, clock.now(), f"{NAME} helps.", workaround=f"Call {NAME}.")
    later = say(session, incident, clock.now() + timedelta(minutes=1), "Still down.")
    take_out(session, first, clock)
    assert incident.workaround == later.current.workaround == "Call […]."


def test_a_note_is_redacted_without_touching_the_page(session: Session, clock: FrozenClock, incident: Incident) -> None:
    say(session, incident, clock.now(), "Down.", workaround=f"Call {NAME}.")
    note = post_update(
        session, incident, UpdateDraft(f"{NAME} is angry.", UpdateVisibility.INTERNAL_NOTE), by=BEN, now=clock.now()
    )
    session.refresh(incident, ["updates"])
    number = newest_number(session)
    take_out(session, note, clock)
    assert (note.current.body, incident.workaround) == ("[…] is angry.", f"Call {NAME}.")
    assert newest_number(session) == number


def test_a_retracted_update_can_be_redacted_too(session: Session, clock: FrozenClock, incident: Incident) -> None:
    said = say(session, incident, clock.now(), f"{NAME} told us.")
    retract_update(session, said, f"{NAME} objects", by=BEN, now=clock.now())
    take_out(session, said, clock)
    assert (said.current.body, said.retraction_reason) == ("[…] told us.", "[…] objects")


def test_what_is_not_there_is_refused_with_its_field(session: Session, clock: FrozenClock, incident: Incident) -> None:
    said = say(session, incident, clock.now(), "Nobody told us.")
    refused: list[tuple[dict[str, object], str]] = [
        ({"passage": NAME}, "passage"),
        ({"passage": "  "}, "passage"),
        ({"passage": "told us", "reason": " "}, "reason"),
        ({"passage": "told us", "reason": "They told  us so"}, "reason"),
    ]
    for given, field in refused:
        with pytest.raises(Invalid) as told:
            take_out(session, said, clock, **given)
        assert list(told.value.fields) == [field]
    assert said.current.body == "Nobody told us."


def test_words_corrected_meanwhile_are_looked_at(session: Session, clock: FrozenClock, incident: Incident) -> None:
    said = say(session, incident, clock.now(), f"{NAME} told us.")
    correct_update(session, said, Correction("Somebody told us."), by=BEN, now=clock.now())
    with pytest.raises(Conflict):
        take_out(session, said, clock, seen_version=1)


def test_who_and_why_is_kept_and_not_what(session: Session, clock: FrozenClock, incident: Incident) -> None:
    said = say(session, incident, clock.now(), f"{NAME} told us.")
    take_out(session, said, clock)
    line = lines_about(session, "incident", incident.id)[0]
    assert (line.action, line.details["reason"], line.details["places"]) == (
        "incident.update_redacted",
        "Names a customer",
        1,
    )
    assert NAME not in str([line.details for line in lines_about(session, "incident", incident.id)])


def test_other_updates_that_say_it_are_named(session: Session, clock: FrozenClock, incident: Incident) -> None:
    one = say(session, incident, clock.now(), f"{NAME} told us.")
    other = say(session, incident, clock.now() + timedelta(minutes=1), "Jane\nDoe waits.")
    take_out(session, one, clock)
    assert still_said(incident, NAME) == [other]


def test_the_search_finds_it_no_more(session: Session, clock: FrozenClock, incident: Incident) -> None:
    said = say(session, incident, clock.now(), "Quixotic faults.")
    found = IncidentFilter(search="quixotic")
    assert incidents_page(session, EVERYTHING, found)
    take_out(session, said, clock, "Quixotic")
    assert not incidents_page(session, EVERYTHING, found)


def test_a_repeated_request_is_answered_without_it(session: Session, clock: FrozenClock, incident: Incident) -> None:
    said = say(session, incident, clock.now(), f'"{NAME}" told\nus.')
    token, _ = create_token(session, "t", Scope.PUBLISH, None, by=BEN, now=clock.now())
    bodies = [f'{{"id":"{one}","body":"\\"{NAME}\\" told\\nus.","x":1}}' for one in (said.id, token.id)]
    for key, body in zip("ab", bodies, strict=True):
        remember_answer(session, token.id, key, Answer("h", 201, None, body), now=clock.now())
    take_out(session, said, clock)
    kept = session.scalars(select(RememberedAnswer).order_by(RememberedAnswer.key)).all()
    session.expire_all()
    assert [row.body for row in kept] == [f'{{"id":"{said.id}","body":"\\"[…]\\" told\\nus.","x":1}}', bodies[1]]


def test_a_title_is_replaced_wherever_it_is_said(session: Session, clock: FrozenClock, incident: Incident) -> None:
    child = stage.outage(session, clock.now(), slug="mail")
    incident.public_title = incident.title = "Fire [at] Doe & Sons"
    merge_incident(session, child, incident, "https://status.example.com/incidents/x", by=BEN, now=clock.now())
    event = session.scalars(select(Event).where(Event.thread_id == incident.id)).one()
    event.payload = {"title": incident.public_title}
    draft = TitleRedaction("Payments fail", "Names a customer", seen_version=None)
    redact_title(session, incident, draft, by=BEN, now=clock.advance(minutes=1))
    assert (incident.public_title, incident.title) == ("Payments fail", "Payments fail")
    assert incident.title_redacted_at == clock.now()
    assert event.payload == {"title": "Payments fail"}
    child = incident_by_ref(session, child.ref, EVERYTHING)
    assert child.updates[0].current.body == "Continues in [Payments fail](https://status.example.com/incidents/x)."
    row = session.scalars(select(Removal)).one()
    assert (row.update_id, row.places) == (None, 3)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (TitleRedaction("Payments fail", "Why"), "public_title"),
        (TitleRedaction(" ", "Why"), "public_title"),
        (TitleRedaction("x" * 10_000, "Why"), "public_title"),
        (TitleRedaction("Checkout", ""), "reason"),
        (TitleRedaction("Checkout", "Payments fail was wrong"), "reason"),
    ],
)
def test_a_title_that_cannot_stand_is_refused(
    session: Session, clock: FrozenClock, incident: Incident, draft: TitleRedaction, field: str
) -> None:
    with pytest.raises(Invalid) as told:
        redact_title(session, incident, draft, by=BEN, now=clock.now())
    assert list(told.value.fields) == [field]


def test_an_internal_incident_has_no_title_to_redact(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    inside = stage.outage(session, clock.now(), public=False)
    with pytest.raises(Invalid):
        redact_title(session, inside, TitleRedaction("Other", "Why"), by=BEN, now=clock.now())
