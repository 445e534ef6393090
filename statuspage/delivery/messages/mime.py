"""From subject, text and HTML to the bytes of a mail, with marks still in them.

Headers are written here, byte by byte, and not by the standard library's e-mail policy: that one turns long
`List-Unsubscribe` and `Message-ID` values into encoded words, which ends one-click unsubscribing, and
writes encoded words longer than the 75 letters RFC 2047 allows, which some receivers answer with 554. Lines
end in CRLF; bodies are quoted-printable with lines of at most 76; a mark stands alone between two soft line
breaks, so that whatever replaces it makes no line too long.
"""

import binascii
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import Header
from email.utils import format_datetime

from statuspage.delivery.messages.marks import Marks, Pattern

_LONGEST_LINE = 998
_SOFT_BREAK = "=\r\n"


@dataclass(frozen=True)
class Letter:
    """What one message says, with marks where recipients differ. `headers` are ASCII and never folded."""

    sender_name: str
    sender_address: str
    subject: str
    text: str
    html: str
    written_at: datetime
    headers: tuple[tuple[str, str], ...]


def header(name: str, value: str) -> str:
    """Return one unfolded header line. Raises `ValueError` when it could not be carried as it stands."""
    line = f"{name}: {value}"
    if not (line.isascii() and line.isprintable()) or len(line) > _LONGEST_LINE:
        raise ValueError(f"{name} cannot be written as one line of ASCII.")
    return line + "\r\n"


def words(text: str, name: str) -> str:
    """Return text of a person for the header `name`: as it is, or as encoded words of at most 75 letters."""
    if text.isascii() and text.isprintable() and "=?" not in text:
        return Header(text, "us-ascii", maxlinelen=76, header_name=name).encode(linesep="\r\n")
    return Header(text, "utf-8", maxlinelen=75, header_name=name).encode(linesep="\r\n")


def mailbox(name: str, address: str) -> str:
    """Return `name <address>`, the name quoted or encoded as it needs."""
    if name.isascii() and name.isprintable() and "=?" not in name:
        quoted = name.replace("\\", r"\\").replace('"', r"\"")
        return f'"{quoted}" <{address}>'
    return f"{words(name, 'From')}\r\n <{address}>"


def quoted_printable(text: str, marks: Marks) -> str:
    """Return text as quoted-printable ASCII with CRLF, its marks untouched."""
    encoded = ""
    for place, part in enumerate(marks.split(text)):
        if place % 2:
            fresh_line = not encoded or encoded.endswith("\r\n")
            encoded += ("" if fresh_line else _SOFT_BREAK) + marks[part] + _SOFT_BREAK
            continue
        raw = part.replace("\r\n", "\n").encode("utf-8")
        encoded += binascii.b2a_qp(raw, istext=True).decode("ascii").replace("\n", "\r\n")
    return encoded if encoded.endswith("\r\n") else encoded + "\r\n"


def compose(letter: Letter, marks: Marks) -> Pattern:
    """Build the mail: `multipart/alternative`, plain text first. The boundary follows from the content."""
    content = "".join(marks.split(letter.text + letter.html)[::2])
    boundary = "=_" + hashlib.sha256(content.encode()).hexdigest()[:24]
    head = [
        f"From: {mailbox(letter.sender_name, letter.sender_address)}\r\n",
        f"Subject: {words(letter.subject, 'Subject')}\r\n",
        header("Date", format_datetime(letter.written_at.astimezone(UTC))),
        *(header(name, value) for name, value in letter.headers),
        header("MIME-Version", "1.0"),
        header("Content-Type", f'multipart/alternative; boundary="{boundary}"'),
    ]
    parts = [
        f"--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{quoted_printable(body, marks)}"
        for kind, body in (("plain", letter.text), ("html", letter.html))
    ]
    return marks.pattern("".join(head) + "\r\n" + "".join(parts) + f"--{boundary}--\r\n")
