"""`/subscribe`: one field and one button, stored like any other page. What becomes of it is decided behind the door."""

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
