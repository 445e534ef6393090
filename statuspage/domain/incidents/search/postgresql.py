"""PostgreSQL's side of the search: a tsvector per incident under a GIN index, and the triggers that follow.

A tsvector holds a megabyte. Of an incident with more than 200,000 letters the oldest are not found; nothing fails.
"""

_TEXT = """
    title || ' ' || coalesce(public_title, '') || ' ' || coalesce((
        SELECT string_agg(body, ' ' ORDER BY update_versions.id DESC)
        FROM update_versions JOIN updates ON updates.id = update_versions.update_id
        WHERE updates.incident_id = incidents.id
    ), '')
"""
_ADD = f"""
    INSERT INTO incident_texts (incident_id, words)
    SELECT id, to_tsvector('simple', regexp_replace(left({_TEXT}, 200000), '[[:punct:]]+', ' ', 'g')) FROM incidents
"""  # noqa: S608  # only text of this module is put in

TABLES = (
    "CREATE TABLE incident_texts (incident_id uuid PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX incident_texts_index ON incident_texts USING gin (words)",
    _ADD,
)
FUNCTION = "incident_texts_follow"
TRIGGERS = (
    f"""
    CREATE OR REPLACE FUNCTION incident_texts_follow() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE touched uuid;
    BEGIN
        IF TG_OP = 'DELETE' THEN
            DELETE FROM incident_texts WHERE incident_id = OLD.id;
            RETURN NULL;
        ELSIF TG_TABLE_NAME = 'incidents' THEN
            touched := NEW.id;
        ELSE
            SELECT incident_id INTO touched FROM updates WHERE id = NEW.update_id;
        END IF;
        {_ADD} WHERE id = touched ON CONFLICT (incident_id) DO UPDATE SET words = excluded.words;
        RETURN NULL;
    END $$
    """,  # noqa: S608  # only text of this module is put in
    """
    CREATE OR REPLACE TRIGGER incident_texts_titles AFTER INSERT OR DELETE OR UPDATE OF title, public_title
    ON incidents FOR EACH ROW EXECUTE FUNCTION incident_texts_follow()
    """,
    """
    CREATE OR REPLACE TRIGGER incident_texts_bodies AFTER INSERT OR UPDATE OF body
    ON update_versions FOR EACH ROW EXECUTE FUNCTION incident_texts_follow()
    """,
)
