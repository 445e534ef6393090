"""How downtime counts on the public page."""

from dataclasses import asdict

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.profile import change_counting
from statuspage.domain.components.queries import counting
from statuspage.domain.components.uptime import Counting
from statuspage.web.admin.desk import done, show
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form, overtaken, refused
from statuspage.web.kit.rights import requires

blueprint = Blueprint("uptime", __name__, url_prefix="/uptime")
_LABELS = {
    "major": "Major outage",
    "partial": "Partial outage",
    "degraded": "Degraded performance",
    "maintenance": "Under maintenance",
    "notice_hours": "Notice in hours",
}


@blueprint.get("")
@requires(Right.MANAGE)
def page() -> ResponseReturnValue:
    """Show how downtime counts, for changing."""
    return _page(_standing())


@blueprint.post("")
@requires(Right.MANAGE)
def change() -> ResponseReturnValue:
    """Change it; bars and percentages follow, past ones too."""
    form = Form.sent()
    try:
        change_counting(session(), _typed(form), seen=_seen(form), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, _page)
    except Conflict as clash:
        return overtaken(form, clash, _standing, _page)
    return done("Saved; every bar and percentage follows.", url_for("admin.settings.uptime.page"))


def _typed(form: Form) -> Counting:
    return Counting(*form.numbers(*_LABELS))


def _seen(form: Form) -> Counting | None:
    """Return what the author saw, as the page itself put it into the form."""
    try:
        return Counting(*(int(part) for part in form.text("seen").split()))
    except (TypeError, ValueError):
        return None


def _standing() -> Form:
    numbers = {name: str(value) for name, value in asdict(counting(session())).items()}
    return Form({**numbers, "seen": " ".join(numbers[name] for name in _LABELS)})


def _page(form: Form, clash: str = "", stands: Form | None = None) -> str:
    return show(
        "admin/settings/uptime.html",
        form=form,
        labels=_LABELS,
        clash=clash,
        differing=form.differing(stands, _LABELS),
    )
