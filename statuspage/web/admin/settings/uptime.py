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
from statuspage.web.kit.forms import Form, refused, start_over
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
        start_over()
        stands = _standing()
        form.values.setlist("seen", [stands.text("seen")])
        return _page(form, clash.message, stands), 409
    return done("Saved; every bar and percentage follows.", url_for("admin.settings.uptime.page"))


def _typed(form: Form) -> Counting:
    numbers, faults = {}, {}
    for name in _LABELS:
        text = form.text(name).strip()
        if text.isascii() and text.isdigit() and len(text) < 6:
            numbers[name] = int(text)
        else:
            faults[name] = "Write a whole number."
    if faults:
        raise Invalid(faults)
    return Counting(**numbers)


def _seen(form: Form) -> Counting | None:
    """Return what the author saw, as the page itself put it into the form."""
    parts = form.text("seen").split()
    if len(parts) != len(_LABELS) or not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        return None
    return Counting(*(int(part) for part in parts))


def _standing() -> Form:
    numbers = {name: str(value) for name, value in asdict(counting(session())).items()}
    return Form({**numbers, "seen": " ".join(numbers[name] for name in _LABELS)})


def _page(form: Form, clash: str = "", stands: Form | None = None) -> str:
    return show(
        "admin/settings/uptime.html",
        form=form,
        labels=_LABELS,
        clash=clash,
        differing=[
            (label, stands.text(name))
            for name, label in _LABELS.items()
            if stands and stands.text(name) != form.text(name).strip()
        ],
    )
