"""Mail into files: one `.eml` per message, for the demo and for trying things out.

A message appears at once and whole (written aside, renamed), and sending it again replaces the same file.
"""

import os
from pathlib import Path

from statuspage.delivery.channels.envelope import Envelope
from statuspage.outbox.outcomes import Delivered, Outcome, Retry


class FileTransport:
    """Writes into `directory`, which is made when the first message comes."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def send(self, envelope: Envelope, following: Envelope | None = None) -> Outcome:  # noqa: ARG002  # every channel's signature
        """Keep one message as a file named after it."""
        target = self._directory / f"{envelope.name}.eml"
        aside = self._directory / f".{envelope.name}.{os.getpid()}.part"
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(envelope.message)
            aside.replace(target)
        except OSError as fault:
            return Retry(f"{self._directory} cannot be written: {fault.strerror}", unreachable=True)
        return Delivered(target.name)

    def close(self) -> None:
        """Hold nothing open."""
