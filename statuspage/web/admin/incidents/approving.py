"""The second person's page: the update as customers would get it, approve or return it with a word."""

import uuid
from typing import TYPE_CHECKING

from flask import Blueprint
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.editorial.actions import approve_draft, rehearse, return_draft
from statuspage.domain.editorial.queries import draft_by_id
from statuspage.web.admin.desk import done, show
from statuspage.web.admin.incidents.previews import carried
from statuspage.web.admin.incidents.queue import room_of
from statuspage.web.admin.incidents.saying import what_became
from statuspage.web.admin.previews import Carried, preview
from statuspage.web.kit.current import by, now, reader, session
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.looking import only_looks
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

blueprint = Blueprint("approving", __name__)


@blueprint.get("/drafts/<uuid:draft_id>")
@requires(Right.RESPOND)
def page(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Show a draft that was sent off, for deciding about it."""
    return _page(Form(), draft_id)


@blueprint.post("/drafts/<uuid:draft_id>/preview")
@requires(Right.RESPOND)
@only_looks
def look(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Show what it would send out."""

    def carry_out(scratch: "Session") -> Carried:
        return carried(rehearse(scratch, draft_by_id(scratch, draft_id, reader()), now()))

    return preview(Form.sent(), carry_out)


@blueprint.post("/drafts/<uuid:draft_id>/approval")
@requires(Right.PUBLISH)
def approve(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Approve it: it goes out."""
    form, draft = Form.sent(), draft_by_id(session(), draft_id, reader())
    try:
        approved = approve_draft(session(), draft, form.number_or_none("seen_version"), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, lambda typed: _page(typed, draft_id))
    return done(f"Approved. {what_became(approved)}", room_of(draft_id))


@blueprint.post("/drafts/<uuid:draft_id>/return")
@requires(Right.PUBLISH)
def give_back(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Give it back to its author with a word."""
    form, draft = Form.sent(), draft_by_id(session(), draft_id, reader())
    try:
        return_draft(session(), draft, form.text("reason"), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, lambda typed: _page(typed, draft_id))
    return done(f"{draft.author_name} has it back, with your word.", room_of(draft_id))


def _page(form: Form, draft_id: uuid.UUID) -> str:
    draft = draft_by_id(session(), draft_id, reader())
    mine = draft.author_id == by().user_id
    return show("admin/incidents/draft.html", form=form, draft=draft, incident=draft.incident, mine=mine)
