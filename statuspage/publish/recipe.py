"""What pages are made by: when code, templates, static files or fixed settings change, so does every page."""

import hashlib
from functools import cache
from pathlib import Path

from statuspage import __version__
from statuspage.core.paths import templates_dir
from statuspage.publish.site import Site

_PACKAGE = Path(__file__).resolve().parent.parent


def recipe_of(site: Site) -> str:
    """Return a name for how this installation makes pages: the same name, the same bytes for the same facts."""
    digest = hashlib.sha256(_code().encode())
    frame = (site.links.base_url, site.name, site.timezone, site.locale, site.security_contact)
    fixed = (*frame, *sorted(one.path for one in site.assets))
    digest.update("\0".join(fixed).encode())
    return digest.hexdigest()[:24]


@cache
def _code() -> str:
    digest = hashlib.sha256(__version__.encode())
    for file in (
        *sorted(_PACKAGE.rglob("*.py")),
        *sorted(path for path in templates_dir().rglob("*") if path.is_file()),
    ):
        digest.update(file.read_bytes())
    return digest.hexdigest()
