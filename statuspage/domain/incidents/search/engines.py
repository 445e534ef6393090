"""The two adapters: the condition that an incident holds words that begin with what was typed."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from statuspage.core.db import engine_name
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.search.tables import INDEX_TABLE, TEXTS_TABLE

Condition = sa.ColumnElement[bool]
_texts = sa.table(TEXTS_TABLE, sa.column("id"), sa.column("incident_id", sa.Uuid()), sa.column("words"))
_index = sa.table(INDEX_TABLE, sa.column("rowid"), sa.column("words"))


def holds_all(session: Session, words: list[str]) -> Condition:
    """Return the condition that an incident holds every one of `words` (as `search_words` returns them)."""
    return _sqlite(words) if engine_name(session) == "sqlite" else _postgresql(words)


def _sqlite(words: list[str]) -> Condition:
    wanted = " AND ".join(f'"{word}"*' for word in words)
    rows = sa.select(_index.c.rowid).where(_index.c.words.op("MATCH")(wanted))
    return Incident.id.in_(sa.select(_texts.c.incident_id).where(_texts.c.id.in_(rows)))


def _postgresql(words: list[str]) -> Condition:
    wanted = " & ".join(f"'{word}':*" for word in words)
    query = sa.func.to_tsquery(sa.literal_column("'simple'::regconfig"), wanted)
    return Incident.id.in_(sa.select(_texts.c.incident_id).where(_texts.c.words.op("@@")(query)))
