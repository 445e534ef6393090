"""What every act of the story works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from statuspage.audit.actor import Actor
from statuspage.cli.demo.story import When


class Beat(NamedTuple):
    """Something that happens at an instant; `act` is called with it."""

    at: datetime
    act: Callable[[datetime], object]


@dataclass(frozen=True)
class Stage:
    """The open transaction, the team by key, and the instant the story is told at."""

    session: Session
    cast: dict[str, Actor]
    now: datetime
    zone: ZoneInfo

    def instant(self, when: When) -> datetime:
        """Return the instant the story means, aware and in UTC."""
        return when.instant(self.now, self.zone)
