"""Knocking at a door: what one asks, what comes back, and who is asked when the door has no answer."""

from collections.abc import Callable
from typing import Any

from statuspage.publish.door import Door


class Answer:
    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.pairs, self.body = int(status[:3]), headers, body
        self.headers = {name.lower(): value for name, value in headers}


class Visit:
    """Knocks at a door: `visit("/", method="HEAD", If_None_Match=tag)`."""

    def __init__(self, door: Door) -> None:
        self.door = door

    def __call__(self, path: str = "/", method: str = "GET", query: str = "", **headers: str) -> Answer:
        environ: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        begun: list[Any] = []
        body = b"".join(self.door(environ, lambda *answer: begun.append(answer)))
        return Answer(*begun[-1][:2], body)


class Application:
    """What stands behind the door: says where it was asked, or fails."""

    def __init__(self) -> None:
        self.status = "404 NOT FOUND"
        self.asked: list[str] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        self.asked.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        start_response(self.status, [("Content-Type", "text/plain")])
        return [b"live"]
