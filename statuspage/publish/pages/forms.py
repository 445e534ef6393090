"""`/subscribe` and `/report`: forms, stored like any other page. What becomes of them is decided behind the door."""

from collections.abc import Mapping
from typing import Any

from statuspage.publish.pages.rendering import html_page
from statuspage.publish.records import Page
from statuspage.publish.visit import Visit

EMPTY: Mapping[str, Any] = {"typed": {}, "faults": {}}


def subscribe(visit: Visit) -> Page:
    """Render the empty form with every public component to choose from."""
    changed_at = max((one.updated_at for one in visit.catalogue.components), default=visit.as_of)
    return html_page(visit, "subscribe/form.html", changed_at, {"catalogue": visit.catalogue, **EMPTY})


def report(visit: Visit) -> Page:
    """Render the empty form for reporting a problem, below what is known already."""
    context = {"catalogue": visit.catalogue, "known": visit.reading.open_incidents, **EMPTY}
    return html_page(visit, "subscribe/report.html", visit.reading.published_at, context)
