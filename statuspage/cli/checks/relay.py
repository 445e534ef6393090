"""The way mail leaves: whether the relay answers, and, when asked, a real message through it."""

from collections.abc import Iterator

from statuspage.cli.checks.findings import Finding, fault, warning, well
from statuspage.cli.shell import Shell
from statuspage.core.db import commit, new_id
from statuspage.delivery.channels.envelope import Envelope
from statuspage.delivery.channels.mail import open_transport
from statuspage.delivery.channels.smtp import SmtpTransport
from statuspage.delivery.messages.marks import Slot
from statuspage.delivery.messages.writing import Writer
from statuspage.domain.accounts.actions import clean_email
from statuspage.domain.components.queries import site_profile
from statuspage.outbox.actions import emit
from statuspage.outbox.enums import EventKind
from statuspage.outbox.outcomes import Delivered


def relay(shell: Shell) -> Iterator[Finding]:
    """Whether mail could leave now."""
    mail = shell.settings.mail
    transport = open_transport(shell.settings)
    if not isinstance(transport, SmtpTransport):
        yield warning("mail", 'Mail is only kept in files. To send it, set mail.transport = "smtp" and mail.host.')
        return
    refusal = transport.refusal()
    transport.close()
    place = f"{mail.host}:{mail.port}"
    if refusal is None:
        yield well("mail", f"The relay {place} takes mail from {shell.settings.mail_from}.")
    else:
        yield fault("mail", f"The relay {place} does not: {_said(refusal)} Look at mail.* in the configuration.")
    if mail.username and mail.security == "none" and mail.host not in ("localhost", "127.0.0.1", "::1"):
        yield warning("mail", "The relay's password travels in the clear. Set mail.security to starttls or tls.")


def send_test(shell: Shell, address: str) -> Finding:
    """Send a test mail to `address` through the configured transport, past the queue. Raises `Invalid`."""
    recipient = clean_email(address, "mail")
    with shell.ready_database.session() as session:
        event = emit(session, EventKind.MAIL_TEST, new_id(), shell.now(), payload={"address": recipient})
        session.flush()
        written = Writer(shell.links, shell.settings.mail_from).write(session, event.id, "")
        session.rollback()
    assert written is not None
    number = new_id()
    values = {Slot.ADDRESS: recipient, Slot.DELIVERY: number.hex, Slot.RECIPIENT: number.hex}
    transport = open_transport(shell.settings)
    outcome = transport.send(
        Envelope(
            sender=shell.settings.mail_from,
            recipient=recipient,
            message=written.pattern.fill(values),
            name=f"{shell.now():%Y%m%dT%H%M%SZ}-{number}",
        )
    )
    transport.close()
    if not isinstance(outcome, Delivered):
        return fault("test mail", f"Not accepted: {_said(outcome)} Look at mail.* in the configuration.")
    with shell.ready_database.session() as session:
        site_profile(session).test_mail_at = shell.now()
        commit(session)
    return well("test mail", f"Accepted for {recipient}. See whether it arrives, and not among the junk.")


def _said(outcome: object) -> str:
    reason = str(getattr(outcome, "reason", outcome)).strip()
    return reason if reason.endswith((".", "!", "?")) else f"{reason}."
