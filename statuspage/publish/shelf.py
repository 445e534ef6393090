"""Answers ready to send: what the door keeps of a page in memory, with every header list made beforehand."""

from email.utils import format_datetime
from http import HTTPStatus

from statuspage.core.headers import Headers, merged
from statuspage.publish.negotiation import encodings_by_preference
from statuspage.publish.records import Record, Variant

Answer = tuple[str, list[tuple[str, str]], list[bytes]]

_KNOWN_ACCEPTS = 32  # how many spellings of Accept-Encoding an entry remembers
_KEPT_IN_304 = ("cache-control", "cdn-cache-control", "vary", "access-control-allow-origin")


class Choice:
    """One encoding of a page as three answers: with its bytes, without them, and "you hold it already"."""

    __slots__ = ("date", "etag", "full", "head", "unchanged")

    def __init__(self, record: Record, variant: Variant, base: Headers) -> None:
        page = record.page
        status = f"{page.status} {HTTPStatus(page.status).phrase}"
        described = [
            ("Content-Type", page.content_type),
            ("Content-Length", str(len(variant.body))),
            ("Last-Modified", format_datetime(page.last_modified, usegmt=True)),
            ("ETag", variant.etag),
        ]
        if variant.encoding != "identity":
            described.append(("Content-Encoding", variant.encoding))
        common = merged(base, page.headers)
        kept = [pair for pair in common if pair[0].lower() in _KEPT_IN_304]
        self.etag = variant.etag
        self.date = described[2][1]
        self.full: Answer = (status, described + common, [variant.body])
        self.head: Answer = (status, described + common, [])
        self.unchanged: Answer = ("304 Not Modified", described[2:4] + kept, [])


class Entry:
    """A page in memory. `by_accept` maps an Accept-Encoding as it was sent to the choice it leads to."""

    __slots__ = ("_choices", "by_accept", "conditional", "modified", "size")

    def __init__(self, record: Record, base: Headers) -> None:
        self._choices = {variant.encoding: Choice(record, variant, base) for variant in record.variants}
        self.by_accept: dict[str | None, Choice] = {}
        self.conditional = record.page.status == HTTPStatus.OK
        self.modified = record.page.last_modified.timestamp()
        self.size = record.size

    def choose(self, accept: str | None) -> Choice:
        """Return the choice for this Accept-Encoding (None without one) and remember it."""
        wanted = (name for name in encodings_by_preference(accept) if name in self._choices)
        choice = self._choices[next(wanted)]
        if len(self.by_accept) < _KNOWN_ACCEPTS:
            self.by_accept[accept] = choice
        return choice


class Shelf:
    """The entries of one generation, at most `capacity` bytes of them; the longest-held go first."""

    def __init__(self, capacity: int) -> None:
        self.entries: dict[str, Entry] = {}
        self._capacity = capacity
        self._held = 0

    def keep(self, path: str, entry: Entry) -> None:
        """Keep an entry if it is not out of proportion, making room for it."""
        if entry.size > self._capacity // 8 or path in self.entries:
            return
        self._held += entry.size
        while self._held > self._capacity and self.entries:
            oldest = next(iter(self.entries), None)
            dropped = self.entries.pop(oldest, None) if oldest is not None else None
            self._held -= dropped.size if dropped else 0
        self.entries[path] = entry
