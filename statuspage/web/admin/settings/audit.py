"""The audit log: who did what, newest first."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from statuspage.audit.queries import recent_lines
from statuspage.domain.accounts.enums import Right
from statuspage.web.admin.desk import show
from statuspage.web.kit.current import session
from statuspage.web.kit.pages import older, page_before
from statuspage.web.kit.rights import requires

blueprint = Blueprint("audit", __name__, url_prefix="/audit")
PAGE = 100


@blueprint.get("")
@requires(Right.ADMIN)
def page() -> ResponseReturnValue:
    """Show who did what."""
    found = recent_lines(session(), before=page_before(), limit=PAGE + 1)
    return show("admin/settings/audit.html", lines=found[:PAGE], older=older(found, PAGE))
