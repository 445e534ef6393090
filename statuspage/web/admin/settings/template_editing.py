"""Writing a message template, with a sample of what customers would read beside it."""

import uuid
from functools import partial
from typing import TYPE_CHECKING

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.core.languages import Language
from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.enums import Category, Severity
from statuspage.domain.wording.actions import TemplateDraft, change_template, create_template, draft_of
from statuspage.domain.wording.enums import Purpose, TemplateStatus
from statuspage.domain.wording.queries import page_voice, template_by_id
from statuspage.domain.wording.shipping import is_as_shipped
from statuspage.web.admin.desk import done, show
from statuspage.web.admin.incidents.choices import shelves
from statuspage.web.admin.settings import template_words as words
from statuspage.web.admin.settings.template_samples import EXAMPLES, sample_of
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form, overtaken, refused
from statuspage.web.kit.looking import only_looks
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    from statuspage.domain.wording.models import MessageTemplate

blueprint = Blueprint("template_editing", __name__, url_prefix="/templates")


@blueprint.get("/new")
@requires(Right.MANAGE)
def new() -> ResponseReturnValue:
    """Show an empty form; `?like=<id>` begins with another template's words."""
    if like := request.args.get("like"):
        row = template_by_id(session(), like)
        return _page(Form({**_values(draft_of(row)), "name": f"{row.name}, copy"}))
    start = {"purpose": Purpose.UPDATE.value, "language": page_voice(session()).language.value, "active": "yes"}
    return _page(Form(start))


@blueprint.post("/new")
@requires(Right.MANAGE)
def create() -> ResponseReturnValue:
    """Add a template."""
    form = Form.sent()
    try:
        row = create_template(session(), _draft(form), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, _page)
    return done(f"“{row.name}” is added.", _list(row))


@blueprint.get("/<uuid:template_id>/edit")
@requires(Right.MANAGE)
def page(template_id: uuid.UUID) -> ResponseReturnValue:
    """Show a template for changing."""
    row = template_by_id(session(), template_id)
    return _page(_form_of(row), row)


@blueprint.post("/<uuid:template_id>/edit")
@requires(Right.MANAGE)
def change(template_id: uuid.UUID) -> ResponseReturnValue:
    """Change a template; somebody else's change in between is shown beside this one."""
    form, row = Form.sent(), template_by_id(session(), template_id)
    try:
        version = form.number_or_none("seen_version")
        change_template(session(), template_id, _draft(form), version=version, by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, lambda typed: _page(typed, row))
    except Conflict as clash:
        return overtaken(form, clash, lambda: _form_of(row), partial(_page, row=row))
    return done(f"“{row.name}” is saved.", _list(row))


@blueprint.post("/new/sample")
@requires(Right.MANAGE)
@only_looks
def sample_of_new() -> ResponseReturnValue:
    """Show the form again with a sample of the words in it; nothing is saved."""
    return _page(Form.sent())


@blueprint.post("/<uuid:template_id>/sample")
@requires(Right.MANAGE)
@only_looks
def sample(template_id: uuid.UUID) -> ResponseReturnValue:
    """Show the form again with a sample of the words in it; nothing is saved."""
    return _page(Form.sent(), template_by_id(session(), template_id))


def _draft(form: Form) -> TemplateDraft:
    length = form.text("length_minutes").strip()
    if length and not (length.isascii() and length.isdigit() and len(length) < 7):
        raise Invalid({"length_minutes": "Write whole minutes, as in 60."})
    return TemplateDraft(
        name=form.text("name"),
        purpose=form.word("purpose", Purpose),
        language=form.word("language", Language),
        body=form.text("body"),
        status=form.word_or_none("status", TemplateStatus),
        category=form.word_or_none("category", Category),
        severity=form.word_or_none("severity", Severity),
        title=form.text("title"),
        workaround=form.text("workaround"),
        length_minutes=int(length) if length else None,
        components=tuple(form.many("component")),
        active=form.ticked("active"),
    )


def _values(draft: TemplateDraft) -> dict[str, str | list[str]]:
    return {
        "name": draft.name,
        "purpose": draft.purpose.value,
        "language": draft.language.value,
        "body": draft.body,
        "status": draft.status or "",
        "category": draft.category or "",
        "severity": draft.severity or "",
        "title": draft.title,
        "workaround": draft.workaround,
        "length_minutes": str(draft.length_minutes or ""),
        "component": list(draft.components),
        "active": "yes" if draft.active else "",
    }


def _form_of(row: "MessageTemplate") -> Form:
    return Form({**_values(draft_of(row)), "seen_version": str(row.version)})


def _page(form: Form, row: "MessageTemplate | None" = None, clash: str = "", stands: Form | None = None) -> str:
    return show(
        "admin/settings/template.html",
        form=form,
        row=row,
        as_shipped=row is not None and is_as_shipped(row),
        clash=clash,
        differing=form.differing(stands, words.FIELDS),
        theirs=stands.text("body") if stands and stands.text("body") != form.text("body").strip() else "",
        sample=sample_of(session(), form, now()),
        examples=EXAMPLES,
        shelves=shelves(),
        words=words,
    )


def _list(row: "MessageTemplate") -> str:
    return f"{url_for('admin.settings.templates.page', language=row.language)}#t-{row.id}"
