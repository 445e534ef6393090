"""Mail through a relay: one connection, reused from message to message, one recipient per transaction.

MAIL, RCPT and DATA go out in one packet when the relay offers PIPELINING (RFC 2920); those of the message that comes
next go out right behind the text before it, so that a message costs one round trip. Its text still waits until it is
sent in earnest. A reused connection that turns out to be closed before anything was handed over is opened again
without a word. From the moment the final dot is out, silence is `Uncertain`: RFC 5321 grants the relay ten minutes
for that answer.
"""

import smtplib
import socket
import ssl
import time
from dataclasses import dataclass

from statuspage.delivery.channels.envelope import Envelope
from statuspage.delivery.channels.replies import Stage, judge, readable
from statuspage.outbox.outcomes import Outcome, Retry, Uncertain

CONNECT_SECONDS = 15
COMMAND_SECONDS = 60
FINAL_DOT_SECONDS = 600
ANNOUNCED_SECONDS = 20  # a relay waits at least two minutes for a text it was told of


@dataclass(frozen=True)
class Relay:
    """Where mail is handed over. `security` is `none`, `starttls` or `tls`; `hello` the name we go by."""

    host: str
    port: int
    security: str = "none"
    username: str = ""
    password: str = ""
    hello: str = "localhost"


class _Refused(Exception):
    """The conversation cannot go on; carries the outcome for the message at hand."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


class _Stale(Exception):
    """A reused connection was closed by the other side before it took anything, or waits for another text."""


@dataclass(frozen=True)
class _Announced:
    """A message the relay was told of ahead: what it answered (None: it awaits the text), and when."""

    envelope: Envelope
    refusal: Outcome | None
    at: float


class SmtpTransport:
    """One connection to the relay. Not for use by two threads at once."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._client: smtplib.SMTP | None = None
        self._announced: _Announced | None = None

    def send(self, envelope: Envelope, following: Envelope | None = None) -> Outcome:
        """Hand over one message and say what became of it. The relay may be told already of the `following` one."""
        reused = self._client is not None
        try:
            try:
                return self._converse(self._client or self._connect(), envelope, following)
            except _Stale:
                self._drop()
                if not reused:
                    return Retry("The relay closed the connection.", unreachable=True)
                return self._converse(self._connect(), envelope, following)
        except _Refused as refused:
            return refused.outcome
        except _Stale:
            self._drop()
            return Retry("The relay closed the connection.", unreachable=True)

    def refusal(self) -> Outcome | None:
        """Connect, encrypt and sign in as for a message; None when the relay is ready for one."""
        try:
            if self._client is None:
                self._connect()
        except _Refused as refused:
            return refused.outcome
        return None

    def close(self) -> None:
        """Say goodbye if anybody is still there and would take it for one."""
        client = self._client
        if client is None or self._awaits_text():
            self._drop()
            return
        self._client = None
        try:
            if client.sock is not None:
                client.sock.settimeout(1)
                client.quit()
        except (OSError, smtplib.SMTPException):
            client.close()

    def _drop(self) -> None:
        """End the connection as it is; a text that was announced or begun is then never taken."""
        client, self._client, self._announced = self._client, None, None
        if client is not None:
            client.close()

    def _awaits_text(self) -> bool:
        return self._announced is not None and self._announced.refusal is None

    def _connect(self) -> smtplib.SMTP:
        try:
            self._client = client = self._greet()
        except smtplib.SMTPResponseException as fault:
            stage = Stage.LOGIN if isinstance(fault, smtplib.SMTPAuthenticationError) else Stage.GREETING
            raise _Refused(judge(stage, fault.smtp_code, _text(fault.smtp_error))) from fault
        except (OSError, smtplib.SMTPException) as fault:
            reason = f"No connection to {self._relay.host}:{self._relay.port}: {fault}"
            raise _Refused(Retry(readable(reason), unreachable=True)) from fault
        return client

    def _greet(self) -> smtplib.SMTP:
        relay = self._relay
        context = ssl.create_default_context() if relay.security != "none" else None
        if relay.security == "tls":
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                local_hostname=relay.hello, timeout=CONNECT_SECONDS, context=context
            )
        else:
            client = smtplib.SMTP(local_hostname=relay.hello, timeout=CONNECT_SECONDS)
        try:
            client._host = relay.host  # type: ignore[attr-defined]  # the name TLS verifies; set by connecting in the constructor
            code, greeting = client.connect(relay.host, relay.port)
            if code != 220:
                raise smtplib.SMTPConnectError(code, greeting)
            client.ehlo_or_helo_if_needed()
            if relay.security == "starttls":
                client.starttls(context=context)
                client.ehlo_or_helo_if_needed()
            if relay.username:
                client.login(relay.username, relay.password)
            assert client.sock is not None
            client.sock.settimeout(COMMAND_SECONDS)
            client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except BaseException:
            client.close()
            raise
        return client

    def _converse(self, client: smtplib.SMTP, envelope: Envelope, following: Envelope | None) -> Outcome:
        try:
            refusal = self._introduce(client, envelope)
        except (OSError, smtplib.SMTPServerDisconnected) as fault:
            raise _Stale from fault
        if refusal is not None:
            return refusal
        return self._hand_over(client, envelope, following if client.has_extn("pipelining") else None)

    def _introduce(self, client: smtplib.SMTP, envelope: Envelope) -> Outcome | None:
        """Say who writes to whom, unless that was said already; returns None when the relay awaits the text."""
        awaits_text = self._awaits_text()
        known, self._announced = self._announced, None
        if known is not None and known.envelope is envelope and time.monotonic() - known.at < ANNOUNCED_SECONDS:
            return known.refusal
        if awaits_text:
            raise _Stale
        pipelining = client.has_extn("pipelining")
        if pipelining:
            client.send(_introduction(envelope))
        return self._hear(client, envelope, pipelining=pipelining)

    def _hear(self, client: smtplib.SMTP, envelope: Envelope, *, pipelining: bool) -> Outcome | None:
        """Take the answers to an introduction, which went out whole or goes out line by line."""
        refusal: Outcome | None = None
        code = 0
        for stage, command in _commands(envelope):
            if not pipelining:
                client.send(f"{command}\r\n")
            code, said = client.getreply()
            if code == 421:
                raise smtplib.SMTPServerDisconnected(_text(said))
            if refusal is None and code != 354 and (stage is Stage.CONTENT or code // 100 != 2):
                refusal = judge(stage, code, _text(said))
                if not pipelining:
                    break
        if refusal is not None:
            self._reset(client, awaits_text=code == 354)
        return refusal

    def _reset(self, client: smtplib.SMTP, *, awaits_text: bool) -> None:
        """End a refused transaction, so that the next message can use the connection."""
        if awaits_text:  # a pipelining relay may ask for the text although it took no recipient
            client.send(".\r\n")
            client.getreply()
        if client.docmd("RSET")[0] != 250:
            self.close()

    def _hand_over(self, client: smtplib.SMTP, envelope: Envelope, following: Envelope | None) -> Outcome:
        assert client.sock is not None
        text = _stuffed(envelope.message) + b".\r\n"
        try:
            gone_out = _push(client.sock, text, _introduction(following).encode("ascii") if following else b"")
            if not gone_out:
                self._drop()
                return Retry("The connection broke while the text was sent.")
            client.sock.settimeout(FINAL_DOT_SECONDS)
            code, said = client.getreply()
            if code != 421 and client.sock is not None:
                client.sock.settimeout(COMMAND_SECONDS)
        except (OSError, smtplib.SMTPException) as fault:
            self._drop()
            return Uncertain(readable(f"The text was handed over, the answer was lost: {fault}"))
        if code == 421:
            self._drop()
        elif following:
            self._announce(client, following)
        return judge(Stage.CONTENT, code, _text(said))

    def _announce(self, client: smtplib.SMTP, following: Envelope) -> None:
        """Take the answers to an introduction that went out behind a text; without them the connection is given up."""
        try:
            refusal = self._hear(client, following, pipelining=True)
        except (OSError, smtplib.SMTPException):
            self._drop()
        else:
            self._announced = _Announced(following, refusal, time.monotonic())


def _commands(envelope: Envelope) -> tuple[tuple[Stage, str], ...]:
    return (
        (Stage.SENDER, f"MAIL FROM:<{envelope.sender}>"),
        (Stage.RECIPIENT, f"RCPT TO:<{envelope.recipient}>"),
        (Stage.CONTENT, "DATA"),
    )


def _introduction(envelope: Envelope) -> str:
    return "".join(f"{command}\r\n" for _, command in _commands(envelope))


def _push(connection: socket.socket, text: bytes, behind: bytes) -> bool:
    """Send a text with its final dot, and what comes behind it. Returns False when the dot did not get out."""
    whole, gone = memoryview(text + behind), 0
    try:
        while gone < len(whole):
            gone += connection.send(whole[gone:])
    except OSError:
        return gone >= len(text)
    return True


def _stuffed(message: bytes) -> bytes:
    whole = message if message.endswith(b"\r\n") else message + b"\r\n"
    return whole.replace(b"\r\n.", b"\r\n..") if b"\r\n." in whole else whole


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
