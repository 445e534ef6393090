"""Speaking to a relay. `smtp_sink` is a real server; `relay` plays what a real one does only on bad days."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import AuthResult

from statuspage.delivery.channels import smtp
from statuspage.delivery.channels.envelope import Envelope
from statuspage.delivery.channels.smtp import Relay, SmtpTransport
from statuspage.outbox.outcomes import Delivered, Gone, Outcome, Retry, Uncertain
from tests.delivery.relay import OK, Script, relay
from tests.kit.mail import SmtpSink

SENDER = "status@example.com"
TLS = Path(__file__).parent / "tls"


def mail(to: str = "sam@example.net", text: str = "Subject: hello\r\n\r\nhello\r\n") -> Envelope:
    return Envelope(SENDER, to, text.encode(), "name")


def sent(script: Script, *envelopes: Envelope) -> list[Outcome]:
    with relay(script) as port:
        transport = SmtpTransport(Relay("127.0.0.1", port))
        outcomes = [transport.send(envelope) for envelope in envelopes]
        transport.close()
    return outcomes


def test_a_message_arrives_as_it_was_written(smtp_sink: SmtpSink) -> None:
    text = "Subject: dots\r\n\r\n.\r\n..\r\nA line.\r\n.hidden\r\n"
    transport = SmtpTransport(Relay(smtp_sink.host, smtp_sink.port))
    assert transport.send(mail(text=text)) == Delivered("250 OK")
    transport.close()
    (received,) = smtp_sink.mails
    assert (received.sender, received.recipient, received.raw) == (SENDER, "sam@example.net", text.encode())


def test_one_connection_carries_many_messages_one_recipient_each(smtp_sink: SmtpSink) -> None:
    transport = SmtpTransport(Relay(smtp_sink.host, smtp_sink.port))
    for number in range(5):
        transport.send(mail(f"reader{number}@example.net"))
    transport.close()
    assert smtp_sink.connections == 1
    assert smtp_sink.recipients() == [f"reader{number}@example.net" for number in range(5)]


def test_a_refused_recipient_leaves_the_connection_usable(smtp_sink: SmtpSink) -> None:
    smtp_sink.answer("gone@example.net", "550 5.1.1 no such user")
    smtp_sink.answer("grey@example.net", "451 4.7.1 greylisted", "250 OK")
    transport = SmtpTransport(Relay(smtp_sink.host, smtp_sink.port))
    assert transport.send(mail("gone@example.net")) == Gone("550 5.1.1 no such user")
    assert transport.send(mail("grey@example.net")) == Retry("451 4.7.1 greylisted")
    assert isinstance(transport.send(mail("grey@example.net")), Delivered)
    transport.close()
    assert smtp_sink.connections == 1


def test_a_connection_lost_after_the_final_dot_is_uncertain(smtp_sink: SmtpSink) -> None:
    smtp_sink.drop_connections(1)
    transport = SmtpTransport(Relay(smtp_sink.host, smtp_sink.port))
    assert isinstance(transport.send(mail()), Uncertain)
    assert isinstance(transport.send(mail()), Delivered)
    transport.close()


def test_commands_go_out_together_when_the_relay_offers_it() -> None:
    script = Script()
    assert sent(script, mail(), mail("ada@example.net")) == [Delivered(OK), Delivered(OK)]
    assert script.heard[1:4] == [f"MAIL FROM:<{SENDER}>", "RCPT TO:<sam@example.net>", "DATA"]


def test_the_relay_is_told_of_the_next_message_behind_the_text_of_this_one() -> None:
    script, one, next_one = Script(), mail(), mail("ada@example.net")
    with relay(script) as port:
        transport = SmtpTransport(Relay("127.0.0.1", port))
        assert transport.send(one, next_one) == Delivered(OK)
        assert script.heard[-3:] == [f"MAIL FROM:<{SENDER}>", "RCPT TO:<ada@example.net>", "DATA"]
        assert transport.send(next_one) == Delivered(OK)
        transport.close()
    assert script.connections == 1
    assert [line for line in script.heard if line.startswith("RCPT")] == [
        "RCPT TO:<sam@example.net>",
        "RCPT TO:<ada@example.net>",
    ]


def taken(script: Script) -> list[str]:
    """The texts that a relay took whole, in order."""
    return [heard for heard in script.heard if heard.startswith("Subject")]


def test_an_announced_message_that_is_not_sent_next_is_not_sent() -> None:
    script, never = Script(), mail("never@example.net")
    with relay(script) as port:
        transport = SmtpTransport(Relay("127.0.0.1", port))
        assert transport.send(mail(text="Subject: one\r\n"), never) == Delivered(OK)
        assert transport.send(mail(text="Subject: two\r\n"), never) == Delivered(OK)
        transport.close()
    assert taken(script) == ["Subject: one\r\n", "Subject: two\r\n"]
    assert script.connections == 2


def test_an_announcement_that_is_too_old_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    script, following = Script(), mail(text="Subject: two\r\n")
    monkeypatch.setattr(smtp, "ANNOUNCED_SECONDS", -1)
    with relay(script) as port:
        transport = SmtpTransport(Relay("127.0.0.1", port))
        assert transport.send(mail(text="Subject: one\r\n"), following) == Delivered(OK)
        assert transport.send(following) == Delivered(OK)
        transport.close()
    assert taken(script) == ["Subject: one\r\n", "Subject: two\r\n"]
    assert script.connections == 2


def test_a_refusal_of_an_announced_recipient_is_kept_for_its_turn() -> None:
    script = Script(answers={"RCPT": [OK, "550 5.1.1 unknown", OK], "DATA": ["354 go on", "554 no", "354 go on"]})
    gone, last = mail("gone@example.net"), mail("last@example.net")
    with relay(script) as port:
        transport = SmtpTransport(Relay("127.0.0.1", port))
        assert transport.send(mail(), gone) == Delivered(OK)
        assert transport.send(gone, last) == Gone("550 5.1.1 unknown")
        assert transport.send(last) == Delivered(OK)
        transport.close()
    assert (script.connections, len(taken(script))) == (1, 2)


@pytest.mark.parametrize("ending", ["421 4.4.2 enough of this connection", None])
def test_a_relay_that_ends_the_connection_behind_a_text_has_taken_the_text(ending: str | None) -> None:
    script, one, next_one = Script(answers={"MAIL": [OK, ending, OK]}), mail(), mail("ada@example.net")
    with relay(script) as port:
        transport = SmtpTransport(Relay("127.0.0.1", port))
        assert transport.send(one, next_one) == Delivered(OK)
        assert transport.send(next_one) == Delivered(OK)
        transport.close()
    assert script.connections == 2


def test_a_relay_without_pipelining_hears_of_one_message_at_a_time() -> None:
    script = Script(extensions=("8BITMIME",))
    with relay(script) as port:
        transport = SmtpTransport(Relay("127.0.0.1", port))
        assert transport.send(mail(), mail("ada@example.net")) == Delivered(OK)
        transport.close()
    assert "RCPT TO:<ada@example.net>" not in script.heard


@pytest.mark.parametrize("extensions", [("PIPELINING",), ("8BITMIME",)])
@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"RCPT": ["550 5.1.1 unknown"], "DATA": ["554 no recipients"]}, Gone("550 5.1.1 unknown")),
        ({"MAIL": ["452 4.3.1 busy"], "RCPT": ["503 no mail"], "DATA": ["503 no"]}, Retry("452 4.3.1 busy")),
        ({"DATA": ["451 4.3.0 not now"]}, Retry("451 4.3.0 not now")),
    ],
)
def test_a_refusal_is_taken_from_the_command_it_answers(
    extensions: tuple[str, ...], answers: dict[str, list[str | None]], outcome: Outcome
) -> None:
    asked = answers if "PIPELINING" in extensions else dict([next(iter(answers.items()))])  # it hears of no more
    script = Script(extensions=extensions, answers={name: [*said, *_friendly(name)] for name, said in asked.items()})
    assert sent(script, mail(), mail()) == [outcome, Delivered(OK)]
    assert script.connections == 1


def _friendly(name: str) -> list[str | None]:
    return ["354 go on"] if name == "DATA" else [OK]


def test_a_relay_that_asks_for_text_without_recipients_gets_none() -> None:
    script = Script(answers={"RCPT": ["550 5.1.1 unknown", OK]}, texts=["554 no valid recipients", OK])
    assert sent(script, mail(), mail()) == [Gone("550 5.1.1 unknown"), Delivered(OK)]
    assert "" in script.heard, "an empty text, ended at once"


@pytest.mark.parametrize("ending", ["421 4.4.2 idle for too long", None])
def test_a_reused_connection_that_was_closed_is_opened_again(ending: str | None) -> None:
    script = Script(answers={"MAIL": [OK, ending, OK]})
    assert sent(script, mail(), mail()) == [Delivered(OK), Delivered(OK)]
    assert script.connections == 2


@pytest.mark.parametrize("ending", ["421 4.3.2 shutting down", None])
def test_a_fresh_connection_that_is_closed_is_unreachable(ending: str | None) -> None:
    (outcome,) = sent(Script(answers={"MAIL": [ending]}), mail())
    assert isinstance(outcome, Retry)
    assert outcome.unreachable


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("554 5.7.1 spam", Retry),
        ("554 refused", Gone),
        ("452 4.3.1 full", Retry),
        ("421 closing", Retry),
        (None, Uncertain),
    ],
)
def test_the_answer_to_the_text_decides(said: str | None, outcome: type[Outcome]) -> None:
    (found,) = sent(Script(texts=[said]), mail())
    assert isinstance(found, outcome)


def test_a_relay_that_greets_with_a_refusal_is_unreachable() -> None:
    assert sent(Script(greeting="554 5.3.2 no service"), mail()) == [Retry("554 5.3.2 no service", unreachable=True)]


def test_nobody_at_the_address_is_unreachable_and_says_where() -> None:
    with relay(Script()) as port:
        pass
    outcome = SmtpTransport(Relay("127.0.0.1", port)).send(mail())
    assert isinstance(outcome, Retry)
    assert outcome.unreachable
    assert f"127.0.0.1:{port}" in outcome.reason


@contextmanager
def secure_relay(security: str) -> Iterator[Relay]:
    """A relay with a certificate for 127.0.0.1; with STARTTLS it wants Acme to sign in with `right`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "certificate.pem", TLS / "key.pem")

    def check(server: object, session: object, envelope: object, mechanism: str, data: object) -> AuthResult:
        return AuthResult(success=data.password == b"right", handled=False)

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options: dict[str, object] = {"ssl_context": context}
    if security == "starttls":
        options = {"tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": check}
    controller = Controller(Sink(), hostname="127.0.0.1", port=port, server_hostname="sink.test", **options)
    controller.start()
    try:
        yield Relay("127.0.0.1", port, security, "acme" if security == "starttls" else "", "right")
    finally:
        controller.stop()


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_travels_encrypted_to_a_relay_that_proves_who_it_is(
    security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with secure_relay(security) as where:
        stranger = SmtpTransport(where).send(mail())
        assert isinstance(stranger, Retry)
        assert "certificate" in stranger.reason.lower()
        monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "certificate.pem"))
        transport = SmtpTransport(where)
        assert isinstance(transport.send(mail()), Delivered)
        transport.close()


def test_a_wrong_password_is_our_fault_and_not_the_recipients(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "certificate.pem"))
    with secure_relay("starttls") as where:
        outcome = SmtpTransport(replace(where, password="wrong")).send(mail())
    assert isinstance(outcome, Retry)
    assert outcome.unreachable
    assert outcome.reason.startswith("535")
