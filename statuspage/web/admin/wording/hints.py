"""Hints about what stands in a form, for the script that shows them below the text (js/hints.js)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from statuspage.domain.accounts.enums import Right
from statuspage.domain.wording.hints import Hint, find_hints, known_here
from statuspage.web.kit.current import session
from statuspage.web.kit.forms import Form
from statuspage.web.kit.looking import only_looks
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

blueprint = Blueprint("hints", __name__, url_prefix="/wording")
NOTE = "note"
# The public fields of a form about an incident, and of one about planned work.
_FIELDS = {"public_title": "Title", "body": "", "workaround": "What you can do"}
_PLANNED = {"title": "Title", "body": ""}


@dataclass(frozen=True)
class FieldHints:
    """Hints about one field; the text itself needs no label."""

    label: str
    hints: tuple[Hint, ...]


def hints_about(session: "Session", form: Form, *, planned: bool) -> list[FieldHints]:
    """Return the hints about every public field of a form; a note for the team gets none."""
    if form.text("status") == NOTE:
        return []
    fields = _PLANNED if planned else _FIELDS
    known = known_here(session)
    found = [FieldHints(label, find_hints(form.text(name), known, planned=planned)) for name, label in fields.items()]
    return [one for one in found if one.hints]


@blueprint.post("/hints")
@requires(Right.RESPOND)
@only_looks
def about_incident() -> ResponseReturnValue:
    """Show the hints about what somebody writes on an incident."""
    return render_template("admin/wording/page.html", found=hints_about(session(), Form.sent(), planned=False))


@blueprint.post("/planned/hints")
@requires(Right.RESPOND)
@only_looks
def about_maintenance() -> ResponseReturnValue:
    """Show the hints about what somebody writes on planned work."""
    return render_template("admin/wording/page.html", found=hints_about(session(), Form.sent(), planned=True))
