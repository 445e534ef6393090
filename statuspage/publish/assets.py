"""The static files under names that carry their content's hash, so that they may be kept for a year.

`static/` holds the sources. The stylesheet of an audience is served as one file: tokens, base and its own
rules, joined in the order of their layers. Everything is read once; `Assets` is immutable and shared.
"""

import hashlib
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

JOINED = {
    "css/public.css": ("css/tokens.css", "css/base.css", "css/public.css"),
    "css/embed.css": ("css/tokens.css", "css/base.css", "css/embed.css"),
    "css/panel.css": (
        "css/tokens.css",
        "css/base.css",
        "css/panel.css",
        "css/wording.css",
        "css/workbench.css",
        "css/waiting.css",
        "css/branding.css",
    ),
}
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Asset:
    """One static file as it is served: under `path`, for ever."""

    path: str
    content_type: str
    body: bytes


class Assets:
    """Knows the hashed path of every static file by its name in `static/` (`css/public.css`)."""

    def __init__(self, static_dir: Path) -> None:
        self._by_name: dict[str, Asset] = {}
        for file in sorted(path for path in static_dir.rglob("*") if path.is_file()):
            name = file.relative_to(static_dir).as_posix()
            parts = [static_dir / part for part in JOINED.get(name, (name,))]
            self._by_name[name] = _asset(name, b"\n".join(part.read_bytes() for part in parts))
        self._by_path = {asset.path: asset for asset in self._by_name.values()}

    def url(self, name: str) -> str:
        """Return the path under which the file called `name` is served. Raises `KeyError` without one."""
        return self._by_name[name].path

    def text(self, name: str) -> str:
        """Return what the file called `name` says. Raises `KeyError` without one."""
        return self._by_name[name].body.decode()

    def at(self, path: str) -> Asset | None:
        """Return the file served under `path`, or None."""
        return self._by_path.get(path)

    def __iter__(self) -> Iterator[Asset]:
        return iter(self._by_name.values())


def _asset(name: str, body: bytes) -> Asset:
    stem, dot, suffix = name.rpartition(".")
    digest = hashlib.sha256(body).hexdigest()[:12]
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(f"/static/{stem}.{digest}{dot}{suffix}", _TYPES.get(f".{suffix}", guessed), body)
