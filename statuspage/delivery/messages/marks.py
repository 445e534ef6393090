"""Marks stand for a recipient's own values while a message is written once for everybody.

A mark holds 128 random bits drawn for this one message, so no text of a person can contain it. The finished
bytes are cut at the marks into a `Pattern`; filling it joins pieces and values in one pass, so a value is
never searched for marks, and each value is checked for its narrow alphabet first: it can neither end a
header nor a line.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Slot(StrEnum):
    """What differs between two recipients of one message."""

    ADDRESS = "address"
    DELIVERY = "delivery"
    RECIPIENT = "recipient"
    MANAGE = "manage"
    UNSUBSCRIBE = "unsubscribe"
    TOKEN = "token"  # noqa: S105  # the name of a slot in a mail, no secret


_ALPHABETS = {
    Slot.ADDRESS: re.compile(r"[!-~]{3,254}"),
    Slot.DELIVERY: re.compile(r"[0-9a-z]{1,64}"),
    Slot.RECIPIENT: re.compile(r"[0-9a-z]{1,64}"),
}
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,128}")


class Marks:
    """The marks of one message. `nonce` is given by tests only; it is 32 hexadecimal digits."""

    def __init__(self, nonce: str = "") -> None:
        self._nonce = nonce or secrets.token_hex(16)
        names = "|".join(Slot)
        self._found = re.compile(f"{self._nonce}X({names})X")

    def of(self, slot: Slot) -> str:
        """Return the mark to write where `slot` belongs."""
        return f"{self._nonce}X{slot}X"

    def __getitem__(self, name: str) -> str:
        """Return the mark of the slot called `name`, for templates: `marks.manage`."""
        return self.of(Slot(name))

    def split(self, text: str) -> list[str]:
        """Return the text cut at its marks: literals at even places, slot names at odd ones."""
        return self._found.split(text)

    def pattern(self, message: str) -> "Pattern":
        """Cut a finished ASCII message into a pattern."""
        parts = self.split(message)
        return Pattern(
            pieces=tuple(part.encode("ascii") for part in parts[::2]),
            slots=tuple(Slot(name) for name in parts[1::2]),
        )


@dataclass(frozen=True)
class Pattern:
    """A finished message with gaps: one more piece than slots."""

    pieces: tuple[bytes, ...]
    slots: tuple[Slot, ...]

    def fill(self, values: Mapping[Slot, str]) -> bytes:
        """Return one recipient's message. Raises `ValueError` for a value that could break out of its
        place."""
        checked = {slot: checked_value(slot, values[slot]).encode("ascii") for slot in set(self.slots)}
        whole = [self.pieces[0]]
        for slot, piece in zip(self.slots, self.pieces[1:], strict=True):
            whole += (checked[slot], piece)
        return b"".join(whole)


def checked_value(slot: Slot, value: str) -> str:
    """Return `value` if it has only the letters its slot allows. Raises `ValueError` otherwise."""
    if not _ALPHABETS.get(slot, _TOKEN).fullmatch(value) or (slot is Slot.ADDRESS and set(value) & set("<>,;")):
        raise ValueError(f"The {slot} of this recipient has letters that a message cannot carry.")
    return value
