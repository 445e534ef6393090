"""Who did what: one line per change, written in the same transaction as the change itself.

Lines name their subject by id and hold neither subscriber addresses nor the text of updates. They are only ever
added. `actor` says who acts, `actions` writes lines, `queries` reads them for an object or as a list.
"""
