"""What a check reports."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad: only a fault makes `doctor` fail."""

    WELL = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """One sentence about one part of the installation."""

    part: str
    level: Level
    sentence: str


def well(part: str, sentence: str) -> Finding:
    """Report that a part is as it should be."""
    return Finding(part, Level.WELL, sentence)


def warning(part: str, sentence: str) -> Finding:
    """Report what works but will hurt some day."""
    return Finding(part, Level.WARNING, sentence)


def fault(part: str, sentence: str) -> Finding:
    """Report what does not work."""
    return Finding(part, Level.FAULT, sentence)
