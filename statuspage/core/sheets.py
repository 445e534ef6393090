"""Comma-separated values (RFC 4180) that a spreadsheet may open: no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> str:
    """Return a cell's text, empty for None; what a spreadsheet would take for a formula gets a leading apostrophe
    (OWASP, CSV injection)."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a header and rows as CSV with CRLF line ends, as `rows` come."""
    written = io.StringIO()
    writer = csv.writer(written)
    for cells in chain([header], rows):
        writer.writerow([safe_cell(value) for value in cells])
        yield written.getvalue()
        written.seek(0)
        written.truncate()
