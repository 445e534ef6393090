"""Undo, publish now, throw away: what somebody does with an update that is not public yet."""

import uuid

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from statuspage.domain.accounts.enums import Right
from statuspage.domain.editorial.actions import discard_draft, publish_draft, withdraw_draft
from statuspage.domain.editorial.queries import draft_by_id
from statuspage.web.admin.desk import done
from statuspage.web.admin.incidents.saying import what_became
from statuspage.web.kit.current import by, now, reader, session
from statuspage.web.kit.redirects import safe_next
from statuspage.web.kit.rights import requires

blueprint = Blueprint("queue", __name__)


@blueprint.post("/drafts/<uuid:draft_id>/withdrawal")
@requires(Right.PUBLISH)
def undo(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Take an update back before it goes out, or before it is approved."""
    draft = withdraw_draft(session(), draft_by_id(session(), draft_id, reader()), by=by(), now=now())
    mine = draft.author_id == by().user_id
    words = "Taken back; nothing went out." if mine else f"Taken back; {draft.author_name} finds it in the room."
    return done(words, room_of(draft_id))


@blueprint.post("/drafts/<uuid:draft_id>/publication")
@requires(Right.PUBLISH)
def publish(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Publish what is on its way now."""
    draft = publish_draft(session(), draft_by_id(session(), draft_id, reader()), by=by(), now=now())
    return done(what_became(draft), room_of(draft_id))


@blueprint.post("/drafts/<uuid:draft_id>/discarding")
@requires(Right.RESPOND)
def discard(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Throw one's own draft away."""
    discard_draft(session(), draft_id, by=by(), now=now())
    return done("The draft is thrown away.", safe_next(request.args.get("back")))


def room_of(draft_id: uuid.UUID) -> str:
    """Return the address of the room a draft belongs to."""
    incident = draft_by_id(session(), draft_id, reader()).incident
    assert incident is not None, "it was found through its incident"
    return url_for("admin.incidents.room.page", ref=incident.ref)
