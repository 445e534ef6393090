"""What is wrong, on the first page: each finding of the honesty check with the place where it is put right, and the
components in trouble."""

from flask import url_for

from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.queries import impaired_components
from statuspage.domain.components.rules import badness, worst
from statuspage.domain.reports.enums import FindingKind
from statuspage.domain.reports.queries import honesty
from statuspage.domain.reports.rules import Finding
from statuspage.web.kit.current import installation, now, session


def truths() -> list[tuple[Finding, str]]:
    """Return findings and where to go; mail is left out, for the notice about the machinery says more."""
    generation = installation().builder.store.generation()
    found = honesty(session(), now(), shown=generation.number if generation else None)
    return [(one, _address(one)) for one in found if one.kind is not FindingKind.MAIL_BACKLOG]


def troubled() -> list[tuple[str, str, ComponentStatus]]:
    """Return slug, name and status of what is not operational, the worst first."""
    rows = [(row.slug, row.name, worst(one.level for one in held)) for row, held in impaired_components(session())]
    return sorted(rows, key=lambda row: -badness(row[2]))


def _address(finding: Finding) -> str:
    if finding.kind is FindingKind.COMPONENT_WITHOUT_INCIDENT:
        return url_for("admin.incidents.declaring.page", component=finding.subject)
    if finding.kind is FindingKind.MAINTENANCE_OVER_END:
        return url_for("admin.maintenance.one.page", ref=finding.subject)
    if finding.kind is FindingKind.SNAPSHOT_BEHIND:
        return ""
    return url_for("admin.incidents.room.page", ref=finding.subject)
