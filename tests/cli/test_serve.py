"""The address that `serve` and `demo` print: one that a browser on this machine can open."""

import pytest

from statuspage.cli.serve import url_at


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("fd00::7", "http://[fd00::7]:8000"),
        ("status.example.com", "http://status.example.com:8000"),
    ],
)
def test_an_address_can_be_opened_from_this_machine(host: str, address: str) -> None:
    assert url_at(host, 8000) == address
