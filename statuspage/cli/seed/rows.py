"""Rows on their way into the database: gathered by table, written many at a time."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from statuspage.audit.actor import SHELL
from statuspage.audit.models import AuditLine
from statuspage.cli.seed.chance import Chance
from statuspage.core.db import Model, metadata


class Rows:
    """Gathers rows until `write` puts them into the open transaction, parents before children.

    Every row of a table names the same columns; the models' defaults fill in the rest.
    """

    def __init__(self, session: Session, chance: Chance) -> None:
        self.chance = chance
        self._session = session
        self._waiting: dict[str, list[dict[str, Any]]] = {}

    def add(self, model: type[Model], made_at: datetime, /, **values: Any) -> uuid.UUID:
        """Add a row that was made at `made_at` and return its id: the one in `values`, or a new one."""
        row = {"id": self.chance.id_at(made_at), **values}
        self._waiting.setdefault(model.__tablename__, []).append(row)
        row_id: uuid.UUID = row["id"]
        return row_id

    def record(self, at: datetime, action: str, subject: tuple[str, uuid.UUID], **details: object) -> None:
        """Add an audit line as the domain's actions write it, made from the shell."""
        self.add(
            AuditLine,
            at,
            at=at,
            actor_kind=SHELL.kind,
            actor_id=None,
            actor_name=SHELL.name,
            action=action,
            subject_type=subject[0],
            subject_id=subject[1],
            details=details,
        )

    def write(self) -> None:
        """Write what was gathered."""
        connection = self._session.connection()
        for table in metadata.sorted_tables:
            if rows := self._waiting.pop(table.name, None):
                connection.execute(sa.insert(table), rows)
