"""Which template fits an occasion, and what a template may be. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from statuspage.domain.incidents.enums import Category, Severity
from statuspage.domain.wording.enums import Purpose, TemplateStatus

LENGTHS = range(5, 43_201)  # minutes
PLANNED = (Purpose.MAINTENANCE, Purpose.MAINTENANCE_UPDATE)
TITLED = (Purpose.FIRST, Purpose.MAINTENANCE)
_GOING_ON = (TemplateStatus.INVESTIGATING, TemplateStatus.IDENTIFIED, TemplateStatus.MONITORING)
STATUSES = {
    Purpose.FIRST: _GOING_ON,
    Purpose.UPDATE: _GOING_ON,
    Purpose.RESOLUTION: (TemplateStatus.RESOLVED,),
    Purpose.MAINTENANCE: (TemplateStatus.SCHEDULED,),
    Purpose.MAINTENANCE_UPDATE: (
        TemplateStatus.SCHEDULED,
        TemplateStatus.IN_PROGRESS,
        TemplateStatus.VERIFYING,
        TemplateStatus.COMPLETED,
        TemplateStatus.CANCELLED,
    ),
}


class Fitting(Protocol):
    """What decides whether a template fits; None fits everything."""

    @property
    def purpose(self) -> Purpose: ...  # noqa: D102  # as in MessageTemplate
    @property
    def status(self) -> TemplateStatus | None: ...  # noqa: D102  # as in MessageTemplate
    @property
    def category(self) -> Category | None: ...  # noqa: D102  # as in MessageTemplate
    @property
    def severity(self) -> Severity | None: ...  # noqa: D102  # as in MessageTemplate


Template = TypeVar("Template", bound=Fitting)


@dataclass(frozen=True)
class Occasion:
    """What words are needed for; None is not known."""

    purpose: Purpose
    status: TemplateStatus | None = None
    category: Category | None = None
    severity: Severity | None = None


def said_as(status: TemplateStatus, *, first: bool) -> Purpose:
    """Return the purpose of an incident's update with `status`; `first` while customers know nothing of it."""
    if status is TemplateStatus.RESOLVED:
        return Purpose.RESOLUTION
    return Purpose.FIRST if first else Purpose.UPDATE


def fit(template: Fitting, occasion: Occasion) -> int | None:
    """Return how well `template` fits: None not at all, more for each exact match; status counts most."""
    score = 0
    pairs = (
        (4, template.status, occasion.status),
        (2, template.category, occasion.category),
        (1, template.severity, occasion.severity),
    )
    if template.purpose is not occasion.purpose:
        return None
    for weight, has, wanted in pairs:
        if has is not None and has != wanted:
            return None
        score += weight if has is not None else 0
    return score


def fitting(templates: Iterable[Template], occasion: Occasion) -> list[Template]:
    """Return the templates that fit, the best first; equally good ones stay in their order."""
    found = [(score, one) for one in templates if (score := fit(one, occasion)) is not None]
    return [one for _, one in sorted(found, key=lambda pair: -pair[0])]


@dataclass(frozen=True)
class Traits:
    """What a template is to be for, not yet checked."""

    purpose: Purpose
    status: TemplateStatus | None
    category: Category | None
    severity: Severity | None
    title: str
    workaround: str
    length_minutes: int | None
    components: tuple[str, ...]


def faults_of(wanted: Traits) -> dict[str, str]:
    """Return what does not go together, by field; empty when all is well."""
    faults: dict[str, str] = {}
    planned, notice = wanted.purpose in PLANNED, wanted.purpose is Purpose.MAINTENANCE
    if wanted.status and wanted.status not in STATUSES[wanted.purpose]:
        faults["status"] = f"For this purpose choose any, or one of: {', '.join(STATUSES[wanted.purpose])}."
    if planned and wanted.category:
        faults["category"] = "Maintenance has no category: choose any."
    if planned and wanted.severity:
        faults["severity"] = "Maintenance has no severity: choose any."
    if wanted.title and wanted.purpose not in TITLED:
        faults["title"] = "Only first notices and maintenance notices bring a title along. Leave it empty."
    if wanted.workaround and planned:
        faults["workaround"] = "Maintenance does not show this. Put it into the text."
    if wanted.length_minutes is not None and not notice:
        faults["length_minutes"] = "Only maintenance notices have a length. Leave it empty."
    elif wanted.length_minutes is not None and wanted.length_minutes not in LENGTHS:
        faults["length_minutes"] = f"Write minutes from {LENGTHS.start} to {LENGTHS.stop - 1}."
    if wanted.components and not notice:
        faults["components"] = "Only maintenance notices bring components along. Untick them."
    return faults
