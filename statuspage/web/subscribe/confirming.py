"""Confirming that one wants to be told, and what is going on right now."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from statuspage.core.errors import NotFound
from statuspage.core.secrets import Purpose
from statuspage.domain.incidents.queries import open_public_incidents
from statuspage.domain.subscribers.actions import confirm_subscription
from statuspage.domain.subscribers.queries import confirmation_or_none, subscriber_by_id
from statuspage.publish.facts.incidents import incident_fact
from statuspage.web.kit.current import installation, now, session
from statuspage.web.kit.rights import public_route
from statuspage.web.kit.speaking import dressed, say
from statuspage.web.subscribe.choices import site_of

blueprint = Blueprint("confirming", __name__)


@blueprint.get("/subscribe/confirm/<token>")
@public_route
def confirm_page(token: str) -> ResponseReturnValue:
    """Show the button; scanners that open links confirm nothing."""
    confirmation_id = installation().keys.open(Purpose.CONFIRM, token)
    asked = confirmation_or_none(session(), confirmation_id, now()) if confirmation_id else None
    if asked is None:
        return say("subscribe/gone.html", dressed()), 404
    subscriber = subscriber_by_id(session(), asked.subscriber_id)
    action = installation().links.confirm(token)
    return say("subscribe/confirm.html", site_of(subscriber), action=action, address=subscriber.endpoint)


@blueprint.post("/subscribe/confirm/<token>")
@public_route
def confirm(token: str) -> ResponseReturnValue:
    """Confirm, and show what is going on right now."""
    confirmation_id = installation().keys.open(Purpose.CONFIRM, token)
    try:
        if confirmation_id is None:
            return say("subscribe/gone.html", dressed()), 404
        subscriber = confirm_subscription(session(), confirmation_id, now=now())
    except NotFound:
        return say("subscribe/gone.html", dressed()), 404
    manage = installation().links.manage(installation().keys.seal(Purpose.MANAGE, subscriber.id))
    incidents = [incident_fact(row) for row in open_public_incidents(session())]
    return say("subscribe/confirmed.html", site_of(subscriber), manage_path=manage, incidents=incidents, now=now())
