"""What other sites may not do: send forms to us through somebody's browser.

`Sec-Fetch-Site` is set by every browser since 2023 and cannot be forged by a page; older ones send `Origin` with
forms. A request with neither comes from a program, which has no cookie to abuse.
"""

from urllib.parse import urlsplit

from flask import request

from statuspage.core.errors import NotAllowed
from statuspage.core.languages import marked
from statuspage.core.links import Links

OWN = ("same-origin", "none")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def trusted_hosts(links: Links) -> list[str]:
    """Return the host names this installation answers to: that of the base URL, and loopback for those on the host."""
    return [links.host, *LOOPBACK]


def refuse_foreign() -> None:
    """Raise `NotAllowed` when a page of another site sent this request."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    foreign = site not in OWN if site else bool(origin) and urlsplit(origin or "").netloc != request.host
    if foreign:
        raise NotAllowed(marked("This form was sent from another site. Open the page here and repeat."))
