"""What a database's catalogue says about every table, in a form that two databases can be compared by."""

import re
from typing import Any

import sqlalchemy as sa

from statuspage.domain.incidents.search.tables import of_search

Table = dict[str, list[str]]
BOOKKEEPING = "alembic_version"


def catalogue(engine: sa.Engine) -> dict[str, Table]:
    """Return each table's columns, keys, uniques, CHECKs and indexes as sorted sentences."""
    inspector = sa.inspect(engine)
    names = [name for name in inspector.get_table_names() if name != BOOKKEEPING and not of_search(name, "table")]
    return {name: _table(inspector, name) for name in sorted(names)}


def _table(inspector: sa.Inspector, name: str) -> Table:
    primary = inspector.get_pk_constraint(name)
    return {
        "columns": sorted(_column(column, inspector.dialect) for column in inspector.get_columns(name)),
        "primary key": [f"{primary['name']} {primary['constrained_columns']}"],
        "foreign keys": sorted(_foreign_key(key) for key in inspector.get_foreign_keys(name)),
        "uniques": sorted(f"{item['name']} {item['column_names']}" for item in inspector.get_unique_constraints(name)),
        "checks": sorted(
            f"{item['name']}: {_plain(item['sqltext'])}" for item in inspector.get_check_constraints(name)
        ),
        "indexes": sorted(_index(index) for index in inspector.get_indexes(name)),
    }


def _column(column: Any, dialect: sa.Dialect) -> str:
    null = "null" if column["nullable"] else "not null"
    kind = column["type"].compile(dialect=dialect)
    return f"{column['name']} {kind} {null} default {column['default']}"


def _foreign_key(key: Any) -> str:
    target = f"{key['referred_table']} {key['referred_columns']}"
    return f"{key['name']} {key['constrained_columns']} -> {target} {sorted(key['options'].items())}"


def _index(index: Any) -> str:
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    columns = index.get("expressions") or index["column_names"]
    return f"{index['name']} {columns} unique={bool(index['unique'])} {sorted(options.items())}"


def _plain(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).strip()


def differences(wanted: dict[str, Table], found: dict[str, Table]) -> list[str]:
    """Return one sentence for each thing that stands in one catalogue only."""
    faults = []
    for name in sorted(wanted.keys() | found.keys()):
        for part in sorted(wanted.get(name, {}).keys() | found.get(name, {}).keys()):
            left, right = wanted.get(name, {}).get(part, []), found.get(name, {}).get(part, [])
            faults += [f"{name}: {item} is missing" for item in left if item not in right]
            faults += [f"{name}: {item} is too much" for item in right if item not in left]
    return faults
