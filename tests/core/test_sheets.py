"""Cells that a spreadsheet must not run."""

import csv
import io

import pytest

from statuspage.core.sheets import csv_lines, safe_cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("Checkout fails", "Checkout fails"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("a=1", "a=1"),
        (None, ""),
        (7, "7"),
    ],
)
def test_no_cell_is_a_formula(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


def test_quotes_commas_and_line_ends_survive() -> None:
    text = "".join(csv_lines(("a", "b"), [('say "no"', "one, two"), ("two\nlines", "")]))
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["a", "b"], ['say "no"', "one, two"], ["two\nlines", ""],
    ]  # fmt: skip
    assert text.startswith("a,b\r\n")
