"""Seeing before sending: publishing is carried out, shown as customers would get it, and rolled back."""

from typing import TYPE_CHECKING

from flask import render_template

from statuspage.delivery.messages.previews import preview_of
from statuspage.domain.incidents.queries import incident_by_ref
from statuspage.publish.facts.incidents import incident_fact
from statuspage.publish.facts.profile import profile
from statuspage.web.kit.current import installation, now, reader, session
from statuspage.web.kit.forms import start_over

if TYPE_CHECKING:
    from statuspage.domain.incidents.models import Update

PREVIEW = "preview"


def previewed(update: "Update") -> str:
    """Return the page and the mail that a published, uncommitted update leads to, and take everything back."""
    house = installation()
    incident = incident_by_ref(session(), update.incident.ref, reader())
    page = render_template(
        "admin/incidents/preview.html",
        site=profile(session()).dress(house.site),
        incident=incident_fact(incident),
        mail=preview_of(session(), update.id, house.links, house.settings.mail_from),
        now=now(),
    )
    start_over()
    return page
