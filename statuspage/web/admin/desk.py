"""What every page of the panel needs: the frame around it, the page's zone, notes that survive a redirect."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from flask import flash, g, render_template, url_for
from werkzeug.wrappers import Response

from statuspage.domain.components.queries import site_profile
from statuspage.domain.incidents.queries import open_incident_count
from statuspage.web.kit.current import caller, now, reader, session
from statuspage.web.kit.people import person
from statuspage.web.kit.redirects import see
from statuspage.web.kit.rights import Caller

if TYPE_CHECKING:
    from datetime import datetime

    from statuspage.domain.accounts.models import User
    from statuspage.domain.components.models import SiteProfile

_ANY = "any-slug-at-all"


@dataclass(frozen=True)
class Frame:
    """What stands around every page: who looks, the page's name and zone, how many incidents are open, the instant."""

    name: str
    zone: str
    me: "User"
    caller: Caller
    open_count: int
    now: "datetime"


def zone() -> str:
    """Return the page's IANA zone: times are typed and shown in it."""
    return _profile().timezone


def _profile() -> "SiteProfile":
    """Return the page's profile, held for this request: what nobody holds the session would read each time."""
    g.profile = site_profile(session())
    return cast("SiteProfile", g.profile)


def show(template: str, **facts: Any) -> str:
    """Return a page of the panel."""
    profile = _profile()
    frame = Frame(profile.name, profile.timezone, person(), caller(), open_incident_count(session(), reader()), now())
    return render_template(template, frame=frame, zone=profile.timezone, **facts)


def address_of_each(endpoint: str, name: str) -> Callable[[str], str]:
    """Return what gives the address of one after another by its slug: building each anew costs twenty times as much."""
    values: dict[str, Any] = {name: _ANY}
    head, tail = url_for(endpoint, **values).split(_ANY)
    return lambda slug: f"{head}{slug}{tail}"


def done(words: str, path: str) -> Response:
    """Go on to `path`, where `words` say what happened."""
    flash(words)
    return see(path)
