"""What a room shows of what is not published yet: on its way, waiting for approval, come back, being written."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import request

from statuspage.domain.accounts.enums import Right
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.queries import drafts_about, is_alone
from statuspage.domain.incidents.enums import PublicStatus
from statuspage.domain.incidents.queries import publishing
from statuspage.domain.incidents.rules import may_publish
from statuspage.web.admin.incidents.kept import has_moved_on
from statuspage.web.kit.current import by, caller, session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from statuspage.domain.editorial.models import Draft
    from statuspage.domain.incidents.models import Incident


@dataclass(frozen=True)
class Waiting:
    """Drafts of one incident. `own` is what this person goes on writing, `came_back` what else of theirs came back;
    `written` and `strays` are the same of colleagues. `asks` says that publishing asks a second person first,
    `moved_on` that the incident changed since `own` was written."""

    own: "Draft | None"
    queued: "list[Draft]" = field(default_factory=list)
    asked: "list[Draft]" = field(default_factory=list)
    came_back: "list[Draft]" = field(default_factory=list)
    written: "list[Draft]" = field(default_factory=list)
    strays: "list[Draft]" = field(default_factory=list)
    asks: bool = False
    moved_on: bool = False


def waiting_in(incident: "Incident") -> Waiting:
    """Return what waits in a room; `?draft=` in the address names the one to go on with."""
    found = drafts_about(session(), incident.id)
    mine = [draft for draft in found if draft.author_id == by().user_id]
    theirs = [draft for draft in found if draft.author_id != by().user_id]
    own = _own(mine) if speakable(incident) else None
    return Waiting(
        own=own,
        queued=_in(found, DraftState.QUEUED),
        asked=_in(found, DraftState.WAITING_APPROVAL),
        came_back=[draft for draft in _in(mine, DraftState.RETURNED) if draft is not own],
        written=[draft for draft in _in(theirs, DraftState.WRITING) if draft.body.strip()],
        strays=_in(theirs, DraftState.RETURNED),
        asks=_asks(incident),
        moved_on=own is not None and has_moved_on(own, incident.version),
    )


def speakable(incident: "Incident") -> bool:
    """Tell whether anything may still be said to customers, so that there is a composer."""
    return any(may_publish(incident.state, incident.public_status, status) for status in PublicStatus)


def _in(drafts: "Sequence[Draft]", state: DraftState) -> "list[Draft]":
    return [draft for draft in drafts if draft.state is state]


def _own(mine: "list[Draft]") -> "Draft | None":
    """Return the draft for the composer: the one asked for, else what is being written, else what came back last."""
    wanted = request.args.get("draft", "")
    written, returned = _in(mine, DraftState.WRITING), _in(mine, DraftState.RETURNED)
    named = [draft for draft in (*written, *returned) if str(draft.id) == wanted]
    return next(iter([*named, *written, *reversed(returned)]), None)


def _asks(incident: "Incident") -> bool:
    if not caller().may(Right.PUBLISH) or incident.severity not in publishing(session()).approval:
        return False
    return not is_alone(session(), by().user_id)
