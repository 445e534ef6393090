"""The two adapters: the condition that an incident holds a word that begins with what was typed."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from statuspage.core.db import engine_name
from statuspage.domain.incidents.models import Incident, Update, UpdateVersion
from statuspage.domain.incidents.search.tables import BODY_VECTOR, TITLE_VECTOR, WORDS_TABLE

Condition = sa.ColumnElement[bool]
_words = sa.table(WORDS_TABLE, sa.column("words"), sa.column("incident_id", sa.Uuid()))


def holds_all(session: Session, words: list[str]) -> Condition:
    """Return the condition that an incident holds every one of `words` (as `search_words` returns them)."""
    holds = _adapter(session)
    return sa.and_(sa.true(), *(holds(word) for word in words))


def _adapter(session: Session) -> Callable[[str], Condition]:
    return _sqlite if engine_name(session) == "sqlite" else _postgresql


def _sqlite(word: str) -> Condition:
    found = sa.select(_words.c.incident_id).where(_words.c.words.op("MATCH")(f'"{word}"*'))
    return Incident.id.in_(found)


def _postgresql(word: str) -> Condition:
    wanted = sa.func.to_tsquery(sa.literal_column("'simple'::regconfig"), f"'{word}':*")
    in_title = sa.select(Incident.id).where(sa.literal_column(TITLE_VECTOR).op("@@")(wanted))
    in_body = sa.select(Update.incident_id).join(UpdateVersion, UpdateVersion.update_id == Update.id)
    in_body = in_body.where(sa.literal_column(BODY_VECTOR).op("@@")(wanted))
    return Incident.id.in_(sa.union_all(in_title, in_body))
