"""All tables of the product, made from the models and emptied between tests."""

import importlib
import pkgutil

import sqlalchemy as sa

import statuspage
from statuspage.core.db import Database, metadata
from statuspage.domain.incidents.search.tables import TEXTS_TABLE, make_search_tables


def load_models() -> sa.MetaData:
    """Import every module named `models`, so that the metadata knows all tables, and return it."""
    for module in pkgutil.walk_packages(statuspage.__path__, "statuspage."):
        if module.name.rpartition(".")[2] == "models":
            importlib.import_module(module.name)
    return metadata


def create_schema(database: Database) -> None:
    """Make every table of the models in an empty database."""
    with database.engine.begin() as connection:
        load_models().create_all(connection)
        make_search_tables(connection)


def empty(database: Database) -> None:
    """Delete every row on PostgreSQL; the triggers that hold foreign keys are off meanwhile."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table in (*metadata.sorted_tables, sa.table(TEXTS_TABLE)):
            connection.execute(sa.delete(table))
