"""One's own sessions: where one is signed in, and ending that."""

import uuid

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.domain.accounts.access import end_session
from statuspage.domain.accounts.actions import request_password_reset
from statuspage.domain.accounts.enums import Right
from statuspage.domain.accounts.queries import sessions_of
from statuspage.web.admin.desk import done, show
from statuspage.web.kit.current import now, session
from statuspage.web.kit.people import current_session, person
from statuspage.web.kit.rights import requires

blueprint = Blueprint("sessions", __name__, url_prefix="/me")


@blueprint.get("")
@requires(Right.VIEW)
def page() -> ResponseReturnValue:
    """Show the sessions of whoever looks."""
    here = current_session()
    found = sessions_of(session(), person().id)
    return show("admin/settings/sessions.html", sessions=found, here=here.id if here else None)


@blueprint.post("/sessions/<uuid:session_id>/end")
@requires(Right.VIEW)
def end(session_id: uuid.UUID) -> ResponseReturnValue:
    """End one of one's own sessions."""
    end_session(session(), session_id, person().id, now=now())
    return done("That session has ended.", url_for("admin.settings.sessions.page"))


@blueprint.post("/password")
@requires(Right.VIEW)
def password() -> ResponseReturnValue:
    """Mail oneself the link that lets one choose a new password."""
    request_password_reset(session(), person().email, now=now())
    return done("A link is on its way to you; it is good for 30 minutes.", url_for("admin.settings.sessions.page"))
