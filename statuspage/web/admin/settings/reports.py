"""How many reports of readers within how many minutes suggest declaring or reopening."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.feedback.actions import change_threshold
from statuspage.domain.feedback.queries import threshold
from statuspage.domain.feedback.rules import MOST_MINUTES, MOST_REPORTS, Threshold
from statuspage.web.admin.desk import done, show
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form, overtaken, refused
from statuspage.web.kit.rights import requires

blueprint = Blueprint("reports", __name__, url_prefix="/reports")
_FIELDS = {"reports": "Reports", "minutes": "Minutes"}


@blueprint.get("")
@requires(Right.MANAGE)
def page() -> ResponseReturnValue:
    """Show the numbers for changing."""
    return _page(_standing())


@blueprint.post("")
@requires(Right.MANAGE)
def change() -> ResponseReturnValue:
    """Change them; what was reported is judged anew."""
    form = Form.sent()
    try:
        change_threshold(session(), _typed(form), seen=_seen(form), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, _page)
    except Conflict as clash:
        return overtaken(form, clash, _standing, _page)
    return done("Saved; it counts at once.", url_for("admin.settings.reports.page"))


def _typed(form: Form) -> Threshold:
    return Threshold(*form.numbers(*_FIELDS))


def _seen(form: Form) -> Threshold | None:
    """Return what the author saw, as the page itself put it into the form."""
    try:
        return Threshold(*(int(part) for part in form.text("seen").split()))
    except (TypeError, ValueError):
        return None


def _standing() -> Form:
    stands = threshold(session())
    typed = {"reports": str(stands.reports), "minutes": str(stands.minutes)}
    return Form({**typed, "seen": f"{stands.reports} {stands.minutes}"})


def _page(form: Form, clash: str = "", stands: Form | None = None) -> str:
    most = {"reports": MOST_REPORTS, "minutes": MOST_MINUTES}
    return show(
        "admin/settings/reports.html", form=form, clash=clash, differing=form.differing(stands, _FIELDS), most=most
    )
