"""Comma-separated values (RFC 4180) that a spreadsheet may open: no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> str:
    """Return a cell's text, empty for None; what a spreadsheet would take for a formula gets a leading apostrophe
    (OWASP, CSV injection)."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a header and rows as CSV with CRLF line ends."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(header)
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
    return written.getvalue()
