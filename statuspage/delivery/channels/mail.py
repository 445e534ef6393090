"""Opens the mail transport a deployment has configured."""

from statuspage.core.config import Settings
from statuspage.core.links import Links
from statuspage.delivery.channels.envelope import Transport
from statuspage.delivery.channels.files import FileTransport
from statuspage.delivery.channels.smtp import Relay, SmtpTransport

OUTBOX = "outbox"


def open_transport(settings: Settings) -> Transport:
    """Return a transport for one thread: `mail.transport = "file"` or `"smtp"`."""
    mail = settings.mail
    if mail.transport == "file":
        return FileTransport(settings.data.dir / OUTBOX)
    return SmtpTransport(
        Relay(
            host=mail.host,
            port=mail.port,
            security=mail.security,
            username=mail.username,
            password=mail.password,
            hello=Links(settings.site.base_url).host,
        )
    )
