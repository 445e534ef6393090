"""Upgrading happens as a whole or not at all, on both engines, and one at a time."""

import os
import shutil
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from statuspage.core import revisions, schema
from statuspage.core.db import Database
from statuspage.core.paths import migrations_dir
from tests.kit.commands import Running

HEAD = 'import sqlalchemy as sa\nfrom alembic import op\nrevision = "{}"\ndown_revision = {}\n'
TABLES = """
def upgrade():
    op.create_table("parents", sa.Column("id", sa.Integer, primary_key=True), sa.Column("word", sa.String(9)))
    op.create_table(
        "children",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent_id", sa.Integer, sa.ForeignKey("parents.id", ondelete="CASCADE")),
    )
    op.execute("INSERT INTO parents VALUES (1, 'one')")
    op.execute("INSERT INTO children VALUES (1, 1)")

def downgrade():
    op.drop_table("children")
    op.drop_table("parents")
"""
WIDER_PARENT = """
def upgrade():
    with op.batch_alter_table("parents") as batch:
        batch.alter_column("word", type_=sa.String(90), nullable=False)

def downgrade():
    with op.batch_alter_table("parents") as batch:
        batch.alter_column("word", type_=sa.String(9), nullable=True)
"""
HALF_WAY = """
def upgrade():
    op.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
    raise ValueError("stopped half-way")
"""
ORPHANS = """
def upgrade():
    op.execute("DELETE FROM parents")
"""


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of migrations of the test's own, with one that makes two tables."""
    directory = tmp_path / "migrations"
    shutil.copytree(migrations_dir(), directory, ignore=shutil.ignore_patterns("versions", "__pycache__"))
    (directory / "versions").mkdir()
    add_step(directory, "0001", TABLES)
    for module in (schema, revisions):
        monkeypatch.setattr(module, "migrations_dir", lambda: directory)
    return directory


def add_step(directory: Path, number: str, body: str) -> None:
    """Add a migration to the test's own."""
    before = f"{int(number) - 1:04d}"
    head = HEAD.format(number, repr(before) if number != "0001" else None)
    (directory / "versions" / f"{number}_step.py").write_text(head + body, encoding="utf-8")


def _count(database: Database, table: str) -> int:
    with database.engine.connect() as connection:
        found: int = connection.execute(sa.select(sa.func.count()).select_from(sa.table(table))).scalar_one()
        return found


def test_a_database_tells_how_far_it_has_come(steps: Path, empty_database: Database) -> None:
    assert (revisions.present_revision(empty_database), revisions.wanted_revision()) == ("", "0001")
    schema.upgrade(empty_database)
    add_step(steps, "0002", WIDER_PARENT)
    assert (revisions.present_revision(empty_database), revisions.wanted_revision()) == ("0001", "0002")


def test_rebuilding_a_parent_keeps_its_children(steps: Path, empty_database: Database) -> None:
    schema.upgrade(empty_database)
    add_step(steps, "0002", WIDER_PARENT)
    schema.upgrade(empty_database)
    assert _count(empty_database, "children") == 1
    schema.downgrade(empty_database, "0001")
    assert _count(empty_database, "children") == 1


def test_a_migration_that_fails_half_way_leaves_nothing(steps: Path, empty_database: Database) -> None:
    schema.upgrade(empty_database)
    add_step(steps, "0002", WIDER_PARENT)
    add_step(steps, "0003", HALF_WAY)
    with pytest.raises(ValueError, match="half-way"):
        schema.upgrade(empty_database)
    assert revisions.present_revision(empty_database) == "0001"
    assert not sa.inspect(empty_database.engine).has_table("half")


def test_a_migration_that_orphans_rows_is_refused(steps: Path, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'orphans.db'}")
    schema.upgrade(database)
    add_step(steps, "0002", ORPHANS)
    with pytest.raises(RuntimeError, match="1 rows pointing at nothing, in children"):
        schema.upgrade(database)
    assert _count(database, "parents") == 1
    database.dispose()


def _upgrade(steps: Path, url: str) -> None:
    schema.migrations_dir = lambda: steps
    schema.upgrade(Database(url))


def test_two_upgrades_at_once_take_turns(steps: Path, empty_database: Database, tmp_path: Path) -> None:
    one = partial(_upgrade, steps, empty_database.url)
    both = [Running(one, os.environ, tmp_path / "log") for _ in range(2)]
    assert [process.wait(120) for process in both] == [0, 0], (tmp_path / "log").read_text()
    assert _count(empty_database, "children") == 1
