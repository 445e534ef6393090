"""All maintenance: running, coming, over."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from statuspage.domain.accounts.enums import Right
from statuspage.domain.maintenance.queries import coming_maintenances, maintenances_page, running_maintenances
from statuspage.domain.maintenance.rules import DONE
from statuspage.web.admin.desk import show
from statuspage.web.kit.current import session
from statuspage.web.kit.pages import older, page_before
from statuspage.web.kit.rights import requires

blueprint = Blueprint("list", __name__)
PAGE = 50


@blueprint.get("")
@requires(Right.VIEW)
def page() -> ResponseReturnValue:
    """Show what runs and what comes, and below it what is over."""
    found = maintenances_page(session(), before=page_before(), limit=PAGE + 1)
    return show(
        "admin/maintenance/list.html",
        running=running_maintenances(session()),
        coming=coming_maintenances(session()),
        over=[row for row in found[:PAGE] if row.status in DONE],
        older=older(found, PAGE),
    )
