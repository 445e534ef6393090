"""Counting without knowing: a client is the keyed digest of its network prefix, never an address."""

import ipaddress
from datetime import timedelta

from flask import request

from statuspage.core.db import commit
from statuspage.domain.accounts.access import draw, draw_or_refuse
from statuspage.domain.accounts.rules import Allowance
from statuspage.web.kit.current import installation, now, session

_PREFIX = {4: 24, 6: 48}


def client_key() -> str:
    """Return what stands for this client in buckets: a digest of its /24 (IPv4) or /48 (IPv6)."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return installation().keys.digest("client", "unknown")
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    network = ipaddress.ip_network((address, _PREFIX[address.version]), strict=False)
    return installation().keys.digest("client", str(network))


def spend(purpose: str, key: str, count: int, window: timedelta) -> None:
    """Draw once from the bucket `purpose` of `key`, `count` per `window`. Raises `TooMany` when it is empty.

    A transaction of its own: what was spent stays spent when the request is refused, and no slow check that follows
    (a password's hash) holds up other writers. Call it before the view's first own query.
    """
    with installation().database.session() as drawing:
        draw_or_refuse(drawing, f"{purpose}:{key}", Allowance(count, window), now())
        commit(drawing)


def is_within(purpose: str, key: str, count: int, window: timedelta) -> bool:
    """Draw once from the bucket `purpose` of `key` in this request's own transaction; tell whether it held anything.

    For limits nobody is told of: the answer stays the same, what is too much is left out.
    """
    return draw(session(), f"{purpose}:{key}", Allowance(count, window), now()) == 0
