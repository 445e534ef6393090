"""SQLite's side of the search: a row of words per incident, an FTS5 index over it, and the triggers that follow."""

TABLES = (
    """
    CREATE TABLE incident_texts (
        id INTEGER PRIMARY KEY, incident_id CHAR(32) NOT NULL UNIQUE, words TEXT NOT NULL
    )
    """,
    """
    CREATE VIRTUAL TABLE incident_texts_index USING fts5(
        words, content='incident_texts', content_rowid='id', prefix='3', tokenize='unicode61 remove_diacritics 0'
    )
    """,
)
_TEXT = """
    title || ' ' || coalesce(public_title, '') || ' ' || coalesce((
        SELECT group_concat(body, ' ') FROM update_versions JOIN updates ON updates.id = update_versions.update_id
        WHERE updates.incident_id = incidents.id
    ), '')
"""
_INCIDENT = "(SELECT incident_id FROM updates WHERE id = new.update_id)"
_ADD = f"INSERT INTO incident_texts (incident_id, words) SELECT id, {_TEXT} FROM incidents"  # noqa: S608  # text of this module
_READ = f"UPDATE incident_texts SET words = (SELECT {_TEXT} FROM incidents WHERE id = incident_id)"  # noqa: S608  # text of this module
_OUT = "INSERT INTO incident_texts_index (incident_texts_index, rowid, words) VALUES ('delete', old.id, old.words);"
_IN = "INSERT INTO incident_texts_index (rowid, words) VALUES (new.id, new.words);"

FILL = (
    "DELETE FROM incident_texts",
    f"{_ADD} ORDER BY id",
    "INSERT INTO incident_texts_index (incident_texts_index) VALUES ('rebuild')",
)
TRIGGERS = {
    "incident_texts_declared": f"AFTER INSERT ON incidents BEGIN {_ADD} WHERE id = new.id; END",
    "incident_texts_titled": f"""
        AFTER UPDATE OF title, public_title ON incidents
        WHEN new.title IS NOT old.title OR new.public_title IS NOT old.public_title
        BEGIN {_READ} WHERE incident_id = new.id; END
    """,
    "incident_texts_deleted": """
        AFTER DELETE ON incidents BEGIN DELETE FROM incident_texts WHERE incident_id = old.id; END
    """,
    "incident_texts_said": """
        AFTER INSERT ON update_versions
        BEGIN
            UPDATE incident_texts SET words = words || ' ' || new.body
            WHERE incident_id = (SELECT incident_id FROM updates WHERE id = new.update_id);
        END
    """,
    "incident_texts_reworded": f"""
        AFTER UPDATE OF body ON update_versions BEGIN {_READ} WHERE incident_id = {_INCIDENT}; END
    """,
    "incident_texts_in": f"AFTER INSERT ON incident_texts BEGIN {_IN} END",
    "incident_texts_anew": f"AFTER UPDATE ON incident_texts BEGIN {_OUT} {_IN} END",
    "incident_texts_out": f"AFTER DELETE ON incident_texts BEGIN {_OUT} END",
}
