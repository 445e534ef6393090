"""Which templates a form offers: on a shelf per status, the best match of each first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from statuspage.domain.incidents.enums import Category, PublicStatus, Severity
from statuspage.domain.maintenance.enums import MaintenanceStatus
from statuspage.domain.maintenance.rules import may_become
from statuspage.domain.wording.enums import Purpose, TemplateStatus
from statuspage.domain.wording.filling import filled
from statuspage.domain.wording.queries import offered_templates, page_voice
from statuspage.domain.wording.rules import Occasion, fitting, said_as
from statuspage.domain.wording.values import Story
from statuspage.web.kit.current import now, session
from statuspage.web.kit.forms import Form

if TYPE_CHECKING:
    from statuspage.domain.incidents.models import Incident
    from statuspage.domain.maintenance.models import Maintenance
    from statuspage.domain.wording.models import MessageTemplate


@dataclass(frozen=True)
class Shelf:
    """Templates for one status: those that fit come first, those for other categories after them."""

    occasion: Occasion
    templates: "Sequence[MessageTemplate]"

    @property
    def name(self) -> str:
        """The heading."""
        if self.occasion.purpose is Purpose.FIRST:
            return "First notice"
        return (self.occasion.status or "any status").replace("_", " ").capitalize()


@dataclass(frozen=True)
class Offer:
    """The shelves that are not empty, and the template that is proposed (empty without one)."""

    shelves: list[Shelf]
    chosen: str


def for_update(incident: "Incident", form: Form) -> Offer:
    """Return what is offered for the next word on an incident, by the status chosen in its composer."""
    first = incident.published_at is None

    def occasion(status: TemplateStatus) -> Occasion:
        return Occasion(said_as(status, first=first), status, incident.category, incident.severity)

    wanted = [occasion(TemplateStatus(status)) for status in PublicStatus]
    chosen = form.text("status")
    return _offer(wanted, occasion(TemplateStatus(chosen)) if chosen in list(PublicStatus) else wanted[0], form)


def for_declaring(form: Form) -> Offer:
    """Return what is offered for the first notice, by the severity chosen on the declaring screen."""
    chosen = form.text("severity")
    first = first_notice(Severity(chosen) if chosen in list(Severity) else None)
    return _offer([first, replace(first, purpose=Purpose.UPDATE)], first, form)


def first_notice(severity: Severity | None, category: Category | None = None) -> Occasion:
    """Return the occasion of telling customers for the first time."""
    return Occasion(Purpose.FIRST, TemplateStatus.INVESTIGATING, category, severity)


PLANNING = Occasion(Purpose.MAINTENANCE, TemplateStatus.SCHEDULED)


def for_planning(form: Form) -> Offer:
    """Return what is offered for announcing work."""
    return _offer([PLANNING], PLANNING, form)


def for_maintenance(maintenance: "Maintenance", form: Form) -> Offer:
    """Return what is offered for the next word on planned work, by the step chosen."""
    stands = maintenance.status
    reachable = [status for status in MaintenanceStatus if may_become(stands, status)] or [stands]
    wanted = [Occasion(Purpose.MAINTENANCE_UPDATE, TemplateStatus(status)) for status in reachable]
    chosen = form.text("status") or maintenance.status
    return _offer(wanted, next((one for one in wanted if one.status == chosen), wanted[0]), form)


def texts_for(occasions: Sequence[Occasion], story: Story) -> list[str]:
    """Return, for each occasion, the text of the template that fits it best; empty where none does."""
    rows = _rows()
    best = [next(iter(fitting(rows, one)), None) for one in occasions]
    return [filled(session(), one, story, now()).body if one else "" for one in best]


def best_for(occasion: Occasion) -> "MessageTemplate | None":
    """Return the template that fits an occasion best."""
    return next(iter(fitting(_rows(), occasion)), None)


def _rows() -> "Sequence[MessageTemplate]":
    return offered_templates(session(), page_voice(session()).language)


def _offer(wanted: Sequence[Occasion], current: Occasion, form: Form) -> Offer:
    rows = _rows()
    shelves = [Shelf(one, _in_order(rows, one)) for one in wanted]
    sent = form.text("template")
    best = next(iter(fitting(rows, current)), None)
    known = {str(row.id) for shelf in shelves for row in shelf.templates}
    chosen = sent if sent in known else str(best.id) if best else ""
    return Offer([shelf for shelf in shelves if shelf.templates], chosen)


def _in_order(rows: "Sequence[MessageTemplate]", occasion: Occasion) -> "list[MessageTemplate]":
    """Return the templates of an occasion's purpose and status; those of other categories and severities come last."""
    fits = fitting(rows, occasion)
    same = [row for row in rows if row.purpose is occasion.purpose and row.status in (None, occasion.status)]
    return [*fits, *(row for row in same if row not in fits)]
