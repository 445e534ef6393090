"""Going on after a form: 303, and never to another site."""

import re

from flask import redirect
from werkzeug.wrappers import Response

_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
PANEL = "/admin/"


def see(path: str) -> Response:
    """Send the browser to `path` with a GET, so that loading again repeats nothing."""
    return redirect(path, code=303)


def safe_next(wanted: str | None) -> str:
    """Return `wanted` if it is a path of this site, else the panel's first page."""
    return wanted if wanted and _LOCAL.fullmatch(wanted) else PANEL
