"""The first page: what is open and promised, what is planned, what is broken, whether mail goes out.

An empty installation shows what to do next instead, until all of it is done.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.domain.accounts.enums import Right
from statuspage.domain.accounts.queries import users
from statuspage.domain.components.queries import holds_components, site_profile
from statuspage.domain.incidents.queries import IncidentFilter, incidents_page, open_promises, publicly_open_incidents
from statuspage.domain.maintenance.queries import coming_maintenances, running_maintenances
from statuspage.web.admin.desk import show
from statuspage.web.admin.honesty import troubled, truths
from statuspage.web.admin.machinery import machinery
from statuspage.web.admin.readers.heard import suggestions
from statuspage.web.admin.waiting import waiting_here
from statuspage.web.kit.current import caller, installation, reader, session
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence

    from statuspage.domain.incidents.models import Incident, Promise

blueprint = Blueprint("now", __name__)
SHOWN = 100


@dataclass(frozen=True)
class Chore:
    """One thing to do on a new installation."""

    words: str
    address: str
    finished: bool


@blueprint.get("/")
@requires(Right.VIEW)
def page() -> ResponseReturnValue:
    """Show what counts now."""
    found = _open_incidents()
    promises = open_promises(session(), [row.id for row in found])
    chores = _chores() if caller().may(Right.MANAGE) else []
    return show(
        "admin/now.html",
        incidents=_by_urgency(found, promises),
        promises=promises,
        running=running_maintenances(session()),
        coming=coming_maintenances(session())[:5],
        troubled=troubled(),
        machinery=machinery(),
        truths=truths(),
        waiting=waiting_here(),
        readers=suggestions(),
        chores=chores,
        chores_left=sum(not chore.finished for chore in chores),
    )


def _open_incidents() -> "Sequence[Incident]":
    """Return what is open for the team or for customers, newest first."""
    found = {row.id: row for row in incidents_page(session(), reader(), IncidentFilter(open_only=True), limit=SHOWN)}
    found |= {row.id: row for row in publicly_open_incidents(session())}
    return sorted(found.values(), key=lambda row: row.id, reverse=True)


def _by_urgency(incidents: "Sequence[Incident]", promises: "Mapping[uuid.UUID, Promise]") -> "list[Incident]":
    """Return incidents whose next word is due first at the top; those without a promise keep their order below."""
    promised = sorted((row for row in incidents if row.id in promises), key=lambda row: promises[row.id].due_at)
    return [*promised, *(row for row in incidents if row.id not in promises)]


def _chores() -> list[Chore]:
    profile = site_profile(session())
    first = incidents_page(session(), reader(), IncidentFilter(), limit=1)
    return [
        Chore(
            "Check the name and the time zone",
            url_for("admin.settings.profile.page"),
            profile.name != type(installation().settings.site)().name,
        ),
        Chore("Add three components", url_for("admin.components.editing.new"), holds_components(session(), 3)),
        Chore("Send a test mail", url_for("admin.settings.mail.page"), profile.test_mail_at is not None),
        Chore("Invite a second person", url_for("admin.settings.people.page"), len(users(session())) > 1),
        Chore(
            "Declare a first incident, internally, as a rehearsal",
            url_for("admin.incidents.declaring.page"),
            bool(first),
        ),
        Chore("Make a backup", url_for("admin.settings.profile.page") + "#backup", profile.backup_at is not None),
    ]
