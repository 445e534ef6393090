"""Whose word counts about where a request comes from."""

from typing import Any

import pytest

from statuspage.web.kit.proxies import TrustedProxies

TRUSTED = ["10.0.0.0/8", "fd00::/8"]


def _seen(environ: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def application(inner: dict[str, Any], start_response: object) -> list[bytes]:
        found.update(inner)
        return []

    list(TrustedProxies(application, TRUSTED)({"wsgi.url_scheme": "http", **environ}, lambda *_: lambda _: None))
    return found


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.2", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "192.0.2.66, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "192.0.2.66, 198.51.100.1, 10.0.0.3", "198.51.100.1"),
        ("10.0.0.2", "10.0.0.4, 10.0.0.3", "10.0.0.4"),
        ("fd00::2", "2001:db8::1", "2001:db8::1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_client_is_the_last_hop_that_is_no_trusted_proxy(peer: str, forwarded: str, client: str) -> None:
    assert _seen({"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded})["REMOTE_ADDR"] == client


def test_scheme_and_host_are_believed_from_trusted_proxies_alone() -> None:
    said = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_HOST": "status.example.com", "HTTP_HOST": "inner"}
    believed = _seen({"REMOTE_ADDR": "10.0.0.2", **said})
    assert (believed["wsgi.url_scheme"], believed["HTTP_HOST"]) == ("https", "status.example.com")
    ignored = _seen({"REMOTE_ADDR": "203.0.113.9", **said})
    assert (ignored["wsgi.url_scheme"], ignored["HTTP_HOST"]) == ("http", "inner")
