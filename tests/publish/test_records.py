import gzip
import hashlib

import brotli
import pytest

from statuspage.publish.records import encode, pack, unpack
from tests.publish.imagined import page


def test_a_text_page_is_kept_in_three_encodings_that_hold_the_same() -> None:
    record = encode(page())
    identity, zipped, smaller = record.variants
    assert [variant.encoding for variant in record.variants] == ["identity", "gzip", "br"]
    assert gzip.decompress(zipped.body) == brotli.decompress(smaller.body) == identity.body
    assert len(smaller.body) < len(identity.body) > len(zipped.body)


def test_every_encoding_has_a_strong_etag_of_its_own() -> None:
    tags = [variant.etag for variant in encode(page()).variants]
    assert len(set(tags)) == 3
    assert all(tag.startswith('"') and tag.endswith('"') for tag in tags)


def test_the_same_page_gives_the_same_bytes_at_any_time() -> None:
    assert pack(encode(page())) == pack(encode(page()))


@pytest.mark.parametrize(
    ("content_type", "body", "encodings"),
    [
        ("image/svg+xml", b"<svg/>" * 99, 3),
        ("application/json", b'{"a": 1}' * 99, 3),
        ("application/atom+xml; charset=utf-8", b"<entry/>" * 99, 3),
        ("image/png", b"\x89PNG" * 99, 1),
        ("text/plain", b"short", 1),
        ("text/plain", hashlib.shake_128(b"noise").digest(900), 1),
        ("text/plain", b"", 1),
    ],
    ids=["svg", "json", "atom", "image", "short", "incompressible", "empty"],
)
def test_only_text_that_gets_smaller_is_compressed(content_type: str, body: bytes, encodings: int) -> None:
    assert len(encode(page(content_type=content_type, body=body)).variants) == encodings


def test_a_record_comes_back_as_it_was() -> None:
    record = encode(page(headers=(("Access-Control-Allow-Origin", "*"),), status=410))
    assert unpack(pack(record)) == record


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "zeros"])
def test_a_damaged_file_is_no_record(damage: str) -> None:
    data = pack(encode(page()))
    damaged = {
        "cut": data[:-1],
        "flipped": data[:200] + bytes([data[200] ^ 1]) + data[201:],
        "empty": b"",
        "zeros": bytes(len(data)),
    }[damage]
    assert unpack(damaged) is None
