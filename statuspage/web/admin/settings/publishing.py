"""How what the team writes becomes public: the time to undo it, and which severities need a second person."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.editorial.queries import is_alone
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.enums import Severity
from statuspage.domain.incidents.queries import publishing
from statuspage.domain.incidents.rules import UNDO_LIMIT, Publishing
from statuspage.web.admin.desk import done, show
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form, overtaken, refused
from statuspage.web.kit.rights import requires

blueprint = Blueprint("publishing", __name__, url_prefix="/publishing")


@blueprint.get("")
@requires(Right.MANAGE)
def page() -> ResponseReturnValue:
    """Show the rules for changing."""
    return _page(_standing())


@blueprint.post("")
@requires(Right.MANAGE)
def change() -> ResponseReturnValue:
    """Change them; what is on its way already keeps its time."""
    form = Form.sent()
    try:
        change_publishing(session(), _typed(form), seen=_seen(form), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, _page)
    except Conflict as clash:
        return overtaken(form, clash, _standing, _page)
    return done("Saved; it counts for what is sent off from now on.", url_for("admin.settings.publishing.page"))


def _typed(form: Form) -> Publishing:
    (seconds,) = form.numbers("undo_seconds")
    try:
        return Publishing(seconds, frozenset(Severity(word) for word in form.many("approval")))
    except ValueError:
        raise Invalid({"approval": f"Choose some of: {', '.join(Severity)}."}) from None


def _seen(form: Form) -> Publishing | None:
    """Return what the author saw, as the page itself put it into the form."""
    seconds, _, severities = form.text("seen").partition(" ")
    try:
        return Publishing(int(seconds), frozenset(Severity(word) for word in severities.split()))
    except ValueError:
        return None


def _standing() -> Form:
    stands = publishing(session())
    severities = sorted(stands.approval)
    seen = " ".join([str(stands.undo_seconds), *severities])
    return Form({"undo_seconds": str(stands.undo_seconds), "approval": [*severities], "seen": seen})


def _page(form: Form, clash: str = "", stands: Form | None = None) -> str:
    differing = []
    if stands and stands.text("undo_seconds") != form.text("undo_seconds").strip():
        differing.append(("Seconds to undo", stands.text("undo_seconds")))
    if stands and set(stands.many("approval")) != set(form.many("approval")):
        differing.append(("Needs a second person", ", ".join(stands.many("approval")).upper() or "none"))
    return show(
        "admin/settings/publishing.html",
        form=form,
        clash=clash,
        differing=differing,
        severities=list(Severity),
        limit=UNDO_LIMIT,
        alone=is_alone(session(), by().user_id),
    )
