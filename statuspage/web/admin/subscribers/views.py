"""The list of subscribers, adding one, removing one."""

import uuid

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.core.languages import Language, spoken
from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.queries import editions
from statuspage.domain.incidents.enums import Impact
from statuspage.domain.subscribers.actions import Choices, add_subscriber, remove_subscriber
from statuspage.domain.subscribers.enums import SubscriberState
from statuspage.domain.subscribers.queries import subscriber_by_id, subscriber_counts, subscribers_page
from statuspage.web.admin.desk import done, show
from statuspage.web.admin.incidents.choices import shelves
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.pages import older, page_before
from statuspage.web.kit.rights import requires

blueprint = Blueprint("subscribers", __name__, url_prefix="/subscribers")
PAGE = 50
SOME = "some"
IMPACTS = [
    (Impact.NONE.value, "everything"),
    (Impact.MAJOR.value, "major and critical"),
    (Impact.CRITICAL.value, "critical alone"),
]


@blueprint.get("")
@requires(Right.MANAGE)
def page() -> ResponseReturnValue:
    """Show subscribers, the newest first, narrowed by the address."""
    form = Form(request.args.to_dict(flat=False))
    state = next((word for word in SubscriberState if word == form.text("state")), None)
    search = form.text("q")[:100].strip()
    found = subscribers_page(session(), search=search, state=state, before=page_before(), limit=PAGE + 1)
    return show(
        "admin/subscribers/list.html",
        form=form,
        subscribers=found[:PAGE],
        counts=subscriber_counts(session()),
        older=older(found, PAGE),
        narrowed=bool(search or state),
    )


@blueprint.get("/new")
@requires(Right.MANAGE)
def new() -> ResponseReturnValue:
    """Show an empty form."""
    return _page(Form({"components": "all", "minimum_impact": Impact.NONE.value, "maintenance": "yes"}))


@blueprint.post("/new")
@requires(Right.MANAGE)
def create() -> ResponseReturnValue:
    """Add somebody: asked by mail, unless they agreed elsewhere."""
    form = Form.sent()
    try:
        confirmed = form.ticked("confirmed")
        add_subscriber(session(), form.text("endpoint"), _choices(form), confirmed=confirmed, by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, _page)
    except Conflict as clash:
        return refused(form, Invalid({"endpoint": clash.message}), _page)
    return done("Added." if confirmed else "Added; the mail that asks them to confirm is on its way.", _list())


def _choices(form: Form) -> Choices:
    chosen = tuple(form.many("slug")) if form.text("components") == SOME else None
    impact = form.word("minimum_impact", Impact)
    return Choices(chosen, impact, form.ticked("maintenance"), form.word_or_none("locale", Language))


@blueprint.get("/<uuid:subscriber_id>")
@requires(Right.MANAGE)
def one(subscriber_id: uuid.UUID) -> ResponseReturnValue:
    """Show what somebody wants to hear of."""
    subscriber = subscriber_by_id(session(), subscriber_id)
    language = spoken(subscriber.locale).own_name
    return show("admin/subscribers/one.html", subscriber=subscriber, language=language, impacts=dict(IMPACTS))


@blueprint.post("/<uuid:subscriber_id>/removal")
@requires(Right.MANAGE)
def remove(subscriber_id: uuid.UUID) -> ResponseReturnValue:
    """Forget somebody at once."""
    remove_subscriber(session(), subscriber_id, by=by(), now=now())
    return done("Removed; the address is forgotten.", _list())


def _page(form: Form) -> str:
    languages = [(language, language.own_name) for language in editions(session()).all]
    return show("admin/subscribers/new.html", form=form, impacts=IMPACTS, languages=languages, shelves=shelves())


def _list() -> str:
    return url_for("admin.subscribers.page")
