"""Forms about incidents made into drafts. Times are typed in the page's zone."""

from statuspage.core.errors import Invalid
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.actions import ComponentImpact, Correction, IncidentDraft, UpdateDraft
from statuspage.domain.incidents.enums import (
    IncidentState,
    PublicStatus,
    Severity,
    Source,
    UpdateVisibility,
)
from statuspage.web.kit.forms import Form
from statuspage.web.kit.times import read_local

NOTE = "note"
LEVEL_PREFIX = "level."


def level_field(slug: str) -> str:
    """Return the name of the field that says how a component is doing."""
    return f"{LEVEL_PREFIX}{slug}"


def impacts(form: Form) -> tuple[ComponentImpact, ...]:
    """Return the components for which a level was chosen. Raises `Invalid`."""
    found = []
    for name, level in form.values.items():
        if name.startswith(LEVEL_PREFIX) and level:
            try:
                found.append(ComponentImpact(name.removeprefix(LEVEL_PREFIX), ComponentStatus(level)))
            except ValueError:
                raise Invalid({"components": f"Choose how {name.removeprefix(LEVEL_PREFIX)} is doing."}) from None
    return tuple(found)


def is_note(form: Form) -> bool:
    """Tell whether something is meant for the team alone: by the pill or by the button, whichever says so."""
    return form.text("status") == NOTE or form.text("send") == NOTE


def public_update(form: Form, zone: str) -> UpdateDraft:
    """Return a public update as typed. Raises `Invalid`."""
    return UpdateDraft(
        body=form.text("body"),
        status=form.word("status", PublicStatus),
        components=impacts(form),
        next_update_at=read_local(form.text("next_update_at"), zone, "next_update_at"),
        workaround=form.text("workaround"),
        notify=form.ticked("notify"),
        display_at=read_local(form.text("display_at"), zone, "display_at"),
        seen_version=form.number_or_none("seen_version"),
    )


def internal_note(form: Form) -> UpdateDraft:
    """Return a note for the team as typed, which may move the internal state. Raises `Invalid`."""
    state = form.word_or_none("state", IncidentState)
    kind = UpdateVisibility.INTERNAL_STATUS if state else UpdateVisibility.INTERNAL_NOTE
    return UpdateDraft(
        body=form.text("body"), visibility=kind, state=state, seen_version=form.number_or_none("seen_version")
    )


def correction(form: Form) -> Correction:
    """Return an update's new words as typed. Raises `Invalid`."""
    return Correction(
        body=form.text("body"),
        reason=form.text("reason"),
        notify=form.ticked("notify"),
        seen_version=form.number_or_none("seen_version"),
    )


def declared(form: Form, zone: str, *, publish: bool) -> IncidentDraft:
    """Return an incident as typed on the declaring screen. Raises `Invalid`."""
    update = UpdateDraft(
        body=form.text("body"),
        status=PublicStatus.INVESTIGATING,
        next_update_at=read_local(form.text("next_update_at"), zone, "next_update_at"),
        workaround=form.text("workaround") or None,
        notify=form.ticked("notify"),
    )
    return IncidentDraft(
        title=form.text("title") or form.text("public_title"),
        public_title=form.text("public_title"),
        severity=form.word("severity", Severity),
        components=impacts(form),
        update=update if publish else None,
        source=form.word("source", Source),
        impact_started_at=read_local(form.text("impact_started_at"), zone, "impact_started_at"),
    )
