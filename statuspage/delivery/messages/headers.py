"""The header sets. What goes to subscribers is bulk mail and carries one-click unsubscribing (RFC 8058, RFC 2369); what
concerns one person's account is not and carries none. Every value is one line of ASCII."""

from statuspage.core.languages import Language
from statuspage.core.links import Links
from statuspage.delivery.messages.facts import SiteFacts, StoryFacts
from statuspage.delivery.messages.marks import Marks, Slot
from statuspage.outbox.enums import EventKind

_PRODUCT = "statuspage"
_OPENING = (EventKind.INCIDENT_OPENED, EventKind.MAINTENANCE_ANNOUNCED)

Headers = tuple[tuple[str, str], ...]


def _host(links: Links) -> str:
    return "".join(letter if letter.isalnum() or letter in ".-" else "-" for letter in links.host)


def _plain(language: Language) -> Headers:
    return (
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("Content-Language", language),
    )


def account_headers(kind: EventKind, site: SiteFacts, language: Language, marks: Marks) -> Headers:
    """Return the headers of a message about one person's own account or subscription."""
    return (
        ("To", marks.of(Slot.ADDRESS)),
        ("Message-ID", f"<{kind}.{marks.of(Slot.DELIVERY)}@{_host(site.links)}>"),
        *_plain(language),
    )


def story_headers(kind: EventKind, site: SiteFacts, language: Language, story: StoryFacts, marks: Marks) -> Headers:
    """Return the headers of a message to subscribers.

    The first message of a thread has the root's Message-ID, all others refer to it, also for those who joined later.
    """
    host, links = _host(site.links), site.links
    root = f"<{story.thread.hex}.root.{marks.of(Slot.RECIPIENT)}@{host}>"
    own = f"<{story.thread.hex}.{marks.of(Slot.DELIVERY)}@{host}>"
    ids: Headers = (("Message-ID", root),)
    if kind not in _OPENING:
        ids = (("Message-ID", own), ("In-Reply-To", root), ("References", root))
    subject = "Incident" if kind.startswith("incident.") else "Maintenance"
    unsubscribe = links.absolute(links.unsubscribe(marks.of(Slot.UNSUBSCRIBE)))
    manage = links.absolute(links.manage(marks.of(Slot.MANAGE)))
    return (
        ("To", marks.of(Slot.ADDRESS)),
        *ids,
        ("List-Id", _list_id(site, host)),
        ("List-Unsubscribe", f"<{unsubscribe}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("List-Help", f"<{manage}>"),
        ("List-Archive", f"<{links.absolute(links.history())}>"),
        *_plain(language),
        ("Precedence", "bulk"),
        ("Feedback-ID", f"{story.code}:{kind}:{host}:{_PRODUCT}"),
        (f"X-{subject}-ID", story.code),
        (f"X-{subject}-Update-ID", story.update),
        (f"X-{subject}-Status", story.status),
    )


def _list_id(site: SiteFacts, host: str) -> str:
    name = site.name
    if not (name.isascii() and name.isprintable()) or set(name) & set('"<>()\\=?,;:@[]'):
        return f"<{host}>"
    return f'"{name}" <{host}>'
