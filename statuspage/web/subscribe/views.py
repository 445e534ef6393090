"""Asking to be told, and confirming it."""

from datetime import timedelta

from flask import Blueprint
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid, NotFound
from statuspage.core.secrets import Purpose
from statuspage.domain.accounts.access import draw
from statuspage.domain.accounts.rules import Allowance
from statuspage.domain.incidents.queries import open_public_incidents
from statuspage.domain.subscribers.actions import confirm_subscription, request_subscription
from statuspage.domain.subscribers.queries import (
    confirmation_or_none,
    endpoint_key,
    subscriber_by_endpoint,
    subscriber_by_id,
)
from statuspage.outbox.enums import Channel
from statuspage.publish.facts.incidents import incident_fact
from statuspage.web.kit.clients import client_key, spend
from statuspage.web.kit.current import installation, now, session
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.rights import public_route
from statuspage.web.subscribe.choices import chosen, show, show_choices, typed

blueprint = Blueprint("asking", __name__)
ADDRESS_LIMIT = 320


@blueprint.post("/subscribe")
@public_route
def ask() -> ResponseReturnValue:
    """Ask the owner of an address to confirm. The answer, and the work done for it, are the same for every address."""
    form, limits = Form.sent(), installation().settings.limits
    spend("subscribe", client_key(), limits.subscribe_per_client_hour, timedelta(hours=1))
    spend("subscribe", "everybody", limits.subscribe_total_minute, timedelta(minutes=1))
    email = form.text("email")[: ADDRESS_LIMIT + 1]
    try:
        choices = chosen(form)
        if _may_be_asked(email):
            request_subscription(session(), email, choices, now=now())
    except Invalid as fault:
        return refused(form, fault, _form)
    return show("subscribe/asked.html", address=email.strip())


def _may_be_asked(email: str) -> bool:
    """Tell whether the address is on the list in some state, or is asked for the first time in a day."""
    key = installation().keys.digest("address", endpoint_key(email))
    allowance = Allowance(installation().settings.limits.confirmation_per_address_day, timedelta(days=1))
    first = draw(session(), f"confirm:{key}", allowance, now()) == 0
    return subscriber_by_endpoint(session(), Channel.EMAIL, email) is not None or first


def _form(form: Form) -> str:
    return show_choices("subscribe/form.html", typed=typed(form), faults=form.faults)


@blueprint.get("/subscribe/confirm/<token>")
@public_route
def confirm_page(token: str) -> ResponseReturnValue:
    """Show the button; scanners that open links confirm nothing."""
    confirmation_id = installation().keys.open(Purpose.CONFIRM, token)
    asked = confirmation_or_none(session(), confirmation_id, now()) if confirmation_id else None
    if asked is None:
        return show("subscribe/gone.html"), 404
    subscriber = subscriber_by_id(session(), asked.subscriber_id)
    return show("subscribe/confirm.html", action=installation().links.confirm(token), address=subscriber.endpoint)


@blueprint.post("/subscribe/confirm/<token>")
@public_route
def confirm(token: str) -> ResponseReturnValue:
    """Confirm, and show what is going on right now."""
    confirmation_id = installation().keys.open(Purpose.CONFIRM, token)
    try:
        if confirmation_id is None:
            return show("subscribe/gone.html"), 404
        subscriber = confirm_subscription(session(), confirmation_id, now=now())
    except NotFound:
        return show("subscribe/gone.html"), 404
    manage = installation().links.manage(installation().keys.seal(Purpose.MANAGE, subscriber.id))
    incidents = [incident_fact(row) for row in open_public_incidents(session())]
    return show("subscribe/confirmed.html", manage_path=manage, incidents=incidents, now=now())
