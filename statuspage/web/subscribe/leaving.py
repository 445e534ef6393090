"""A subscriber's own page, and leaving."""

import uuid
from typing import TYPE_CHECKING

from flask import Blueprint
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid, NotFound
from statuspage.core.languages import Language, marked
from statuspage.core.secrets import Purpose
from statuspage.domain.subscribers.actions import change_choices, unsubscribe
from statuspage.domain.subscribers.queries import subscriber_by_id
from statuspage.web.kit.current import installation, now, session
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.rights import foreign_route, public_route
from statuspage.web.kit.speaking import dressed, say
from statuspage.web.subscribe.choices import chosen, faults_in, show_choices, site_of, standing, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from statuspage.domain.subscribers.models import Subscriber

blueprint = Blueprint("leaving", __name__)


@blueprint.get("/subscriptions/<token>")
@public_route
def manage_page(token: str) -> ResponseReturnValue:
    """Show what somebody hears of."""
    subscriber = _subscriber_or_none(Purpose.MANAGE, token)
    if subscriber is None:
        return say("subscribe/gone.html", dressed()), 404
    return _manage(subscriber, standing(subscriber), Form())


@blueprint.post("/subscriptions/<token>")
@public_route
def manage(token: str) -> ResponseReturnValue:
    """Change what somebody hears of."""
    form, subscriber = Form.sent(), _subscriber_or_none(Purpose.MANAGE, token)
    if subscriber is None:
        return say("subscribe/gone.html", dressed()), 404
    try:
        language = form.word_or_none("locale", Language)
        change_choices(session(), subscriber.id, chosen(form, language), now=now())
    except Invalid as fault:
        return refused(form, fault, lambda again: _manage(subscriber, typed(again), again))
    return _manage(subscriber, standing(subscriber), form, saved=True)


def _manage(subscriber: "Subscriber", shown: "Mapping[str, Any]", form: Form, *, saved: bool = False) -> str:
    links, keys, site = installation().links, installation().keys, site_of(subscriber)
    return show_choices(
        "subscribe/manage.html",
        site,
        action=links.manage(keys.seal(Purpose.MANAGE, subscriber.id)),
        unsubscribe_path=links.unsubscribe(keys.seal(Purpose.UNSUBSCRIBE, subscriber.id)),
        address=subscriber.endpoint,
        typed=shown,
        faults=faults_in(site, form),
        saved=saved,
    )


@blueprint.get("/unsubscribe/<token>")
@public_route
def leave_page(token: str) -> ResponseReturnValue:
    """Show the form; a GET changes nothing, because scanners open links."""
    _opened(token)
    subscriber = _subscriber_or_none(Purpose.UNSUBSCRIBE, token)
    if subscriber is None:
        return say("subscribe/unsubscribed.html", dressed())
    links, keys = installation().links, installation().keys
    return say(
        "subscribe/unsubscribe.html",
        site_of(subscriber),
        action=links.unsubscribe(token),
        manage_path=links.manage(keys.seal(Purpose.MANAGE, subscriber.id)),
        address=subscriber.endpoint,
    )


@blueprint.post("/unsubscribe/<token>")
@foreign_route
def leave(token: str) -> ResponseReturnValue:
    """Forget the address at once: by the form, or by a mail provider's one click (RFC 8058), from wherever it comes."""
    subscriber_id = _opened(token)
    site = site_of(_subscriber_or_none(Purpose.UNSUBSCRIBE, token))
    unsubscribe(session(), subscriber_id, now=now())
    return say("subscribe/unsubscribed.html", site)


def _opened(token: str) -> uuid.UUID:
    found = installation().keys.open(Purpose.UNSUBSCRIBE, token)
    if found is None:
        raise NotFound(marked("This link was not copied whole. Use the one in the mail."))
    return found


def _subscriber_or_none(purpose: Purpose, token: str) -> "Subscriber | None":
    subscriber_id = installation().keys.open(purpose, token)
    if subscriber_id is None:
        return None
    try:
        return subscriber_by_id(session(), subscriber_id)
    except NotFound:
        return None
