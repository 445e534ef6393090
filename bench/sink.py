"""A mail server that accepts everything and keeps nothing, in a process of its own: `python -m bench.sink`.

It prints its port, then answers each connection's commands in order (PIPELINING included) until it is killed.
"""

import asyncio
import sys

_GREETING = b"220 sink ESMTP\r\n"
_EHLO = b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n"
_OK, _GO_ON, _BYE = b"250 2.0.0 OK\r\n", b"354 Go on\r\n", b"221 2.0.0 Bye\r\n"
_END = b"\r\n.\r\n"


class Sink(asyncio.Protocol):
    """One connection."""

    def __init__(self) -> None:
        self._waiting = b""
        self._in_text = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(_GREETING)

    def data_received(self, data: bytes) -> None:
        """Answer every whole command and every whole text."""
        self._waiting += data
        answers = []
        while True:
            before, found, after = self._waiting.partition(_END if self._in_text else b"\r\n")
            if not found:
                break
            self._waiting = after
            answers.append(_OK if self._in_text else self._answer(before[:4].upper()))
            self._in_text = answers[-1] is _GO_ON
        self._transport.write(b"".join(answers))

    def _answer(self, command: bytes) -> bytes:
        if command == b"EHLO":
            return _EHLO
        return {b"DATA": _GO_ON, b"QUIT": _BYE}.get(command, _OK)


async def main() -> None:
    """Listen on a free port, print it, and serve until whoever started this closes our input or goes away."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
