"""Saving what is typed, while it is typed: small questions of the composer's script, answered in JSON."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, make_response
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid, NotFound, TooMany
from statuspage.domain.accounts.access import draw_or_refuse
from statuspage.domain.accounts.enums import Right
from statuspage.domain.editorial.rules import SAVING
from statuspage.domain.incidents.queries import incident_by_ref
from statuspage.web.admin.desk import zone
from statuspage.web.admin.incidents.saying import keep_typed
from statuspage.web.kit.current import by, now, reader, session
from statuspage.web.kit.forms import Form
from statuspage.web.kit.rights import requires
from statuspage.web.kit.times import write_local

if TYPE_CHECKING:
    from statuspage.domain.editorial.models import Draft
    from statuspage.domain.incidents.models import Incident

blueprint = Blueprint("saving", __name__)
_STATUS = {Conflict: 409, Invalid: 422, NotFound: 404, TooMany: 429}


@blueprint.post("/drafts")
@requires(Right.RESPOND)
def save_declaration() -> ResponseReturnValue:
    """Keep a declaration that is being written."""
    return _save(lambda: None)


@blueprint.post("/<ref>/drafts")
@requires(Right.RESPOND)
def save_update(ref: str) -> ResponseReturnValue:
    """Keep what stands in a room's composer."""
    return _save(lambda: incident_by_ref(session(), ref, reader()))


def _save(about: "Callable[[], Incident | None]") -> ResponseReturnValue:
    try:
        draw_or_refuse(session(), f"drafts:{by().user_id}", SAVING, now())
        draft = keep_typed(about(), Form.sent())
    except (Conflict, Invalid, NotFound, TooMany) as fault:
        return make_response(jsonify(words=getattr(fault, "message", str(fault))), _STATUS[type(fault)])
    return jsonify(_receipt(draft))


def _receipt(draft: "Draft") -> dict[str, str | int]:
    at = write_local(draft.saved_at, zone()).partition("T")[2]
    return {"draft": str(draft.id), "version": draft.version, "words": f"Draft saved at {at}."}
