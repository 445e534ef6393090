"""What full text needs beside the tables of the models: made after them, and after every migration.

SQLite: one FTS5 table, followed by triggers. PostgreSQL: two expression indexes. Both cut words at punctuation and
leave accents as they are, so that both find the same.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from statuspage.core.db import engine_name

WORDS_TABLE = "incident_words"
_PUNCTUATION = "'[[:punct:]]+', ' ', 'g'"
_TITLE = "incidents.title || ' ' || coalesce(incidents.public_title, '')"
TITLE_VECTOR = f"to_tsvector('simple'::regconfig, regexp_replace({_TITLE}, {_PUNCTUATION}))"
BODY_VECTOR = f"to_tsvector('simple'::regconfig, regexp_replace(update_versions.body, {_PUNCTUATION}))"
_NEW_TITLE = _TITLE.replace("incidents.", "new.")
_INCIDENT_OF = "(SELECT incident_id FROM updates WHERE updates.id = {version}.update_id)"
_POSTGRESQL = (
    f"CREATE INDEX IF NOT EXISTS {WORDS_TABLE}_titles ON incidents USING gin ({TITLE_VECTOR})",
    f"CREATE INDEX IF NOT EXISTS {WORDS_TABLE}_bodies ON update_versions USING gin ({BODY_VECTOR})",
)
_TABLE = (
    f"CREATE VIRTUAL TABLE {WORDS_TABLE} USING fts5("
    "words, incident_id UNINDEXED, source UNINDEXED, prefix='3', tokenize='unicode61 remove_diacritics 0')"
)
_INTO = f"INTO {WORDS_TABLE} (words, incident_id, source)"
_FILL = (
    f"INSERT {_INTO} SELECT {_TITLE}, id, id FROM incidents",  # noqa: S608  # names of ours alone
    f"INSERT {_INTO} SELECT body, {_INCIDENT_OF.format(version='update_versions')}, id FROM update_versions",  # noqa: S608  # as above
)
_OTHER_TITLE = "new.title IS NOT old.title OR new.public_title IS NOT old.public_title"
_ADD = f"INSERT {_INTO} VALUES ({{words}}, {{incident}}, new.id)"  # noqa: S608  # as above
_CHANGE = f"UPDATE {WORDS_TABLE} SET words = {{words}} WHERE source = new.id"  # noqa: S608  # as above
_TRIGGERS = {
    "title_added": ("AFTER INSERT ON incidents", _ADD.format(words=_NEW_TITLE, incident="new.id")),
    "title_changed": (
        f"AFTER UPDATE OF title, public_title ON incidents WHEN {_OTHER_TITLE}",
        _CHANGE.format(words=_NEW_TITLE),
    ),
    "body_added": (
        "AFTER INSERT ON update_versions",
        _ADD.format(words="new.body", incident=_INCIDENT_OF.format(version="new")),
    ),
    "body_changed": ("AFTER UPDATE OF body ON update_versions", _CHANGE.format(words="new.body")),
}


def make_search_tables(connection: sa.Connection) -> None:
    """Make what is missing; take away what is left when the tables themselves are gone. May be repeated."""
    there = set(sa.inspect(connection).get_table_names())
    if not {"incidents", "updates", "update_versions"} <= there:
        if WORDS_TABLE in there:
            connection.exec_driver_sql(f"DROP TABLE {WORDS_TABLE}")
        return
    if connection.dialect.name != "sqlite":
        for statement in _POSTGRESQL:
            connection.exec_driver_sql(statement)
        return
    if WORDS_TABLE not in there:
        for statement in (_TABLE, *_FILL):
            connection.exec_driver_sql(statement)
    for name, (occasion, deed) in _TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER IF NOT EXISTS {WORDS_TABLE}_{name} {occasion} BEGIN {deed}; END")


def forget_old_words(session: Session) -> None:
    """Have the index itself let go of words that no row holds any more; SQLite keeps them until it tidies up.

    That takes about a second with fifty thousand updates, so it is for words that must be gone.
    """
    if engine_name(session) == "sqlite":
        session.execute(sa.text(f"INSERT INTO {WORDS_TABLE} ({WORDS_TABLE}) VALUES ('optimize')"))  # noqa: S608  # as above


def of_search(name: str | None, kind: str) -> bool:
    """Tell whether a table in a database belongs to the search and not to a model; for Alembic's comparison."""
    return kind == "table" and bool(name) and str(name).startswith(WORDS_TABLE)
