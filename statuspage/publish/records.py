"""A public page as it lies in the store: its bytes in every encoding, each with its own strong ETag.

A record is a file of three parts: a line with the SHA-256 of everything behind it, a line of JSON, the
bodies one after another. A file that was cut short or overwritten by a failing disk does not match its
first line and counts as missing.
"""

import gzip
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

import brotli

GZIP_LEVEL = 6
BROTLI_QUALITY = 5  # 0.6 ms for a page, where quality 11 costs 21 ms and saves a tenth
SMALLEST_WORTH_COMPRESSING = 256
_TEXT = ("text/", "application/json", "application/xml", "image/svg+xml", "application/feed+json")
OPEN_TO_ALL = (("Access-Control-Allow-Origin", "*"),)  # for programs on pages of other sites


@dataclass(frozen=True, slots=True)
class Page:
    """What a public address answers. `last_modified` is when its content last changed; `headers` come on
    top of those every page has, or in their place when they bear the same name."""

    path: str
    content_type: str
    body: bytes
    last_modified: datetime
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200


@dataclass(frozen=True, slots=True)
class Variant:
    """The bytes of a page in one encoding: `identity`, `gzip` or `br`."""

    encoding: str
    body: bytes
    etag: str


@dataclass(frozen=True, slots=True)
class Record:
    """A page in every encoding that pays; the first variant is `identity`."""

    page: Page
    variants: tuple[Variant, ...]

    @property
    def size(self) -> int:
        """The number of bytes of all bodies."""
        return sum(len(variant.body) for variant in self.variants)


def compressible(content_type: str) -> bool:
    """Return whether bytes of this type are text."""
    kind = content_type.partition(";")[0].strip().lower()
    return kind.startswith(_TEXT) or kind.endswith(("+json", "+xml"))


def encode(page: Page) -> Record:
    """Return the page with its compressed forms: text only, and only where it gets smaller. Same page, same
    bytes."""
    variants = [_variant("identity", page.body)]
    if compressible(page.content_type) and len(page.body) >= SMALLEST_WORTH_COMPRESSING:
        squeezed = (
            _variant("gzip", gzip.compress(page.body, GZIP_LEVEL, mtime=0)),
            _variant("br", brotli.compress(page.body, quality=BROTLI_QUALITY)),
        )
        variants += [variant for variant in squeezed if len(variant.body) < len(page.body)]
    return Record(page, tuple(variants))


def _variant(encoding: str, body: bytes) -> Variant:
    return Variant(encoding, body, f'"{hashlib.sha256(body).hexdigest()[:24]}"')


def pack(record: Record) -> bytes:
    """Return the record as the bytes of a file."""
    page = record.page
    described = {
        "path": page.path,
        "status": page.status,
        "type": page.content_type,
        "modified": int(page.last_modified.timestamp()),
        "headers": page.headers,
        "variants": [(variant.encoding, len(variant.body), variant.etag) for variant in record.variants],
    }
    head = json.dumps(described, ensure_ascii=True, separators=(",", ":")).encode()
    rest = head + b"\n" + b"".join(variant.body for variant in record.variants)
    return hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest


def unpack(data: bytes) -> Record | None:
    """Return the record in the bytes of a file, or None when they are not what was once written."""
    digest, _, rest = data.partition(b"\n")
    if hashlib.sha256(rest).hexdigest().encode() != digest:
        return None
    head, _, bodies = rest.partition(b"\n")
    described = json.loads(head)
    variants, start = [], 0
    for encoding, length, etag in described["variants"]:
        variants.append(Variant(encoding, bodies[start : start + length], etag))
        start += length
    page = Page(
        path=described["path"],
        content_type=described["type"],
        body=variants[0].body,
        last_modified=datetime.fromtimestamp(described["modified"], UTC),
        headers=tuple((name, value) for name, value in described["headers"]),
        status=described["status"],
    )
    return Record(page, tuple(variants))


def same_answer(one: Page, other: Page) -> bool:
    """Return whether a visitor gets the same from both: status, type, headers and bytes."""
    return (one.status, one.content_type, one.headers, one.body) == (
        other.status,
        other.content_type,
        other.headers,
        other.body,
    )
