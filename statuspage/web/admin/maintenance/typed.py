"""The form about a maintenance made into drafts. Times are typed in the page's zone."""

from datetime import datetime

from statuspage.core.errors import Invalid
from statuspage.domain.maintenance.actions import MaintenanceChange, MaintenanceDraft, MaintenanceUpdateDraft
from statuspage.domain.maintenance.enums import MaintenanceStatus
from statuspage.web.kit.forms import Form
from statuspage.web.kit.times import read_local


def planned(form: Form, zone: str) -> MaintenanceDraft:
    """Return work to be announced, as typed. Raises `Invalid`."""
    starts_at, ends_at = _window(form, zone)
    return MaintenanceDraft(
        title=form.text("title"),
        components=tuple(form.many("component")),
        starts_at=starts_at,
        ends_at=ends_at,
        timezone=zone,
        body=form.text("body"),
        auto_start=form.ticked("auto_start"),
        auto_end=form.ticked("auto_end"),
        notify=form.ticked("notify"),
        reminder_hours=_hours(form),
    )


SENTENCES = {
    MaintenanceStatus.IN_PROGRESS: "The maintenance has begun.",
    MaintenanceStatus.VERIFYING: "The work is done. We are checking that everything is well.",
    MaintenanceStatus.COMPLETED: "The maintenance is complete.",
    MaintenanceStatus.CANCELLED: "This maintenance will not take place.",
}


def said(form: Form) -> MaintenanceUpdateDraft:
    """Return the next word as typed; an empty one is the usual sentence of its step. Raises `Invalid`."""
    status = form.word("status", MaintenanceStatus)
    return MaintenanceUpdateDraft(
        body=form.text("body") or SENTENCES.get(status, ""),
        status=status,
        notify=form.ticked("notify"),
        seen_version=form.number_or_none("seen_version"),
    )


RULES = {"weekly": "FREQ=WEEKLY", "fortnightly": "FREQ=WEEKLY;INTERVAL=2", "monthly": "FREQ=MONTHLY"}


def repeated(form: Form) -> str | None:
    """Return the rule by which work repeats, or None. Raises `Invalid`."""
    often, times = form.text("repeat"), form.text("times").strip()
    if not often:
        return None
    if often not in RULES:
        raise Invalid({"repeat": "Choose how often."})
    if not (times.isascii() and times.isdigit() and len(times) < 4):
        raise Invalid({"times": "Say how many windows there are in all, as in 8."})
    return f"{RULES[often]};COUNT={times}"


def changed(form: Form, zone: str, *, running: bool) -> MaintenanceChange:
    """Return a change as typed; of running work neither start nor components can move. Raises `Invalid`."""
    starts_at, ends_at = _window(form, zone)
    return MaintenanceChange(
        title=form.text("title"),
        components=None if running else tuple(form.many("component")),
        starts_at=None if running else starts_at,
        ends_at=ends_at,
        auto_start=form.ticked("auto_start"),
        auto_end=form.ticked("auto_end"),
        reminder_hours=None if running else _hours(form),
        seen_version=form.number_or_none("seen_version"),
    )


def _hours(form: Form) -> tuple[int, ...]:
    """Return the hours typed as `72, 24, 1`; none for an empty field. Raises `Invalid`."""
    typed = form.text("reminder_hours").replace(",", " ").split()
    if not all(hour.isascii() and hour.isdigit() and len(hour) < 6 for hour in typed):
        raise Invalid({"reminder_hours": "Write whole hours, as in 72, 24, 1."})
    return tuple(int(hour) for hour in typed)


def _window(form: Form, zone: str) -> tuple[datetime, datetime]:
    faults: dict[str, str] = {}
    found: list[datetime] = []
    for name in ("starts_at", "ends_at"):
        try:
            instant = read_local(form.text(name), zone, name)
        except Invalid as fault:
            faults |= fault.fields
            continue
        if instant is None:
            faults[name] = "Say when the work begins." if name == "starts_at" else "Say when the work ends."
        else:
            found.append(instant)
    if faults:
        raise Invalid(faults)
    return found[0], found[1]
