"""Mail that was written into files instead of being sent: for the demo and for trying things out."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from statuspage.core.errors import NotFound

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,200}")
_SUFFIX = ".eml"
HEAD_BYTES = 8192


@dataclass(frozen=True)
class Letter:
    """One file of the outbox, as its list shows it."""

    name: str
    subject: str
    recipient: str
    at: datetime


def letters(directory: Path, limit: int) -> list[Letter]:
    """Return the newest files, at most `limit`; none when nothing was ever written."""
    if not directory.is_dir():
        return []
    files = [(file.stat().st_mtime, file) for file in directory.glob(f"*{_SUFFIX}")]
    newest = sorted(files, key=lambda found: found[0], reverse=True)[:limit]
    return [_listed(file, changed) for changed, file in newest]


def letter(directory: Path, name: str) -> EmailMessage:
    """Return one message. Raises `NotFound` for what is no file of the outbox."""
    file = directory / f"{name}{_SUFFIX}"
    if not _NAME.fullmatch(name) or not file.is_file():
        raise NotFound("There is no such message in the outbox. Go back to the list.")
    return _parsed(file.read_bytes())


def part_of(message: EmailMessage, kind: str) -> str:
    """Return the text of a message's part (`plain` or `html`), or "" when it has none."""
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""


def _listed(file: Path, changed: float) -> Letter:
    with file.open("rb") as opened:
        message = _parsed(opened.read(HEAD_BYTES))
    at = datetime.fromtimestamp(changed, UTC)
    return Letter(file.name.removesuffix(_SUFFIX), str(message["Subject"]), str(message["To"]), at)


def _parsed(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.default)
