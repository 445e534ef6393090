"""Paging by keyset: `?before=<id>` is the last row somebody has seen."""

import uuid
from collections.abc import Sequence
from typing import Protocol
from urllib.parse import urlencode

from flask import request


class Row(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> uuid.UUID:
        """The row's key; ids grow with time."""
        ...


def page_before() -> uuid.UUID | None:
    """Return the id to continue before, or None for the first page and for what is no id."""
    try:
        return uuid.UUID(request.args.get("before", ""))
    except ValueError:
        return None


def older(found: Sequence[Row], limit: int) -> str:
    """Return the address of the next page with the same filters, or "" when `found` (one row more than `limit` was
    asked for) ends here."""
    if len(found) <= limit:
        return ""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "before" and value]
    return "?" + urlencode([*kept, ("before", str(found[limit - 1].id))])
