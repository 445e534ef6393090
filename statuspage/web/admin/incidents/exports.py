"""The list as a file: CSV for spreadsheets, JSON for programs, narrowed by the same address as the list."""

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from statuspage.core.clock import rfc3339
from statuspage.core.sheets import csv_lines
from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.enums import MilestoneKind
from statuspage.domain.incidents.queries import incidents_page, milestones_of
from statuspage.web.admin.incidents.lists import wanted
from statuspage.web.kit.current import installation, now, reader
from statuspage.web.kit.forms import Form
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    from statuspage.core.links import Links
    from statuspage.domain.incidents.models import Incident
    from statuspage.domain.incidents.queries import IncidentFilter, Reader
    from statuspage.web.kit.installation import Installation

blueprint = Blueprint("export", __name__)
AT_ONCE = 500
COLUMNS = (
    "ref", "code", "url", "title", "public_title", "kind", "severity", "state", "public_status", "visibility",
    "impact", "category", "source", "components", "resolution_kind", "closure_code", "merged_into", "created_at",
    *MilestoneKind,
)  # fmt: skip


@blueprint.get("/export.csv")
@requires(Right.VIEW)
def as_csv() -> Response:
    """Send the list as CSV; several components stand in one cell, separated by blanks."""
    return _file(csv_lines(COLUMNS, ([_cell(row[name]) for name in COLUMNS] for row in _rows())), "csv", "text/csv")


@blueprint.get("/export.json")
@requires(Right.VIEW)
def as_json() -> Response:
    """Send the list as JSON, an incident a line."""
    return _file(_json_lines(_rows()), "json", "application/json")


def _json_lines(rows: Iterator[dict[str, object]]) -> Iterator[str]:
    before = '{"incidents": ['
    for row in rows:
        yield f"{before}\n{json.dumps(row, ensure_ascii=False)}"
        before = ","
    yield "]}\n" if before == "," else f"{before}]}}\n"


def _cell(value: object) -> object:
    return " ".join(value) if isinstance(value, list) else value


def _rows() -> Iterator[dict[str, object]]:
    """Return what is exported of each incident, newest first; instants are RFC 3339 in UTC.

    The first are read at once, so that what fails is told before the answer begins; the others as they are sent.
    """
    export = _Export(installation(), reader(), wanted(Form(request.args.to_dict(flat=False))))
    return export.rows(*export.page(None))


@dataclass(frozen=True)
class _Export:
    """A list that is sent when its request has ended: some at a time, each time in a session of its own.

    So neither the whole list nor a connection of the database is held while a slow reader takes it.
    """

    house: "Installation"
    reader: "Reader"
    wanted: "IncidentFilter"

    def page(self, before: uuid.UUID | None) -> tuple[list[dict[str, object]], uuid.UUID | None]:
        """Return the next rows, and the id to go on before; None at the end."""
        with self.house.database.session(readonly=True) as session:
            found = incidents_page(session, self.reader, self.wanted, before=before, limit=AT_ONCE)
            times = milestones_of(session, [row.id for row in found])
            rows = [_row(row, times.get(row.id, {}), self.house.links) for row in found]
        return rows, found[-1].id if len(found) == AT_ONCE else None

    def rows(self, found: list[dict[str, object]], last: uuid.UUID | None) -> Iterator[dict[str, object]]:
        """Yield `found`, then what follows `last`."""
        yield from found
        while last is not None:
            found, last = self.page(last)
            yield from found


def _row(incident: "Incident", times: Mapping[MilestoneKind, datetime], links: "Links") -> dict[str, object]:
    plain = ("ref", "code", "title", "public_title", "kind", "severity", "state", "public_status", "visibility",
             "impact", "category", "source", "resolution_kind", "closure_code")  # fmt: skip
    return {
        **{name: getattr(incident, name) for name in plain},
        "url": links.absolute(links.incident(incident.code)) if incident.public else None,
        "components": [row.component.slug for row in incident.components],
        "merged_into": incident.merged_into.ref if incident.merged_into else None,
        "created_at": rfc3339(incident.created_at),
        **{kind.value: rfc3339(times[kind]) if kind in times else None for kind in MilestoneKind},
    }


def _file(text: Iterator[str], suffix: str, content_type: str) -> Response:
    response = Response(text, content_type=f"{content_type}; charset=utf-8")
    name = f"incidents-{now():%Y-%m-%d}.{suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
