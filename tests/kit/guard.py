"""Nothing leaves the machine: a connection or a look-up beyond loopback fails the test that tried."""

import ipaddress
import socket
import sys
from typing import Any

LOCAL_NAMES = {"localhost", "localhost.", "", None, socket.gethostname()}


class NetworkForbidden(Exception):
    """A test reached for the network."""


def _is_local(host: Any) -> bool:
    if host in LOCAL_NAMES:
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse_far_hosts(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a path is a Unix socket
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
        if _is_address(host):
            return
    else:
        return
    if not _is_local(host):
        raise NetworkForbidden(
            f"A test asked for {host!r}. Tests stay on this machine: use smtp_sink or a local server."
        )


def _is_address(host: Any) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def install() -> None:
    """Watch this process from now on; an audit hook cannot be taken off again."""
    sys.addaudithook(_refuse_far_hosts)
