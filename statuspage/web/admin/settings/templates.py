"""Message templates: the list narrowed by the address, their order, switching off, removing, restoring."""

import uuid
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.core.languages import Language
from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.enums import Category
from statuspage.domain.wording.actions import order_templates, remove_template, switch_template
from statuspage.domain.wording.enums import Purpose, TemplateStatus
from statuspage.domain.wording.queries import (
    TemplateFilter,
    page_voice,
    removed_shipped_count,
    template_by_id,
    templates,
)
from statuspage.domain.wording.shipping import bring_back_removed, is_as_shipped, restore_template
from statuspage.web.admin.desk import done, show
from statuspage.web.admin.settings import template_words as words
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    from collections.abc import Sequence

    from statuspage.domain.wording.models import MessageTemplate

blueprint = Blueprint("templates", __name__, url_prefix="/templates")
Word = TypeVar("Word", bound=StrEnum)
_NAMES = ("language", "purpose", "status", "category", "used", "q")
UP, DOWN = "up", "down"


@blueprint.get("")
@requires(Right.MANAGE)
def page() -> ResponseReturnValue:
    """Show templates under their purposes; without `?language=` those in the page's language."""
    form = _filters()
    found = templates(session(), _wanted(form))
    return show(
        "admin/settings/templates.html",
        form=form,
        shelves=[(words.PURPOSES[one], _of(found, one)) for one in Purpose if _of(found, one)],
        as_shipped={row.id for row in found if is_as_shipped(row)},
        removed=removed_shipped_count(session()),
        kept=_kept(),
        narrowed=bool(_kept()),
        words=words,
    )


def _filters() -> Form:
    typed = {name: request.args.get(name, "") for name in _NAMES}
    return Form(typed | {"language": request.args.get("language", page_voice(session()).language.value)})


def _kept() -> dict[str, str]:
    """Return what the address narrows the list to, for coming back to it."""
    return {name: value for name in _NAMES if (value := request.args.get(name)) is not None}


def _wanted(form: Form) -> TemplateFilter:
    """Return the filter; words nobody knows do not narrow."""
    return TemplateFilter(
        language=_word(form, "language", Language),
        purpose=_word(form, "purpose", Purpose),
        status=_word(form, "status", TemplateStatus),
        category=_word(form, "category", Category),
        active={"on": True, "off": False}.get(form.text("used")),
        search=form.text("q"),
    )


def _word(form: Form, name: str, kind: type[Word]) -> Word | None:
    return kind(form.text(name)) if form.text(name) in list(kind) else None


def _of(found: "Sequence[MessageTemplate]", purpose: Purpose) -> "list[MessageTemplate]":
    return [row for row in found if row.purpose is purpose]


@blueprint.post("/order")
@requires(Right.MANAGE)
def order() -> ResponseReturnValue:
    """Move a template one place among those shown: `move` is `<id>:up` or `<id>:down`."""
    wanted, _, direction = Form.sent().text("move").partition(":")
    row = next((row for row in templates(session(), TemplateFilter()) if str(row.id) == wanted), None)
    if row is None or direction not in (UP, DOWN):
        raise Invalid({"move": "Load the page again and use its buttons."})
    shown = templates(session(), _wanted(_filters()))
    peers = [one.id for one in shown if (one.purpose, one.language) == (row.purpose, row.language)]
    place = peers.index(row.id) if row.id in peers else 0
    other = place + (-1 if direction == UP else 1)
    if row.id in peers and 0 <= other < len(peers):
        first, second = sorted((place, other))
        order_templates(session(), [peers[second], peers[first]], by=by(), now=now())
    return done(f"“{row.name}” is moved {direction}.", _list(row))


@blueprint.post("/<uuid:template_id>/use")
@requires(Right.MANAGE)
def switch(template_id: uuid.UUID) -> ResponseReturnValue:
    """Offer a template, or offer it no longer."""
    active = Form.sent().ticked("active")
    row = template_by_id(session(), template_id)
    switch_template(session(), template_id, active=active, by=by(), now=now())
    return done(f"“{row.name}” is {'offered again' if active else 'no longer offered'}.", _list(row))


@blueprint.post("/<uuid:template_id>/restoration")
@requires(Right.MANAGE)
def restore(template_id: uuid.UUID) -> ResponseReturnValue:
    """Give a template the text it was shipped with."""
    row = restore_template(session(), template_id, by=by(), now=now())
    return done(
        f"“{row.name}” has its shipped text again.",
        url_for("admin.settings.template_editing.page", template_id=row.id),
    )


@blueprint.post("/<uuid:template_id>/removal")
@requires(Right.MANAGE)
def remove(template_id: uuid.UUID) -> ResponseReturnValue:
    """Take a template away."""
    row = template_by_id(session(), template_id)
    remove_template(session(), template_id, by=by(), now=now())
    return done(f"“{row.name}” is deleted.", url_for("admin.settings.templates.page", language=row.language))


@blueprint.post("/return")
@requires(Right.MANAGE)
def bring_back() -> ResponseReturnValue:
    """Bring back the shipped templates that were deleted."""
    count = bring_back_removed(session(), by=by(), now=now())
    said = "One shipped template is" if count == 1 else f"{count} shipped templates are"
    return done(f"{said} back.", _list())


def _list(row: "MessageTemplate | None" = None) -> str:
    """Return the address of the list as it was narrowed, at the place of `row`."""
    kept = urlencode(_kept())
    there = url_for("admin.settings.templates.page") + (f"?{kept}" if kept else "")
    return f"{there}#t-{row.id}" if row else there
