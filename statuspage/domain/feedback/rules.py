"""When readers are asked what, and when their reports suggest something. Pure; all instants are aware UTC.

What a page asks follows from when its incident was resolved *for customers*, so nothing that happens inside moves it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from statuspage.domain.feedback.enums import Ask, Suggestion
from statuspage.domain.incidents.rules import REOPEN_WINDOW

STILL_FOR = timedelta(hours=24)
ASKED_FOR = timedelta(days=8)
GRACE = timedelta(hours=1)
REPORTS_KEPT = timedelta(days=30)
LOOKED_AT = timedelta(hours=24)
MOST_REPORTS, MOST_MINUTES = 100, 120


@dataclass(frozen=True)
class Threshold:
    """So many reports on one component within so many minutes suggest something."""

    reports: int = 5
    minutes: int = 10

    @property
    def window(self) -> timedelta:
        """The same minutes as a span."""
        return timedelta(minutes=self.minutes)

    def faults(self) -> dict[str, str]:
        """Return what is wrong, by field."""
        found = {}
        if not 2 <= self.reports <= MOST_REPORTS:
            found["reports"] = f"Choose 2 to {MOST_REPORTS} reports."
        if not 1 <= self.minutes <= MOST_MINUTES:
            found["minutes"] = f"Choose 1 to {MOST_MINUTES} minutes."
        return found


def asked(resolved_at: datetime | None, at: datetime) -> frozenset[Ask]:
    """Return what the page of an incident asks at `at`: whether an update helped until eight days after the end, for
    the first of them whether it is still seen, then whether it all came soon enough."""
    if resolved_at is None:
        return frozenset({Ask.HELPFUL})
    over = at - resolved_at
    if over >= ASKED_FOR:
        return frozenset()
    return frozenset({Ask.HELPFUL, Ask.STILL if over < STILL_FOR else Ask.AFTERWARDS})


def takes(ask: Ask, resolved_at: datetime | None, now: datetime) -> bool:
    """Tell whether an answer still counts: while it is asked, and an hour longer for pages that were open already."""
    return ask in asked(resolved_at, now) or ask in asked(resolved_at, now - GRACE)


def surge_at(times: Sequence[datetime], threshold: Threshold) -> datetime | None:
    """Return when reports made at `times` first were so many within the window, or None when they never were."""
    ordered = sorted(times)
    for first, last in zip(ordered, ordered[threshold.reports - 1 :], strict=False):
        if last - first <= threshold.window:
            return last
    return None


def suggestion(is_open: bool, resolved_at: datetime | None, now: datetime) -> Suggestion:
    """Return what many reports suggest where an incident is open, or the last one was resolved at `resolved_at`."""
    if is_open:
        return Suggestion.ATTACH
    if resolved_at is None or now - resolved_at > REOPEN_WINDOW:
        return Suggestion.DECLARE
    return Suggestion.REOPEN if now - resolved_at < STILL_FOR else Suggestion.EITHER
