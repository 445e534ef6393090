"""What no browser sends: addresses that climb, methods that nobody knows, headers without sense. Over a real socket, so
that the HTTP engine, the door and the application behind it answer together."""

import socket

from tests.faults.house import PATIENCE, House

SECRETS = (b"a secret for tests alone", b"SQLite format 3", b"[project]", b"Traceback")
LONG = b"a" * 20_000
UNCHANGING = (b"content-security-policy", b"x-content-type-options")

ADDRESSES: list[tuple[bytes, int]] = [
    *((target, 404) for target in (b"/..", b"/../", b"/./", b"/../secret_key", b"/%2e%2e/secret_key")),
    *((target, 404) for target in (b"/..%2fsecret_key", b"/%2e%2e%2fsecret_key", b"/..%5csecret_key", b"/%00", b"/%")),
    *((b"/static/" + rest, 404) for rest in (b"../secret_key", b"..%2f..%2fpyproject.toml", b"%00", b"js/..%5cx")),
    *((b"/site/" + rest, 404) for rest in (b"generation", b"pages/")),
    *((b"/history/" + rest, 404) for rest in (b"2026-13", b"9999-12", b"0000-01", b"%0d%0aSet-Cookie:a=b")),
    *((target, 404) for target in (b"/HISTORY", b"/history;x=1", b"/%ff%fe", b"/%zz", b"/incidents/" + LONG, b"*")),
    *((b"/api/v2/" + rest, 404) for rest in (b"%2e%2e/status.json", b"../../secret_key", b"/status.json")),
    *((target, 404) for target in (b"//evil.example/", b"//evil.example/history/", b"/%5cevil.example/history/")),
    *((target, 303) for target in (b"/history/", b"/history%2f", b"/history//")),
    *((target, 200) for target in (b"/?" + LONG, b"/?%00=%ff", b"/history?page=..%2f", b"//", b"/%2f")),
    *((target, 200) for target in (b"http://127.0.0.1/history", b"http://evil.example/history")),
    (b"/\xff", 400),
]
METHODS: list[tuple[bytes, bytes, int]] = [
    *((method, b"/history", 405) for method in (b"POST", b"PUT", b"DELETE", b"PATCH", b"TRACE", b"CONNECT", b"BREW")),
    *(
        (b"POST", target, 405)
        for target in (b"/", b"/api/v2/status.json", b"/freshness.json", b"/healthz", b"/nothing")
    ),
    *((b"CONNECT", target, 405) for target in (b"/", b"/healthz")),
    (b"DELETE", b"/subscribe", 405),
    (b"X" * 200, b"/", 405),
    (b"OPTIONS", b"/", 200),
    (b"HEAD", b"/nothing", 404),
]
HEADERS: list[tuple[bytes, int]] = [
    *((b"Range: " + value, 200) for value in (b"bytes=0-10", b"bytes=99999999-", b"bytes=0-0,5-6", b"items=x")),
    *((b"If-None-Match: " + value, 200) for value in (b'"', b'W/"x', b'"a",' * 2000, b"\xff")),
    (b"If-None-Match: *", 304),
    *((b"If-Modified-Since: " + value, 200) for value in (b"nonsense", b"Thu, 01 Jan 0000 00:00:00 GMT")),
    *((b"Accept-Encoding: " + value, 200) for value in (b"\xff\xfe", b",,;q=;", b"*;q=0", b"br;q=-1", b"gzip;q=1e999")),
    *((value, 200) for value in (b"X-Long: " + LONG, b"Expect: 100-continue", b"Upgrade: h2c", b"Cookie: " + LONG)),
    *((value, 400) for value in (b"Cookie: \x01", b"Content-Length: -5", b"Bad Header: x", b"No colon", b"X: a\x00b")),
    (b"Content-Length: 5\r\nContent-Length: 6", 400),
]


def ask(serving: House, request: bytes, headers: bytes = b"", host: bytes = b"127.0.0.1") -> tuple[int, bytes]:
    """Send one request as it stands; return the status and the whole answer."""
    with socket.create_connection(("127.0.0.1", serving.port), timeout=PATIENCE) as connection:
        connection.sendall(b"%s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n" % (request, host, headers))
        with connection.makefile("rb") as stream:
            answer = stream.read()
    assert answer.startswith(b"HTTP/1."), f"no answer to {request[:80]!r}"
    return int(answer.split()[1]), answer


def check(answer: bytes) -> None:
    """Hold an answer against what every one keeps, however odd the question was."""
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert not [words for words in SECRETS if words in answer]
    assert b"set-cookie" not in head
    if b"content-type" in head:
        assert all(name in head for name in UNCHANGING), head


def climbing(serving: House) -> None:
    for target, expected in ADDRESSES:
        status, answer = ask(serving, b"GET " + target)
        assert status == expected, target[:80]
        check(answer)
        if status == 303:
            assert b"location: /history\r\n" in answer.lower()


def unknown_methods(serving: House) -> None:
    for method, target, expected in METHODS:
        status, answer = ask(serving, method + b" " + target, b"Content-Length: 0\r\n")
        assert status == expected, (method[:20], target)
        assert (b"\r\nallow: " in answer.lower()) == (status == 405 or method == b"OPTIONS"), (method[:20], target)
        check(answer)


def senseless_headers(serving: House) -> None:
    for header, expected in HEADERS:
        status, answer = ask(serving, b"GET /history", header + b"\r\n")
        assert status == expected, header[:80]
        check(answer)


def other_hosts(serving: House) -> None:
    for host in (b"evil.example", b"", b"127.0.0.1.evil.example", b"a\r\nHost: b", b"<script>"):
        status, stored = ask(serving, b"GET /", host=host)
        assert (status, b"evil.example" in stored) == (200, False), "stored bytes do not depend on the host's name"
        status, made = ask(serving, b"GET /nothing", host=host)
        assert (status, b"<script>" in made) == (400, False), host
        check(made)


def test_what_is_odd_is_answered_and_gets_nothing_else(serving: House) -> None:
    """One test, because starting a server is what takes its time."""
    assert ask(serving, b"GET /")[0] == 200, "the page is stored from now on"
    for part in (climbing, unknown_methods, senseless_headers, other_hosts):
        part(serving)
