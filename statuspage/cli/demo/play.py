"""Carries the story out through the domain's own actions, in the order in which things happened.

Nothing is written around the domain: what the demo shows is what the same clicks would have made. Only the youngest
incident and the coming maintenance tell subscribers.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from statuspage.audit.actor import SYSTEM, Actor, ActorKind
from statuspage.cli.demo.incidents import incident_beats
from statuspage.cli.demo.maintenances import maintenance_beats
from statuspage.cli.demo.readers import reader_beats
from statuspage.cli.demo.stage import Beat, Stage
from statuspage.cli.demo.story import Company, Follower, Person, Story
from statuspage.core.languages import Language
from statuspage.domain.accounts.actions import NewUser, create_user
from statuspage.domain.components.actions import ComponentDraft, create_component, create_group, seed_profile
from statuspage.domain.subscribers.actions import Choices, add_subscriber, request_subscription

FOUNDED = timedelta(days=400)


def play(session: Session, story: Story, password: str, now: datetime) -> None:
    """Fill an empty database with the story as it stands at `now`; everybody in the team gets `password`."""
    company = story.company
    founded = now - FOUNDED
    seed_profile(session, company.name, company.timezone, Language.EN, now=founded)
    _build(session, company, founded)
    stage = Stage(session, _hire(session, company, password, founded), now, ZoneInfo(company.timezone))
    beats = [_subscription(stage, follower) for follower in company.subscribers]
    for told in story.incidents:
        beats += incident_beats(stage, told)
    for work in story.maintenances:
        beats += maintenance_beats(stage, work)
    beats += reader_beats(stage, story.readers)
    for beat in sorted(beats, key=lambda beat: beat.at):
        beat.act(beat.at)


def address_of(company: Company, person: Person) -> str:
    """Return somebody's mail address; `.example` belongs to nobody (RFC 2606)."""
    return f"{person.key}@{company.name.lower()}.example"


def _hire(session: Session, company: Company, password: str, now: datetime) -> dict[str, Actor]:
    cast = {}
    for person in company.people:
        draft = NewUser(address_of(company, person), person.name, person.role)
        user = create_user(session, draft, password, by=SYSTEM, now=now)
        cast[person.key] = Actor(ActorKind.USER, user.name, user.id)
    return cast


def _build(session: Session, company: Company, now: datetime) -> None:
    for told in company.groups:
        group = create_group(session, told.name, told.description, by=SYSTEM, now=now)
        for component in told.components:
            draft = ComponentDraft(**component.model_dump(), group=group.slug)
            create_component(session, draft, by=SYSTEM, now=now)


def _subscription(stage: Stage, follower: Follower) -> Beat:
    choices = Choices(follower.components, follower.minimum_impact, follower.maintenance, follower.locale)

    def subscribe(now: datetime) -> None:
        if follower.confirmed:
            add_subscriber(stage.session, follower.email, choices, confirmed=True, by=SYSTEM, now=now)
        else:
            request_subscription(stage.session, follower.email, choices, now=now)

    return Beat(stage.now - timedelta(days=follower.since), subscribe)
