"""A mail server of the test's own: keeps what it was sent and answers as it is told."""

import asyncio
import socket
import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

ACCEPTED = "250 OK"


@dataclass(frozen=True)
class Mail:
    """One accepted message: who sent it, to whom, the raw bytes, and parsed."""

    sender: str
    recipient: str
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        parsed = message_from_bytes(self.raw, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        return part.get_content() if part else ""

    @property
    def html(self) -> str:
        part = self.message.get_body(("html",))
        return part.get_content() if part else ""


class SmtpSink:
    """Records mail; `answer` scripts refusals.

    sink.answer("sam@example.com", "451 4.2.1 later", "250 OK")   one answer per attempt, the last one stays
    sink.answer("gone@example.com", "550 5.1.1 no such user")
    sink.answer_data("452 4.3.1 full", "250 OK")    the same for the answer after the text of a message
    sink.drop_connections(2)                        the next two texts end in a closed connection
    """

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.connections = 0
        self.attempts: dict[str, int] = defaultdict(int)
        self._answers: dict[str, list[str]] = {}
        self._data_answers: list[str] = []
        self._drops = 0
        self._changed = threading.Condition()
        self._controller: Controller | None = None

    @property
    def host(self) -> str:
        return "127.0.0.1"

    @property
    def port(self) -> int:
        assert self._controller is not None
        return int(self._controller.port)

    def answer(self, recipient: str, *answers: str) -> None:
        self._answers[recipient.lower()] = list(answers)

    def answer_data(self, *answers: str) -> None:
        self._data_answers = list(answers)

    def drop_connections(self, times: int = 1) -> None:
        self._drops = times

    def to(self, recipient: str) -> list[Mail]:
        """Return what `recipient` was sent, in order."""
        return [mail for mail in list(self.mails) if mail.recipient.lower() == recipient.lower()]

    def wait_for(self, count: int, seconds: float = 20) -> list[Mail]:
        """Wait until `count` messages have come; fail after `seconds` (a limit, not a pace)."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.mails) >= count, timeout=seconds):
                raise AssertionError(f"{len(self.mails)} of {count} messages came: {self.recipients()}")
            return list(self.mails)

    def recipients(self) -> list[str]:
        return [mail.recipient for mail in list(self.mails)]

    def clear(self) -> None:
        self.mails.clear()

    def start(self, port: int = 0) -> None:
        """Listen on a free port, or on `port` again after `stop`, to play a server that comes back."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((self.host, port))
            port = probe.getsockname()[1]
        self._controller = Controller(self, hostname=self.host, port=port, server_hostname="sink.test")
        self._controller.start()
        self.connections = 0

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_EHLO(  # noqa: N802  # the names are aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> Iterable[str]:
        self.connections += 1
        session.host_name = hostname
        return [responses[0], "250-PIPELINING", *responses[1:]]

    async def handle_RCPT(  # noqa: N802  # the names are aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        key = address.lower()
        self.attempts[key] += 1
        said = _next(self._answers.get(key, []))
        if said.startswith("2"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # the name is aiosmtpd's
        if self._drops:
            self._drops -= 1
            assert server.transport is not None
            server.transport.abort()
            await asyncio.sleep(0)
            return "421 closing"
        said = _next(self._data_answers)
        if said.startswith("2"):
            with self._changed:
                for recipient in envelope.rcpt_tos:
                    self.mails.append(Mail(envelope.mail_from or "", recipient, bytes(envelope.content or b"")))
                self._changed.notify_all()
        return said


def _next(answers: list[str]) -> str:
    if not answers:
        return ACCEPTED
    return answers.pop(0) if len(answers) > 1 else answers[0]
