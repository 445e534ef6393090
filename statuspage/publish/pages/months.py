"""The months a page has a history of, in its zone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from statuspage.domain.components.uptime import day_bounds


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Month":
        """The month after it."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self) -> "Month":
        """The month before it."""
        return month_of(self.first - timedelta(days=1))

    def bounds(self, zone: str) -> tuple[datetime, datetime]:
        """Return begin and end of the month in `zone`, as UTC instants."""
        return day_bounds(self.first, zone)[0], day_bounds(self.last, zone)[1]


def month_of(day: date) -> Month:
    """Return the month of a day."""
    return Month(day.year, day.month)


def month_at(instant: datetime, zone: str) -> Month:
    """Return the month of an instant in `zone`."""
    return month_of(instant.astimezone(ZoneInfo(zone)).date())


def parse_month(text: str) -> Month | None:
    """Read `2026-11`; None when it is no month."""
    try:
        return month_of(date.fromisoformat(f"{text}-01"))
    except ValueError:
        return None


def months(first: datetime | None, zone: str, as_of: datetime) -> list[Month]:
    """Return every month of `zone` from the instant `first` to `as_of`, newest first; at least the present one."""
    found = [month_at(as_of, zone)]
    month = month_at(first, zone) if first else found[0]
    while month < found[-1]:
        found.append(found[-1].previous)
    return found
