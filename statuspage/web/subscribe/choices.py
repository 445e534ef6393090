"""What somebody wants to hear of, as the public forms show and send it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import render_template, request

from statuspage.domain.incidents.enums import Impact
from statuspage.domain.subscribers.actions import Choices
from statuspage.publish.facts.components import catalogue
from statuspage.publish.facts.profile import profile
from statuspage.publish.site import Site
from statuspage.web.kit.current import installation, session
from statuspage.web.kit.forms import Form

if TYPE_CHECKING:
    from statuspage.domain.subscribers.models import Subscriber

_FIELDS = {"minimum_impact", "maintenance", "components"}


def site() -> Site:
    """Return the site under the name and zone that stand in the panel."""
    return profile(session()).dress(installation().site)


def chosen(form: Form) -> Choices:
    """Return the choices as sent; a form without any of them (a small one elsewhere) wants everything. Raises
    `Invalid`."""
    if not _FIELDS & set(request.form):
        return Choices()
    slugs = tuple(form.many("components"))
    impact = form.word_or_none("minimum_impact", Impact) or Impact.NONE
    return Choices(components=slugs or None, minimum_impact=impact, maintenance=form.ticked("maintenance"))


def typed(form: Form) -> Mapping[str, Any]:
    """Return what was sent as the templates show it again."""
    return {
        "email": form.text("email"),
        "components": form.many("components"),
        "minimum_impact": form.text("minimum_impact") or Impact.NONE,
        "maintenance": form.ticked("maintenance"),
    }


def standing(subscriber: "Subscriber") -> Mapping[str, Any]:
    """Return a subscriber's present choices as the templates show them."""
    return {
        "components": [] if subscriber.all_components else [row.component.slug for row in subscriber.chosen],
        "minimum_impact": subscriber.minimum_impact,
        "maintenance": subscriber.maintenance,
    }


def show(template: str, **facts: Any) -> str:
    """Return a page of the subscribe flow."""
    return render_template(template, site=site(), **facts)


def show_choices(template: str, **facts: Any) -> str:
    """Return a page with every public component to choose from."""
    return show(template, catalogue=catalogue(session()), **facts)


def kept(choices: Choices, locale: str) -> Choices:
    """Return choices in the language somebody has already."""
    return replace(choices, locale=locale)
