"""Tests stay on the machine."""

import socket

import pytest

from tests.kit.guard import NetworkForbidden


@pytest.mark.parametrize("address", ["192.0.2.1", "10.0.0.1", "::ffff:192.0.2.1"])
def test_a_connection_beyond_loopback_is_refused(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe, pytest.raises(NetworkForbidden):
        probe.connect((address, 80))


def test_a_look_up_of_a_foreign_name_is_refused() -> None:
    with pytest.raises(NetworkForbidden):
        socket.getaddrinfo("status.example.com", 443)


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
