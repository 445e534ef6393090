"""Seeing before sending: what is about to be published is carried out, read, taken back, and shown as page, mail, chat
and feed will carry it.

The writer is held only while that is carried out and read; nothing is rendered meanwhile. The answer is a whole page:
the composer's script takes its middle, without a script it opens in another tab.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import render_template
from markupsafe import Markup

from statuspage.core.errors import Conflict, Invalid
from statuspage.delivery.audience import head_count
from statuspage.delivery.messages.previews import Announcement, announced
from statuspage.outbox.enums import Channel
from statuspage.publish.facts.incidents import IncidentFact
from statuspage.publish.facts.maintenances import MaintenanceFact
from statuspage.publish.facts.profile import Profile, profile
from statuspage.publish.feeds.documents import entry_of
from statuspage.web.admin.reach import reach
from statuspage.web.admin.wording.hints import FieldHints, hints_about
from statuspage.web.kit.current import installation, now, session
from statuspage.web.kit.looking import what_if

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from statuspage.publish.site import Site
    from statuspage.web.kit.forms import Form

_FIRST = {
    "body": "Say what is happening first.",
    "title": "Say what customers see first.",
    "public_title": "Say what customers see first.",
}


@dataclass(frozen=True)
class Carried:
    """What was carried out: the story with it, the update it is about, and what its event is about (an update, too,
    or one version of it)."""

    story: IncidentFact | MaintenanceFact
    update: str
    subject_id: uuid.UUID


@dataclass(frozen=True)
class FeedEntry:
    """An entry as a reader's program shows it."""

    title: str
    html: Markup


@dataclass(frozen=True)
class Outlook:
    """What goes out, by channel. `announcement` is None when nobody is told."""

    story: IncidentFact | MaintenanceFact
    update: str
    announcement: Announcement | None
    heads: dict[Channel, int]
    entry: FeedEntry
    hints: list[FieldHints]

    @property
    def about_maintenance(self) -> bool:
        """Whether the story is a maintenance."""
        return isinstance(self.story, MaintenanceFact)


def preview(form: "Form", carry_out: "Callable[[Session], Carried]", *, planned: bool = False) -> str:
    """Return the page that shows where `carry_out` leads, or what keeps it from going out. Keeps nothing of it.

    `planned` says that the words are about maintenance, whose times are no promises of repair.
    """
    house = installation()

    def read(scratch: "Session") -> tuple[Carried, Announcement | None]:
        found = carry_out(scratch)
        return found, announced(scratch, found.subject_id, house.links, house.settings.mail_from)

    try:
        carried, announcement = what_if(read)
    except Invalid as fault:
        return show_preview(refusals=[_sentence(form, name, words) for name, words in fault.fields.items()])
    except Conflict as clash:
        return show_preview(refusals=[clash.message])
    owner = profile(session())
    site = owner.dress(house.site)
    heads = head_count(session(), announcement.addressed) if announcement else {}
    hints = hints_about(session(), form, planned=planned)
    return show_preview(
        Outlook(carried.story, carried.update, announcement, heads, _entry(carried, site, owner), hints)
    )


def show_preview(outlook: Outlook | None = None, refusals: "list[str] | None" = None) -> str:
    """Return the page about an outlook, or about what keeps it from going out."""
    return render_template(
        "admin/preview.html",
        site=profile(session()).dress(installation().site),
        outlook=outlook,
        refusals=refusals or [],
        reach=reach(outlook.heads.get(Channel.EMAIL, 0) if outlook else 0),
        now=now(),
    )


def _sentence(form: "Form", name: str, words: str) -> str:
    return _FIRST.get(name, words) if not form.text(name).strip() else words


def _entry(carried: Carried, site: "Site", owner: Profile) -> FeedEntry:
    found = entry_of(carried.story, carried.update, site, owner, now())
    return FeedEntry(found.title, Markup(found.html))  # noqa: S704  # as the feeds carry it: rendered and escaped
