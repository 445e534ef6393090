"""Pages for customers that no builder stores, in the language of whoever asks. The panel speaks English.

An address begins with the language it is in (`/de/subscribe`), or is in the page's own; a page about one subscriber is
in the language they chose. Nothing asks the browser, and nothing is noted in a cookie.
"""

from functools import cache
from typing import Any

from flask import current_app, request
from jinja2 import Environment

from statuspage.core.errors import NotFound, Unavailable
from statuspage.core.languages import Language, marked
from statuspage.core.templating import html_environment
from statuspage.publish.facts.profile import profile
from statuspage.publish.site import Site
from statuspage.web.kit.current import installation, session

IN_A_LANGUAGE = f"/<any({','.join(Language)}):language>"
"""What the rule of a route begins with that is there in every language."""
_FRAME = "statuspage.frame"


@cache
def _environment(language: Language) -> Environment:
    return html_environment(language)


def say(template: str, site: Site, **facts: Any) -> str:
    """Render a page for customers in the language of `site`."""
    return _environment(site.language).get_template(template).render(site=site, **facts)


def dressed(language: Language | None = None) -> Site:
    """Return the site as it stands in the panel, in `language` or its own. Raises `NotFound` without a profile."""
    site = current_app.extensions[_FRAME] = profile(session()).dress(installation().site)
    return site.speaking(language) if language else site


def dressed_here() -> Site:
    """Return the site in the language the address begins with. Raises `NotFound` where it is not shown in that."""
    asked, site = asked_language(), dressed()
    if asked and asked not in site.others:
        raise NotFound(marked("There is no page at this address. Start from the current status."))
    return site.speaking(asked) if asked else site


def asked_language() -> Language | None:
    """Return the language the address of this request begins with; None for the page's own."""
    first = request.path.split("/", 2)[1]
    return next((language for language in Language if language == first), None)


def frame_at_hand(*, fresh: bool) -> Site:
    """Return the site in the language of the address, for a page that must not fail.

    `fresh` reads it from the database; where that does not answer, what was read last serves, and before that what the
    settings say.
    """
    if fresh:
        _look_again()
    site: Site = current_app.extensions.get(_FRAME, installation().site)
    asked = asked_language()
    return site.speaking(asked) if asked else site


def _look_again() -> None:
    try:
        with installation().database.session(readonly=True) as reading:
            current_app.extensions[_FRAME] = profile(reading).dress(installation().site)
    except (NotFound, Unavailable):
        return  # the page that is being made tells of something else already
