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
from statuspage.web.kit.forms import Form, refused, start_over
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
        start_over()
        stands = _standing()
        form.values.setlist("seen", [stands.text("seen")])
        return _page(form, clash.message, stands), 409
    return done("Saved; it counts at once.", url_for("admin.settings.reports.page"))


def _typed(form: Form) -> Threshold:
    faults = {name: "Write a whole number." for name in _FIELDS if not _is_number(form.text(name).strip())}
    if faults:
        raise Invalid(faults)
    return Threshold(*(int(form.text(name)) for name in _FIELDS))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6


def _seen(form: Form) -> Threshold | None:
    """Return what the author saw, as the page itself put it into the form."""
    reports, _, minutes = form.text("seen").partition(" ")
    return Threshold(int(reports), int(minutes)) if _is_number(reports) and _is_number(minutes) else None


def _standing() -> Form:
    stands = threshold(session())
    typed = {"reports": str(stands.reports), "minutes": str(stands.minutes)}
    return Form({**typed, "seen": f"{stands.reports} {stands.minutes}"})


def _page(form: Form, clash: str = "", stands: Form | None = None) -> str:
    differing = [
        (label, stands.text(name))
        for name, label in _FIELDS.items()
        if stands and stands.text(name) != form.text(name).strip()
    ]
    most = {"reports": MOST_REPORTS, "minutes": MOST_MINUTES}
    return show("admin/settings/reports.html", form=form, clash=clash, differing=differing, most=most)
