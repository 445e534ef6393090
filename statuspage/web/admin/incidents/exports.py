"""The list as a file: CSV for spreadsheets, JSON for programs, narrowed by the same address as the list."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from statuspage.core.clock import rfc3339
from statuspage.core.sheets import write_csv
from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.enums import MilestoneKind
from statuspage.domain.incidents.queries import incidents_page, milestones_of
from statuspage.web.admin.incidents.lists import wanted
from statuspage.web.kit.current import installation, now, reader, session
from statuspage.web.kit.forms import Form
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    from statuspage.domain.incidents.models import Incident

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
    """Return the list as CSV; several components stand in one cell, separated by blanks."""
    rows = [[_cell(row[name]) for name in COLUMNS] for row in _rows()]
    return _file(write_csv(COLUMNS, rows), "csv", "text/csv")


@blueprint.get("/export.json")
@requires(Right.VIEW)
def as_json() -> Response:
    """Return the list as JSON."""
    text = json.dumps({"incidents": list(_rows())}, ensure_ascii=False, indent=1) + "\n"
    return _file(text, "json", "application/json")


def _cell(value: object) -> object:
    return " ".join(value) if isinstance(value, list) else value


def _rows() -> Iterator[dict[str, object]]:
    """Yield what is exported of each incident, newest first; instants are RFC 3339 in UTC."""
    narrowed = wanted(Form(request.args.to_dict(flat=False)))
    before = None
    while True:
        found = incidents_page(session(), reader(), narrowed, before=before, limit=AT_ONCE)
        times = milestones_of(session(), [row.id for row in found])
        yield from (_row(row, times.get(row.id, {})) for row in found)
        if len(found) < AT_ONCE:
            return
        before = found[-1].id


def _row(incident: "Incident", times: Mapping[MilestoneKind, datetime]) -> dict[str, object]:
    links = installation().links
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


def _file(text: str, suffix: str, content_type: str) -> Response:
    response = Response(text, content_type=f"{content_type}; charset=utf-8")
    name = f"incidents-{now():%Y-%m-%d}.{suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
