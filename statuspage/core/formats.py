"""Instants, days, durations and numbers as each language writes them. Pure; instants are aware, zones IANA names."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from statuspage.core.languages import Language, Speech

NO_BREAK = "\N{NO-BREAK SPACE}"
# CLDR patterns by the name templates know them by. English keeps 24 hours, too: a status page is read in many places.
_INSTANTS = {
    Language.EN: {
        "time": "HH:mm",
        "short": "d MMM, HH:mm",
        "long": "d MMM y, HH:mm",
        "weekday": "EEE d MMM, HH:mm",
        "weekday_long": "EEE d MMM y, HH:mm",
    },
    Language.DE: {
        "time": "HH:mm",
        "short": "d. MMM, HH:mm",
        "long": "d. MMM y, HH:mm",
        "weekday": "EEE, d. MMM, HH:mm",
        "weekday_long": "EEE, d. MMM y, HH:mm",
    },
}
_DAYS = {
    Language.EN: {
        "day": "d",
        "short": "d MMM",
        "long": "d MMM y",
        "weekday": "EEE d MMM",
        "month": "MMMM y",
        "short_month": "MMM y",
    },
    Language.DE: {
        "day": "d.",
        "short": "d. MMM",
        "long": "d. MMM y",
        "weekday": "EEE, d. MMM",
        "month": "MMMM y",
        "short_month": "MMM y",
    },
}
_ZONES = {Language.EN: {}, Language.DE: {"CET": "MEZ", "CEST": "MESZ"}}


def instant(at: datetime, zone: str, speech: Speech, form: str = "long", *, named: bool = False) -> str:
    """Write an instant in a zone: `21 Nov 2026, 14:18`, `21. Nov. 2026, 14:18`; `named` puts CET or MEZ behind it.

    Forms: time, short (without the year), long, weekday, weekday_long.
    """
    local = at.astimezone(ZoneInfo(zone))
    shown = format_datetime(local, _INSTANTS[speech.language][form], locale=speech.language)
    return f"{shown} {zone_name(local, speech.language)}" if named else shown


def zone_name(local: datetime, language: Language) -> str:
    """Return what the zone of an instant is called at that instant: `CET`, `MEZ`, or `UTC+03` where it has no name."""
    name = local.tzname() or "UTC"
    return _ZONES[language].get(name, f"UTC{name}" if name[0] in "+-" else name)


def day(on: date, speech: Speech, form: str = "short") -> str:
    """Write a day. Forms: day (21), short (21 Nov), long, weekday (Sat 21 Nov), month (November 2026), short_month."""
    return format_date(on, _DAYS[speech.language][form], locale=speech.language)


def duration(span: timedelta, speech: Speech) -> str:
    """Write a span as a person would say it: `1 h 05 min`, `38 min`, `2 d 3 h`; below a minute `under a minute`."""
    minutes = int(span.total_seconds()) // 60
    if minutes < 1:
        return speech.gettext("under a minute")
    days, rest = divmod(minutes, 1440)
    hours, minutes = divmod(rest, 60)
    if days and hours:
        return speech.ngettext("%(num)s d %(hours)s h", "%(num)s d %(hours)s h", days, hours=hours)
    if days:
        return speech.ngettext("%(num)s d", "%(num)s d", days)
    if hours and minutes:
        return speech.gettext("%(hours)s h %(minutes)02d min", hours=hours, minutes=minutes)
    return speech.gettext("%(hours)s h", hours=hours) if hours else speech.gettext("%(minutes)s min", minutes=minutes)


def percentage(value: str, speech: Speech) -> str:
    """Write a percentage that stands as decimal digits, with as many of them: `99.85 %`, `99,85 %`."""
    point = "," if speech.language is Language.DE else "."
    return f"{value.replace('.', point)}{NO_BREAK}%"
