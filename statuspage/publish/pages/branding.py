"""`/branding/...`: logo, icon and the stylesheet of the accent. Each is named by its content and never changes."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.core.headers import HASHED_ASSET
from statuspage.publish.brand import PREFIX, Brand, accent_sheet
from statuspage.publish.facts.branding import accents, brand_image
from statuspage.publish.pages.home import home
from statuspage.publish.records import Page
from statuspage.publish.site import Site
from statuspage.publish.visit import Visit, visit

_HOME = "/"
FOR_EVER = (*HASHED_ASSET, ("CDN-Cache-Control", ""))  # the empty one takes away what short-lived pages say


def picture(visit: Visit, _name: str) -> Page | None:
    """Return a logo or an icon that the page wears or wore."""
    found = brand_image(visit.session, visit.path)
    return Page(visit.path, found.content_type, found.body, found.made_at, FOR_EVER) if found else None


def sheet(visit: Visit, _name: str) -> Page | None:
    """Return the stylesheet of an accent that the page wears or wore."""
    found = accents(visit.session).get(visit.path)
    if found is None:
        return None
    accent, chosen_at = found
    return Page(visit.path, "text/css; charset=utf-8", accent_sheet(accent).encode(), chosen_at, FOR_EVER)


def is_brand(path: str) -> bool:
    """Tell whether an address is one of these: a page must not be seen before them."""
    return path.startswith(PREFIX)


def home_under(session: Session, site: Site, as_of: datetime, brand: Brand) -> Page:
    """Return the home page as it would look under another brand. Raises `NotFound` without a profile."""
    asked = visit(session, _HOME, site, as_of)
    return home(replace(asked, site=replace(asked.site, brand=brand)))
