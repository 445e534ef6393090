"""The honesty check on the first page: each finding with the place where it is put right."""

from flask import url_for

from statuspage.domain.reports.enums import FindingKind
from statuspage.domain.reports.queries import honesty
from statuspage.domain.reports.rules import Finding
from statuspage.web.kit.current import installation, now, session


def truths() -> list[tuple[Finding, str]]:
    """Return findings and where to go; mail is left out, for the notice about the machinery says more."""
    generation = installation().builder.store.generation()
    found = honesty(session(), now(), shown=generation.number if generation else None)
    return [(one, _address(one)) for one in found if one.kind is not FindingKind.MAIL_BACKLOG]


def _address(finding: Finding) -> str:
    if finding.kind is FindingKind.COMPONENT_WITHOUT_INCIDENT:
        return url_for("admin.incidents.declaring.page", component=finding.subject)
    if finding.kind is FindingKind.MAINTENANCE_OVER_END:
        return url_for("admin.maintenance.one.page", ref=finding.subject)
    if finding.kind is FindingKind.SNAPSHOT_BEHIND:
        return ""
    return url_for("admin.incidents.room.page", ref=finding.subject)
