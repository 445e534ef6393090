"""The migrations make exactly the tables of the models, on both engines, and can be taken back."""

from pathlib import Path

import sqlalchemy as sa

from statuspage.core.db import Database, commit, metadata
from statuspage.core.revisions import present_revision, wanted_revision
from statuspage.core.schema import downgrade, upgrade
from tests.kit import cast
from tests.kit.clock import FrozenClock
from tests.kit.schema import create_schema, load_models
from tests.kit.snapshot import catalogue, differences
from tests.kit.source import files, report, text

ADVICE = 'Change the models, then: make migration NAME="what changes"'


def test_the_migrations_make_the_tables_of_the_models(empty_database: Database) -> None:
    create_schema(empty_database)
    wanted = catalogue(empty_database.engine)
    with empty_database.engine.begin() as connection:
        metadata.drop_all(connection)
    upgrade(empty_database)
    report(ADVICE, differences(wanted, catalogue(empty_database.engine)))
    assert present_revision(empty_database) == wanted_revision()


def test_every_migration_can_be_taken_back(empty_database: Database) -> None:
    upgrade(empty_database)
    there = catalogue(empty_database.engine)
    for number in range(int(wanted_revision()) - 1, 0, -1):
        downgrade(empty_database, f"{number:04d}")
    downgrade(empty_database, "base")
    assert catalogue(empty_database.engine) == {}
    upgrade(empty_database)
    assert catalogue(empty_database.engine) == there


def test_what_was_written_survives_every_migration(empty_database: Database, clock: FrozenClock) -> None:
    upgrade(empty_database)
    with empty_database.session() as session:
        settled = cast.settle(session, clock.now())
        cast.declare(session, settled.ben, clock.now())
        commit(session)
    written = _rows(empty_database)
    downgrade(empty_database, "0001")
    first_tables = catalogue(empty_database.engine)
    upgrade(empty_database)
    kept = _rows(empty_database)
    assert written["updates"]
    assert {name: kept[name] for name in first_tables} == {name: written[name] for name in first_tables}


def _rows(database: Database) -> dict[str, list[str]]:
    """Return every row of every table of the models, as text."""
    with database.engine.connect() as connection:
        return {
            table.name: sorted(
                str(row) for row in connection.execute(sa.text(f'SELECT * FROM "{table.name}"')).mappings()
            )
            for table in metadata.sorted_tables
            if sa.inspect(connection).has_table(table.name)
        }


def test_an_upgrade_leaves_foreign_keys_on(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    upgrade(database)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.dispose()


def test_migrations_are_numbered_in_a_row() -> None:
    names = [name.rpartition("/")[2] for name in files("migrations/versions/", ".py")]
    expected = [f"{number:04d}" for number in range(1, len(names) + 1)]
    assert [name[:4] for name in names] == expected, f"One line of migrations, without gaps or branches. {ADVICE}"


def test_no_migration_depends_on_the_code_of_a_later_day() -> None:
    tied = [name for name in files("migrations/versions/", ".py") if "statuspage" in text(name)]
    report("A migration imports nothing of the product: write out what it needs:", tied)


def test_every_constraint_has_a_name_and_every_foreign_key_an_index_and_a_rule() -> None:
    faults = []
    for table in load_models().sorted_tables:
        indexed = [tuple(column.name for column in index.columns) for index in table.indexes]
        indexed += [
            tuple(column.name for column in constraint.columns)
            for constraint in table.constraints
            if isinstance(constraint, sa.PrimaryKeyConstraint | sa.UniqueConstraint)
        ]
        for constraint in table.constraints:
            if constraint.name is None:
                faults.append(f"{table.name}: {constraint!r} has no name")
            if isinstance(constraint, sa.ForeignKeyConstraint):
                columns = tuple(constraint.column_keys)
                if not any(index[: len(columns)] == columns for index in indexed):
                    faults.append(f"{table.name}: no index begins with {columns}")
                if constraint.ondelete is None:
                    faults.append(f"{table.name}: {columns} does not say what happens on delete")
    report("Name it, index it, say what happens on delete:", faults)
