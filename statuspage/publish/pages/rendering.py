"""Turning a view into the bytes of a page, with an environment of its own: no request, no globals."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment

from statuspage.core.languages import Language
from statuspage.core.templating import html_environment
from statuspage.publish.records import Page
from statuspage.publish.visit import Visit

HTML = "text/html; charset=utf-8"


@cache
def _environment(language: Language) -> Environment:
    return html_environment(language)


def html_page(visit: Visit, template: str, last_modified: datetime, context: Mapping[str, Any]) -> Page:
    """Return the page at the visit's path, made by `templates/<template>` from `context` in the visit's language."""
    language = visit.site.language
    frame = {
        "site": visit.site,
        "path": visit.path,
        "plain_path": visit.plain_path,
        "support_url": visit.reading.profile.support_url,
    }
    text = _environment(language).get_template(template).render({**frame, **context})
    return Page(visit.path, HTML, text.encode(), last_modified, (("Content-Language", language),))
