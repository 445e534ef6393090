"""Believing proxies: `X-Forwarded-*` counts only from the networks of `net.trusted_proxies`.

The client's address is the rightmost one in `X-Forwarded-For` that is no trusted proxy itself (ASVS 5.0 4.1.3): what
stands further left was written by whoever sent the request.
"""

import ipaddress
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class TrustedProxies:
    """A WSGI layer that puts the visitor's address, scheme and host in place of the proxy's."""

    def __init__(self, application: "WSGIApplication", networks: Iterable[str]) -> None:
        self._application = application
        self._networks = [ipaddress.ip_network(network) for network in networks]

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        if self._trusts(str(environ.get("REMOTE_ADDR", ""))):
            self._believe(environ)
        return self._application(environ, start_response)

    def _trusts(self, address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self._networks)

    def _believe(self, environ: "WSGIEnvironment") -> None:
        hops = _listed(environ, "HTTP_X_FORWARDED_FOR")
        while len(hops) > 1 and self._trusts(hops[-1]):
            hops.pop()
        if hops:
            environ["REMOTE_ADDR"] = hops[-1]
        schemes = _listed(environ, "HTTP_X_FORWARDED_PROTO")
        if schemes and schemes[-1] in ("http", "https"):
            environ["wsgi.url_scheme"] = schemes[-1]
        hosts = _listed(environ, "HTTP_X_FORWARDED_HOST")
        if hosts:
            environ["HTTP_HOST"] = hosts[-1]


def _listed(environ: "WSGIEnvironment", name: str) -> list[str]:
    return [item.strip() for item in str(environ.get(name, "")).split(",") if item.strip()]
