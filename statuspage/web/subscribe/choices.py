"""What somebody wants to hear of, and in which language, as the public forms show and send it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import request

from statuspage.core.languages import Language, speech, spoken
from statuspage.core.sentences import told
from statuspage.domain.incidents.enums import Impact
from statuspage.domain.subscribers.actions import Choices
from statuspage.publish.facts.components import catalogue
from statuspage.publish.site import Site
from statuspage.web.kit.current import session
from statuspage.web.kit.forms import Form
from statuspage.web.kit.speaking import dressed, say

if TYPE_CHECKING:
    from statuspage.domain.subscribers.models import Subscriber

_FIELDS = {"minimum_impact", "maintenance", "components"}


def chosen(form: Form, locale: Language | None) -> Choices:
    """Return the choices as sent; a form without any of them (a small one elsewhere) wants everything. Raises
    `Invalid`."""
    if not _FIELDS & set(request.form):
        return Choices(locale=locale)
    slugs = tuple(form.many("components"))
    impact = form.word_or_none("minimum_impact", Impact) or Impact.NONE
    return Choices(slugs or None, impact, form.ticked("maintenance"), locale)


def typed(form: Form) -> Mapping[str, Any]:
    """Return what was sent as the templates show it again."""
    return {
        "email": form.text("email"),
        "components": form.many("components"),
        "minimum_impact": form.text("minimum_impact") or Impact.NONE,
        "maintenance": form.ticked("maintenance"),
        "locale": form.text("locale"),
    }


def standing(subscriber: "Subscriber") -> Mapping[str, Any]:
    """Return a subscriber's present choices as the templates show them."""
    return {
        "components": [] if subscriber.all_components else [row.component.slug for row in subscriber.chosen],
        "minimum_impact": subscriber.minimum_impact,
        "maintenance": subscriber.maintenance,
        "locale": spoken(subscriber.locale),
    }


def faults_in(site: Site, form: Form) -> Mapping[str, str]:
    """Return what is wrong with a form, in the language of `site`."""
    return {name: told(sentence, speech(site.language)) for name, sentence in form.faults.items()}


def site_of(subscriber: "Subscriber | None") -> Site:
    """Return the site in the language of a subscriber; in its own for somebody unknown."""
    return dressed(spoken(subscriber.locale)) if subscriber else dressed()


def show_choices(template: str, site: Site, **facts: Any) -> str:
    """Return a page with every public component to choose from."""
    return say(template, site, catalogue=catalogue(session()), **facts)
