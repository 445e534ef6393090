"""The cast's rows, made once per process by the actions themselves and then put back with one statement per table: half
of what a short test would cost."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from statuspage.core.db import Database, metadata
from statuspage.domain.wording.shipping import seed_templates
from statuspage.outbox.actions import PUBLISHED
from tests.kit.cast import Cast, settle
from tests.kit.schema import create_schema


@dataclass(frozen=True)
class _Scene:
    cast: Cast
    rows: list[tuple[sa.Table, list[dict[str, Any]]]]
    published: int


def set_stage(session: Session, now: datetime, *, templates: bool = False) -> Cast:
    """Do what `settle` does, and with `templates` what `seed_templates` does, to an empty database."""
    scene = _rehearsed(now, templates)
    for table, rows in scene.rows:
        session.execute(sa.insert(table), rows)
    session.info[PUBLISHED] = scene.published
    return scene.cast


@cache
def _rehearsed(now: datetime, templates: bool) -> _Scene:
    with tempfile.TemporaryDirectory() as directory:
        database = Database(f"sqlite:///{Path(directory) / 'rehearsal.db'}")
        create_schema(database)
        with database.session() as session:
            cast = settle(session, now)
            if templates:
                seed_templates(session, now=now)
            session.flush()
            tables = [(one, session.execute(sa.select(one)).mappings().all()) for one in metadata.sorted_tables]
            published = session.info[PUBLISHED]
        database.dispose()
    return _Scene(cast, [(table, [dict(row) for row in rows]) for table, rows in tables if rows], published)
