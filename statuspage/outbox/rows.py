"""Rows that several processes may write first."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from statuspage.core.db import Model


def insert_missing(session: Session, model: type[Model], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert `rows`; one whose key is there already stays as it is. Return how many were new."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    missing = insert(cast(sa.Table, model.__table__)).on_conflict_do_nothing()
    done = session.connection().execute(missing, list(rows), execution_options={"preserve_rowcount": True})
    return cast(CursorResult[Any], done).rowcount
