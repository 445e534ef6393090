"""What the owner says about the page as a whole, and proving that it can send mail."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.clock import known_zones
from statuspage.core.db import new_id
from statuspage.core.errors import Conflict, Invalid
from statuspage.core.languages import Editions, Language
from statuspage.core.text import clean_line, clean_link
from statuspage.domain.components.models import SiteProfile
from statuspage.domain.components.queries import counting, editions, site_profile
from statuspage.domain.components.uptime import Counting
from statuspage.outbox.actions import emit, publish
from statuspage.outbox.enums import EventKind

NAME_LIMIT = 80


@dataclass(frozen=True)
class LanguagesDraft:
    """Which languages the page is to have: staff write in `own`, `others` are shown under their prefix. `seen` is what
    the author saw."""

    own: Language
    others: frozenset[Language] = frozenset()
    seen: Editions | None = None


@dataclass(frozen=True)
class ProfileDraft:
    """How the page is to be. `timezone` is an IANA zone; `seen_name` and `seen_timezone` are what the author saw."""

    name: str
    timezone: str
    support_url: str = ""
    seen_name: str | None = None
    seen_timezone: str | None = None


def change_profile(session: Session, draft: ProfileDraft, *, by: Actor, now: datetime) -> SiteProfile:
    """Change name, zone and support link of the page; every page shows them.

    Raises `Invalid`, or `Conflict` when somebody changed them meanwhile.
    """
    profile = site_profile(session)
    for seen, stands in ((draft.seen_name, profile.name), (draft.seen_timezone, profile.timezone)):
        if seen is not None and seen != stands:
            raise Conflict("Somebody changed this meanwhile. Compare, then save again.", theirs=stands, yours=draft)
    if draft.timezone not in known_zones():
        raise Invalid({"timezone": "Choose an IANA time zone such as Europe/Berlin."})
    profile.name = clean_line(draft.name, "name", limit=NAME_LIMIT)
    profile.timezone = draft.timezone
    profile.support_url = clean_link(draft.support_url, "support_url", mail=True)
    record(session, by, "site.changed", ("site", new_id()), now)
    publish(session, ["everything"], now)
    return profile


def change_languages(session: Session, draft: LanguagesDraft, *, by: Actor, now: datetime) -> Editions:
    """Change the languages of the page; every page moves to its place or goes. Raises `Conflict` when they are no
    longer what the author saw."""
    stands = editions(session)
    if draft.seen is not None and draft.seen != stands:
        raise Conflict("Somebody changed this meanwhile. Compare, then save again.", theirs=stands, yours=draft)
    profile = site_profile(session)
    profile.locale = draft.own
    profile.languages = " ".join(one for one in Language if one is draft.own or one in draft.others)
    session.flush()
    are = editions(session)
    details = {"were": list(stands.all), "are": list(are.all)}
    record(session, by, "site.languages_changed", ("site", new_id()), now, **details)
    publish(session, ["everything"], now)
    return are


def change_counting(
    session: Session, wanted: Counting, *, seen: Counting | None = None, by: Actor, now: datetime
) -> Counting:
    """Change how downtime counts; every bar and percentage follows, past ones too.

    Raises `Invalid` by field, or `Conflict` when it is no longer what the author saw.
    """
    stands = counting(session)
    if seen is not None and seen != stands:
        raise Conflict("Somebody changed this meanwhile. Compare, then save again.", theirs=stands, yours=wanted)
    if faults := wanted.faults():
        raise Invalid(faults)
    profile = site_profile(session)
    profile.weight_major, profile.weight_partial = wanted.major, wanted.partial
    profile.weight_degraded, profile.weight_maintenance = wanted.degraded, wanted.maintenance
    profile.notice_hours = wanted.notice_hours
    session.flush()
    details = {"were": asdict(stands), "are": asdict(wanted)}
    record(session, by, "uptime.counting_changed", ("site", new_id()), now, **details)
    publish(session, ["everything"], now)
    return wanted


def ask_for_test_mail(session: Session, address: str, *, by: Actor, now: datetime) -> None:
    """Send a mail to `address` that proves the way out; what became of it stands in the list of deliveries."""
    site_profile(session).test_mail_at = now
    event = emit(session, EventKind.MAIL_TEST, new_id(), now, payload={"address": address})
    record(session, by, "mail.tested", ("event", event.subject_id), now)
