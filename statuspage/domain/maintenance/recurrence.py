"""Windows that repeat by a rule of RFC 5545 (iCalendar), expanded on the wall clock of a zone. Pure.

What begins at 02:00 begins at 02:00 in summer and in winter. A time that is skipped in spring is an hour later; one
that occurs twice in autumn is the first. Every rule has an end: a count or a last day, and never more than `MOST`.
"""

import re
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # the wheel ships no types

from statuspage.core.errors import Invalid

MOST = 104
LONGEST_SERIES = timedelta(days=2 * 366)
_SHAPE = re.compile(r"(?:[A-Z]+=[A-Z0-9,+:-]+)(?:;[A-Z]+=[A-Z0-9,+:-]+)*")
_OFTEN = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")
_EXAMPLE = "as in FREQ=WEEKLY;BYDAY=TU;COUNT=8"

Interval = tuple[datetime, datetime]


def windows_of(rule: str, starts_at: datetime, ends_at: datetime, zone: str) -> list[Interval]:
    """Return every window (UTC) that `rule` makes of the first one, which is among them, in order.

    Raises `Invalid` naming `recurrence` for what is no rule, has no end, is too long, or overlaps itself.
    """
    info = ZoneInfo(zone)
    first, last = (instant.astimezone(info).replace(tzinfo=None) for instant in (starts_at, ends_at))
    begins = _expanded(rule, first, info)
    windows = [_window(begin, last - first, info, ends_at - starts_at) for begin in begins]
    if any(before[1] > after[0] for before, after in pairwise(windows)):
        raise _fault("The windows would overlap. Repeat less often, or make the window shorter.")
    return windows


def _expanded(rule: str, first: datetime, zone: ZoneInfo) -> list[datetime]:
    parts = _parts(rule)
    count, until = parts.pop("COUNT", None), parts.pop("UNTIL", None)
    if count is None and until is None:
        raise _fault(f"Say how often (COUNT) or until when (UNTIL), {_EXAMPLE}.")
    limit = _number(count) if count else MOST + 1
    end = first + LONGEST_SERIES
    if until:
        end = min(end, _local(until, zone))
    bounded = ";".join(f"{name}={value}" for name, value in parts.items()) + f";UNTIL={end:%Y%m%dT%H%M%S}"
    try:
        found = list(islice(rrulestr(bounded, dtstart=first), min(limit, MOST + 1)))
    except (ValueError, TypeError):
        raise _fault(f"Write a rule of RFC 5545, {_EXAMPLE}.") from None
    if not found or found[0] != first:
        raise _fault("The first window does not follow the rule. Move its start, or change the rule.")
    if len(found) > MOST:
        raise _fault(f"These would be more than {MOST} windows. End the rule earlier.")
    if count and len(found) < limit:
        raise _fault("The rule reaches further than two years ahead. End it earlier.")
    return found


def _parts(rule: str) -> dict[str, str]:
    text = rule.strip().upper().removeprefix("RRULE:")
    parts = dict(part.split("=", 1) for part in text.split(";")) if _SHAPE.fullmatch(text) else {}
    if parts.get("FREQ") not in _OFTEN or len(text) > 200:
        raise _fault(f"Write a rule of RFC 5545 that repeats daily or less often, {_EXAMPLE}.")
    if "INTERVAL" in parts:
        _number(parts["INTERVAL"])
    if not parts.keys().isdisjoint(("BYHOUR", "BYMINUTE", "BYSECOND", "DTSTART")):
        raise _fault("The time of day is that of the first window. Leave it out of the rule.")
    return parts


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5 and int(text) > 0):
        raise _fault("COUNT and INTERVAL are whole numbers from 1.")
    return int(text)


def _local(until: str, zone: ZoneInfo) -> datetime:
    """Return the last instant of a rule on the zone's wall clock; a date alone is the whole day."""
    match = _UNTIL.fullmatch(until)
    try:
        if match is None:
            raise ValueError
        end = datetime.strptime(f"{match[1]}T{match[2] or '235959'}", "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        raise _fault("Write UNTIL as 20261231 or 20261231T220000Z.") from None
    return (end.astimezone(zone) if match[3] else end).replace(tzinfo=None)


def _window(begin: datetime, length: timedelta, zone: ZoneInfo, real: timedelta) -> Interval:
    start = begin.replace(tzinfo=zone).astimezone(UTC)
    end = (begin + length).replace(tzinfo=zone).astimezone(UTC)
    return start, end if end > start else start + real


def _fault(sentence: str) -> Invalid:
    return Invalid({"recurrence": sentence})
