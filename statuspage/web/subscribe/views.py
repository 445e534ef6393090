"""Asking to be told."""

from datetime import timedelta

from flask import Blueprint
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.access import draw
from statuspage.domain.accounts.rules import Allowance
from statuspage.domain.subscribers.actions import request_subscription
from statuspage.domain.subscribers.queries import endpoint_key, subscriber_by_endpoint
from statuspage.outbox.enums import Channel
from statuspage.publish.site import Site
from statuspage.web.kit.clients import client_key, spend
from statuspage.web.kit.current import installation, now, session
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.rights import public_route
from statuspage.web.kit.speaking import IN_A_LANGUAGE, dressed_here, say
from statuspage.web.subscribe.choices import chosen, faults_in, show_choices, typed

blueprint = Blueprint("asking", __name__)
ADDRESS_LIMIT = 320


@blueprint.post("/subscribe")
@blueprint.post(f"{IN_A_LANGUAGE}/subscribe")
@public_route
def ask(**_language: str) -> ResponseReturnValue:
    """Ask the owner of an address to confirm, in the language of the form.

    The answer, and the work done for it, are the same for every address.
    """
    form, limits = Form.sent(), installation().settings.limits
    spend("subscribe", client_key(), limits.subscribe_per_client_hour, timedelta(hours=1))
    spend("subscribe", "everybody", limits.subscribe_total_minute, timedelta(minutes=1))
    site, email = dressed_here(), form.text("email")[: ADDRESS_LIMIT + 1]
    try:
        choices = chosen(form, site.language)
        if _may_be_asked(email):
            request_subscription(session(), email, choices, now=now())
    except Invalid as fault:
        return refused(form, fault, lambda again: _form(site, again))
    return say("subscribe/asked.html", site, address=email.strip())


def _may_be_asked(email: str) -> bool:
    """Tell whether the address is on the list in some state, or is asked for the first time in a day."""
    key = installation().keys.digest("address", endpoint_key(email))
    allowance = Allowance(installation().settings.limits.confirmation_per_address_day, timedelta(days=1))
    first = draw(session(), f"confirm:{key}", allowance, now()) == 0
    return subscriber_by_endpoint(session(), Channel.EMAIL, email) is not None or first


def _form(site: Site, form: Form) -> str:
    return show_choices("subscribe/form.html", site, typed=typed(form), faults=faults_in(site, form))
