"""How commands answer: a table or a line for people, JSON for programs."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

import click

from statuspage.core.clock import rfc3339

Row = Mapping[str, Any]
Function = TypeVar("Function", bound=Callable[..., Any])


def json_option(command: Function) -> Function:
    """Give a command the flag `--json`, handed to it as `as_json`."""
    option: Callable[[Function], Function] = click.option(
        "--json", "as_json", is_flag=True, help="Print JSON for a program."
    )
    return option(command)


def print_json(value: Any) -> None:
    """Print one JSON document; instants as RFC 3339 in UTC."""
    click.echo(json.dumps(value, indent=2, default=_plain, ensure_ascii=False))


def _plain(value: object) -> str:
    return rfc3339(value) if isinstance(value, datetime) else str(value)


def print_rows(rows: Iterable[Row], *, as_json: bool, empty: str) -> None:
    """Print rows as an aligned table without rules, or as a JSON list. `empty` is what to say without any."""
    rows = list(rows)
    if as_json:
        print_json(rows)
    elif not rows:
        click.echo(empty, err=True)
    else:
        _print_table(rows)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, datetime):
        return rfc3339(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _print_table(rows: list[Row]) -> None:
    table = [list(rows[0]), *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        click.echo("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())
