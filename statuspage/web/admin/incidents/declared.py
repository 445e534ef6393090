"""A declaration as it was typed: declared for the team, its first notice sent off as the composer would send it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from statuspage.domain.editorial.actions import Sending, Typed, Word, declare_and_send
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.queries import written_declaration
from statuspage.domain.incidents.actions import declare_incident
from statuspage.domain.incidents.enums import PublicStatus, Severity
from statuspage.web.admin.desk import zone
from statuspage.web.admin.incidents.clearing import asks_why
from statuspage.web.admin.incidents.kept import typed
from statuspage.web.admin.incidents.saying import UNAPPROVED, drop_typed
from statuspage.web.admin.incidents.typed import declared
from statuspage.web.kit.current import by, now, session

if TYPE_CHECKING:
    from statuspage.domain.editorial.models import Draft
    from statuspage.web.kit.forms import Form

# What the composer has, too; everything else of the declaration is the incident's by then.
_SHARED = ("body", "next_update_at", "workaround", "notify")
_WORDS = {
    DraftState.PUBLISHED: "is on the page.",
    DraftState.QUEUED: "is declared; its first notice is on its way, and until it goes out you can undo it.",
    DraftState.WAITING_APPROVAL: "is declared; those who may publish are asked to approve its first notice.",
    DraftState.RETURNED: "is declared, but its first notice could not go out.",
}


def begun_declaration() -> "Draft | None":
    """Return the declaration this person has begun to write."""
    user_id = by().user_id
    return written_declaration(session(), user_id) if user_id else None


def gated_severities() -> list[Severity]:
    """Return the severities whose first notice would wait for a second person, were it in this person's own words."""
    return [severity for severity in Severity if asks_why(severity)]


def declare_typed(form: "Form", *, publish: bool) -> tuple[str, str]:
    """Declare what stands in the form; return its ref and what became of its first notice. Raises `Invalid`."""
    draft = declared(form, zone(), publish=publish)
    if draft.update is None:
        incident = declare_incident(session(), draft, by=by(), now=now())
        drop_typed(form)
        return incident.ref, "is declared; customers see nothing of it."
    reason = form.text("without_approval") if form.text("send") == UNAPPROVED else None
    sending = Sending(Word(draft.update), _as_in_the_composer(form), unapproved_reason=reason)
    incident, sent = declare_and_send(session(), draft, sending, by=by(), now=now())
    return incident.ref, _WORDS[sent.state]


def _as_in_the_composer(form: "Form") -> Typed:
    """Return the first notice as the composer would have it, should it come back to its author."""
    whole = typed(form)
    levels = [name for name in whole.fields if name.startswith("level.") and form.text(name)]
    fields = {name: whole.fields[name] for name in (*_SHARED, *levels) if name in whole.fields}
    return replace(whole, fields=fields | {"status": [PublicStatus.INVESTIGATING.value]})
