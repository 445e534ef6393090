"""A relay that plays a script, to try what a friendly server never does: pipelining refusals, silence, broken lines.

Each connection gets the greeting; then every command is answered by `answers` (its first four letters decide, one
answer per time, the last one stays) and every text by `texts`. An answer of None closes the connection.
"""

import socketserver
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

OK = "250 OK"


@dataclass
class Script:
    """What the relay says, and what it was told: `heard` holds commands and texts in order."""

    greeting: str = "220 relay"
    extensions: Sequence[str] = ("PIPELINING",)
    answers: dict[str, list[str | None]] = field(default_factory=dict)
    texts: list[str | None] = field(default_factory=lambda: [OK])
    heard: list[str] = field(default_factory=list)
    connections: int = 0

    def next(self, said: list[str | None]) -> str | None:
        return said.pop(0) if len(said) > 1 else said[0]


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        script: Script = self.server.script
        script.connections += 1
        self._say(script.greeting)
        while line := self.rfile.readline():
            command = line.decode().strip()
            script.heard.append(command)
            answer = self._answer(script, command)
            if answer is None:
                return
            self._say(answer)
            if answer.startswith("354"):
                text = self._read_text()
                if text is None:
                    return
                script.heard.append(text)
                answer = script.next(script.texts)
                if answer is None:
                    return
                self._say(answer)
            if command == "QUIT":
                return

    def _answer(self, script: Script, command: str) -> str | None:
        word = command[:4].upper()
        if word in script.answers:
            return script.next(script.answers[word])
        if word == "EHLO":
            lines = ["relay", *script.extensions]
            return "\r\n".join([*(f"250-{line}" for line in lines[:-1]), f"250 {lines[-1]}"])
        return {"DATA": "354 go on", "QUIT": "221 bye"}.get(word, OK)

    def _read_text(self) -> str | None:
        """Return a text, or None when the connection ends before its dot: then nothing was taken."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return None
            lines.append(line.decode())
        return "".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def relay(script: Script) -> Iterator[int]:
    """Play `script` on a free port of this machine; yields the port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Conversation) as server:
        server.daemon_threads = True
        server.script = script
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()
