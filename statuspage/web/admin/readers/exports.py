"""The list as a file for spreadsheets, narrowed by the same address; no mail address is in it."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from statuspage.core.clock import rfc3339
from statuspage.core.sheets import csv_lines
from statuspage.domain.accounts.enums import Right
from statuspage.domain.feedback.queries import reports_page
from statuspage.web.admin.readers.lists import wanted
from statuspage.web.kit.current import installation, now, reader
from statuspage.web.kit.forms import Form
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    from statuspage.domain.feedback.models import ProblemReport
    from statuspage.domain.feedback.queries import ReportFilter
    from statuspage.domain.incidents.queries import Reader
    from statuspage.web.kit.installation import Installation

blueprint = Blueprint("export", __name__)
AT_ONCE = 500
COLUMNS = ("created_at", "kind", "component", "words", "language", "incident", "dismissed_at", "verdict", "answered_at")


@blueprint.get("/export.csv")
@requires(Right.VIEW)
def as_csv() -> Response:
    """Send the list as CSV; instants are RFC 3339 in UTC."""
    export = _Export(installation(), reader(), wanted(Form(request.args.to_dict(flat=False))))
    response = Response(csv_lines(COLUMNS, export.rows(*export.page(None))), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="reports-{now():%Y-%m-%d}.csv"'
    return response


@dataclass(frozen=True)
class _Export:
    """A list that is sent when its request has ended: some at a time, each time in a session of its own."""

    house: "Installation"
    reader: "Reader"
    wanted: "ReportFilter"

    def page(self, before: uuid.UUID | None) -> tuple[list[list[object]], uuid.UUID | None]:
        """Return the next rows, and the id to go on before; None at the end."""
        with self.house.database.session(readonly=True) as session:
            found = reports_page(session, self.reader, self.wanted, before=before, limit=AT_ONCE)
            rows = [_row(report) for report in found]
        return rows, found[-1].id if len(found) == AT_ONCE else None

    def rows(self, found: list[list[object]], last: uuid.UUID | None) -> Iterator[list[object]]:
        """Yield `found`, then what follows `last`."""
        yield from found
        while last is not None:
            found, last = self.page(last)
            yield from found


def _row(report: "ProblemReport") -> list[object]:
    return [
        rfc3339(report.created_at),
        report.kind,
        report.component.slug if report.component else None,
        report.words,
        report.locale,
        report.incident.ref if report.incident else None,
        rfc3339(report.dismissed_at) if report.dismissed_at else None,
        report.verdict,
        rfc3339(report.answered_at) if report.answered_at else None,
    ]
