"""Full text over the titles, public titles and updates of incidents, behind one small port.

    words    what somebody typed, as words to look for; pure
    engines  the condition that an incident holds words: FTS5 on SQLite, tsvector on PostgreSQL
    tables   what the engine needs for it; it is derived from the rows and keeps itself up to date

Nobody writes to the index: triggers follow the rows (`sqlite`, `postgresql`), so that whatever removes words from a row
removes them from the search. Every version of an update is found; only staff search.
"""
