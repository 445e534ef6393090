"""What a request's headers ask for: the encoding it can read, and whether what it holds is still current
(RFC 9110)."""

import re
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

_OURS = ("br", "gzip", "identity")
_OPAQUE_TAG = re.compile(r'"[^"]*"')


def encodings_by_preference(accept: str | None) -> tuple[str, ...]:
    """Return our encodings in the order the client wants them; `identity` is always there as the last resort.

    Without an Accept-Encoding (None) only identity is safe. A higher q wins, then br before gzip before
    identity; q=0 refuses (RFC 9110, 12.5.3).
    """
    if accept is None:
        return ("identity",)
    weights = _weights(accept)
    others = weights.get("*", 0.0)
    wanted = {name: weights.get(name, others) for name in ("br", "gzip")}
    wanted["identity"] = weights.get("identity", 0.0001 if others or "*" not in weights else 0.0)
    ranked = sorted(_OURS, key=lambda name: -wanted[name])
    acceptable = tuple(name for name in ranked if wanted[name] > 0)
    return acceptable if "identity" in acceptable else (*acceptable, "identity")


def _weights(accept: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for item in accept.lower().split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                quality = _quality(value.strip())
        if name:
            weights["gzip" if name == "x-gzip" else name] = quality
    return weights


def _quality(text: str) -> float:
    try:
        return max(0.0, min(1.0, float(text)))
    except ValueError:
        return 0.0


def holds_current(environ: Mapping[str, object], etag: str, modified: float) -> bool:
    """Return whether the client already holds the bytes with this strong ETag, last changed at `modified`
    (epoch s).

    If-None-Match is compared weakly and alone decides when it is there; If-Modified-Since counts only
    without it (RFC 9110, 13.1.2 and 13.1.3). A date that cannot be read counts as none.
    """
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        text = str(tags)
        return text.strip() == "*" or etag in _OPAQUE_TAG.findall(text)
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if since is None:
        return False
    try:
        date = parsedate_to_datetime(str(since))
    except ValueError:
        return False
    return modified <= (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
