"""One message of every kind in every language, as plain facts: what the tests of messages write, look at, compare."""

import uuid
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

from statuspage.core.languages import Language, speech
from statuspage.core.links import Links
from statuspage.delivery.messages.facts import (
    ApprovalFacts,
    ComponentFacts,
    EarlierFacts,
    Facts,
    FollowUpFacts,
    NoticeFacts,
    SiteFacts,
    StoryFacts,
)
from statuspage.delivery.messages.marks import Marks, Slot
from statuspage.delivery.messages.mime import compose
from statuspage.delivery.messages.rendering import write_letter
from statuspage.delivery.messages.words import Tone
from statuspage.outbox.enums import EventKind

SITE = SiteFacts("Acme Status", "Europe/Berlin", Links("https://status.example.com"), "status@example.com")
BEGAN = datetime(2026, 11, 18, 13, 3, tzinfo=UTC)
NONCE = "0123456789abcdef" * 2
VALUES = {
    Slot.ADDRESS: "sam@example.net",
    Slot.DELIVERY: "d" * 32,
    Slot.RECIPIENT: "e" * 32,
    Slot.MANAGE: "M" * 43,
    Slot.UNSUBSCRIBE: "U" * 43,
    Slot.TOKEN: "T" * 43,
}
BODY = """Requests to the **API** fail for about one in five customers. We have found the cause: a full disk on one
of the database servers. We are moving traffic away from it.

- Web: slow, but usable
- Mail: delayed by up to ten minutes

See [the guide](https://docs.example.com/retry?a=1&b=2) and `GET /v1/orders`."""


def story(**changes: object) -> StoryFacts:
    """Return the first word about an incident, with `changes`."""
    facts: dict[str, object] = {
        "thread": uuid.UUID(int=1),
        "code": "k3v9x2m4p7qa",
        "update": "u8x2k4m9p1za",
        "path": "/incidents/k3v9x2m4p7qa",
        "title": "API errors for some requests",
        "status": "investigating",
        "state": "Investigating",
        "tone": Tone.MAJOR,
        "impact": "Major impact",
        "body": BODY,
        "at": BEGAN + timedelta(minutes=9),
        "started_at": BEGAN,
    }
    return StoryFacts(**(facts | changes))


def _maintenance(state: str, level: str, tone: Tone) -> StoryFacts:
    return story(
        path="/maintenance/k3v9x2m4p7qa",
        title="Move of the order database to new hardware",
        body="Orders can be read but not changed for about ten minutes.",
        status="scheduled",
        state=state,
        tone=tone,
        impact="",
        ended_at=BEGAN + timedelta(hours=2),
        components=(ComponentFacts("API", level),),
    )


def _components(language: Language, *levels: str) -> tuple[ComponentFacts, ...]:
    return tuple(
        ComponentFacts(name, speech(language).gettext(level))
        for name, level in zip(("API", "Mail"), levels, strict=True)
    )


def _incidents(language: Language) -> dict[EventKind, Facts]:
    said = speech(language).gettext
    down = _components(language, "partial outage", "degraded performance")
    first = {"state": said("Investigating"), "impact": said("Major impact")}
    plain = {"tone": Tone.PLAIN, "impact": ""}
    return {
        EventKind.INCIDENT_OPENED: story(
            **first,
            next_update_at=BEGAN + timedelta(minutes=40),
            workaround="Repeat failed requests after a few seconds; no data is lost.",
            components=down,
        ),
        EventKind.INCIDENT_UPDATED: story(
            status="identified",
            state=said("Identified"),
            tone=Tone.CRITICAL,
            impact=said("Critical impact"),
            components=down,
            next_update_at=BEGAN + timedelta(hours=10, minutes=30),
            earlier=(EarlierFacts(said("Investigating"), BEGAN + timedelta(minutes=4), "We are looking into it."),),
        ),
        EventKind.INCIDENT_CURRENT: story(**first, next_update_at=BEGAN + timedelta(minutes=40), components=down),
        EventKind.INCIDENT_CORRECTED: story(**plain, state=said("Correction"), note="The share was wrong."),
        EventKind.INCIDENT_RETRACTED: story(
            **plain, state=said("Retracted"), body="", note="It was meant for another incident."
        ),
        EventKind.INCIDENT_RESOLVED: story(
            status="resolved",
            state=said("Resolved"),
            tone=Tone.CALM,
            impact="",
            body="The API answers normally again. No data was lost.",
            ended_at=BEGAN + timedelta(minutes=65),
            components=_components(language, "operational", "operational"),
        ),
    }


def _maintenances(language: Language) -> dict[EventKind, Facts]:
    said = speech(language).gettext
    told = {
        EventKind.MAINTENANCE_ANNOUNCED: ("Planned maintenance", Tone.PLANNED),
        EventKind.MAINTENANCE_REMINDER: ("Maintenance reminder", Tone.PLANNED),
        EventKind.MAINTENANCE_UPDATED: ("Maintenance update", Tone.PLANNED),
        EventKind.MAINTENANCE_STARTED: ("Maintenance in progress", Tone.PLANNED),
        EventKind.MAINTENANCE_COMPLETED: ("Maintenance completed", Tone.CALM),
        EventKind.MAINTENANCE_CANCELLED: ("Maintenance cancelled", Tone.PLAIN),
    }
    return {kind: _maintenance(said(state), said("under maintenance"), tone) for kind, (state, tone) in told.items()}


_PERSONAL: dict[EventKind, Facts] = {
    EventKind.SUBSCRIBER_CONFIRM: NoticeFacts(minutes=48 * 60),
    EventKind.ACCOUNT_INVITE: NoticeFacts(minutes=7 * 24 * 60, role="publisher"),
    EventKind.ACCOUNT_RESET: NoticeFacts(minutes=30),
    EventKind.APPROVAL_ASKED: ApprovalFacts(
        "Ada Novak", "INC-2026-0042", "Route B drops one request in five", f"incidents/drafts/{uuid.UUID(int=7)}"
    ),
    EventKind.APPROVAL_WAIVED: ApprovalFacts(
        "Ben Okafor",
        "INC-2026-0042",
        "Route B drops one request in five",
        "incidents/INC-2026-0042#update-u8x2k4m9p1za",
        "Everybody else is asleep & the page said nothing yet",
    ),
    EventKind.REPORT_FOLLOW_UP: FollowUpFacts("API errors for some requests", "/incidents/k3v9x2m4p7qa"),
    EventKind.MAIL_TEST: NoticeFacts(),
}


def stock(language: Language) -> dict[EventKind, Facts]:
    """Return the facts of one message of every kind, as they are read for a language."""
    return _incidents(language) | _maintenances(language) | _PERSONAL


STOCK = stock(Language.EN)
LISTS = [kind for kind, facts in STOCK.items() if isinstance(facts, StoryFacts)]
PERSONAL = list(_PERSONAL)


def written(
    kind: EventKind, facts: Facts | None = None, site: SiteFacts = SITE, language: Language = Language.EN
) -> bytes:
    """Return the bytes of one message to Sam."""
    marks = Marks(NONCE)
    letter = write_letter(kind, speech(language), facts or stock(language)[kind], site, BEGAN, marks=marks)
    return compose(letter, marks).fill(VALUES)


def parsed(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def part(raw: bytes, kind: str) -> str:
    """Return the text (`plain`) or the HTML (`html`) of a message, with `\\n` line ends and plain spaces."""
    body = parsed(raw).get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n").replace("&nbsp;", " ")
