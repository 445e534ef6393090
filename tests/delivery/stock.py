"""One message of every kind, as plain facts: what the tests of messages write, look at and compare."""

import uuid
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

from statuspage.core.links import Links
from statuspage.delivery.messages.facts import (
    ApprovalFacts,
    ComponentFacts,
    EarlierFacts,
    Facts,
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

_DOWN = (ComponentFacts("API", "partial outage"), ComponentFacts("Mail", "degraded performance"))
_UP = (ComponentFacts("API", "operational"), ComponentFacts("Mail", "operational"))


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


def _maintenance(state: str, tone: Tone) -> StoryFacts:
    return story(
        path="/maintenance/k3v9x2m4p7qa",
        title="Move of the order database to new hardware",
        body="Orders can be read but not changed for about ten minutes.",
        status="scheduled",
        state=state,
        tone=tone,
        impact="",
        ended_at=BEGAN + timedelta(hours=2),
        components=(ComponentFacts("API", "under maintenance"),),
    )


STOCK: dict[EventKind, Facts] = {
    EventKind.INCIDENT_OPENED: story(
        next_update_at=BEGAN + timedelta(minutes=40),
        workaround="Repeat failed requests after a few seconds; no data is lost.",
        components=_DOWN,
    ),
    EventKind.INCIDENT_UPDATED: story(
        status="identified",
        state="Identified",
        tone=Tone.CRITICAL,
        impact="Critical impact",
        components=_DOWN,
        next_update_at=BEGAN + timedelta(hours=10, minutes=30),
        earlier=(EarlierFacts("Investigating", BEGAN + timedelta(minutes=4), "We are looking into it."),),
    ),
    EventKind.INCIDENT_CURRENT: story(next_update_at=BEGAN + timedelta(minutes=40), components=_DOWN),
    EventKind.INCIDENT_CORRECTED: story(state="Correction", tone=Tone.PLAIN, impact="", note="The share was wrong."),
    EventKind.INCIDENT_RETRACTED: story(
        state="Retracted", tone=Tone.PLAIN, impact="", body="", note="It was meant for another incident."
    ),
    EventKind.INCIDENT_RESOLVED: story(
        status="resolved",
        state="Resolved",
        tone=Tone.CALM,
        impact="",
        body="The API answers normally again. No data was lost.",
        ended_at=BEGAN + timedelta(minutes=65),
        components=_UP,
    ),
    EventKind.MAINTENANCE_ANNOUNCED: _maintenance("Planned maintenance", Tone.PLANNED),
    EventKind.MAINTENANCE_REMINDER: _maintenance("Maintenance reminder", Tone.PLANNED),
    EventKind.MAINTENANCE_UPDATED: _maintenance("Maintenance update", Tone.PLANNED),
    EventKind.MAINTENANCE_STARTED: _maintenance("Maintenance in progress", Tone.PLANNED),
    EventKind.MAINTENANCE_COMPLETED: _maintenance("Maintenance completed", Tone.CALM),
    EventKind.MAINTENANCE_CANCELLED: _maintenance("Maintenance cancelled", Tone.PLAIN),
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
    EventKind.MAIL_TEST: NoticeFacts(),
}
LISTS = [kind for kind, facts in STOCK.items() if isinstance(facts, StoryFacts)]
PERSONAL = [kind for kind in STOCK if kind not in LISTS]


def written(kind: EventKind, facts: Facts | None = None, site: SiteFacts = SITE, locale: str = "en") -> bytes:
    """Return the bytes of one message to Sam."""
    marks = Marks(NONCE)
    letter = write_letter(kind, locale, facts or STOCK[kind], site, BEGAN, marks=marks)
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
