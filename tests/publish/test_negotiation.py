import pytest

from statuspage.publish.negotiation import encodings_by_preference, holds_current

TAG = '"abc"'
CHANGED = 1_793_520_000.0  # Sun, 01 Nov 2026 08:00:00 GMT


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br gzip identity"),
        ("gzip", "gzip identity"),
        ("x-gzip", "gzip identity"),
        ("GZIP", "gzip identity"),
        ("br;q=0, gzip", "gzip identity"),
        ("br;q=0", "identity"),
        ("gzip;q=1.0, br;q=0.5", "gzip br identity"),
        ("identity, gzip;q=0.5", "identity gzip"),
        ("identity;q=0.5, gzip;q=1.0", "gzip identity"),
        ("*", "br gzip identity"),
        ("gzip, *;q=0", "gzip identity"),
        ("*;q=0", "identity"),
        ("identity;q=0, *;q=0", "identity"),
        ("gzip;q=nonsense, br", "br identity"),
        ("deflate, compress", "identity"),
        (" br ; q=0.8 ,gzip;q=0.2", "br gzip identity"),
    ],
)
def test_the_client_gets_the_encoding_it_likes_best(accept: str | None, wanted: str) -> None:
    assert " ".join(encodings_by_preference(accept)) == wanted


@pytest.mark.parametrize(
    ("headers", "holds"),
    [
        ({}, False),
        ({"HTTP_IF_NONE_MATCH": '"abc"'}, True),
        ({"HTTP_IF_NONE_MATCH": 'W/"abc"'}, True),
        ({"HTTP_IF_NONE_MATCH": '"x", "abc" , "y"'}, True),
        ({"HTTP_IF_NONE_MATCH": "*"}, True),
        ({"HTTP_IF_NONE_MATCH": '"other"'}, False),
        ({"HTTP_IF_NONE_MATCH": "abc"}, False),
        ({"HTTP_IF_NONE_MATCH": ""}, False),
        ({"HTTP_IF_NONE_MATCH": '"a,b", "c"'}, False),
        ({"HTTP_IF_MODIFIED_SINCE": "Sun, 01 Nov 2026 08:00:00 GMT"}, True),
        ({"HTTP_IF_MODIFIED_SINCE": "Sun, 01 Nov 2026 09:00:00 GMT"}, True),
        ({"HTTP_IF_MODIFIED_SINCE": "Sun, 01 Nov 2026 07:59:59 GMT"}, False),
        ({"HTTP_IF_MODIFIED_SINCE": "yesterday"}, False),
        ({"HTTP_IF_MODIFIED_SINCE": "Sunday, 01-Nov-26 08:00:00 GMT"}, True),
        ({"HTTP_IF_MODIFIED_SINCE": "Sun, 99 Nov 2026 08:00:00 GMT"}, False),
        ({"HTTP_IF_NONE_MATCH": '"other"', "HTTP_IF_MODIFIED_SINCE": "Sun, 01 Nov 2026 09:00:00 GMT"}, False),
    ],
)
def test_nothing_is_sent_again_to_a_client_that_holds_it(headers: dict[str, str], holds: bool) -> None:
    assert holds_current(headers, TAG, CHANGED) is holds
