"""A whole installation in processes of its own, as `statuspage serve` runs it, for tests that kill parts of it."""

import http.client
import os
import re
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from statuspage.core.clock import SYSTEM_CLOCK
from statuspage.core.db import Database, commit
from statuspage.core.schema import upgrade
from statuspage.domain.incidents.models import Incident
from tests.kit import cast
from tests.kit.commands import Running, command

ADDRESS = re.compile(r"^Listening on http://127.0.0.1:(\d+)$", re.MULTILINE)
PATIENCE = 90.0  # seconds until a test gives up; nothing is measured by it


def eventually(what: str, condition: Callable[[], object]) -> None:
    """Wait until `condition` holds; fail with `what` when it does not in `PATIENCE` seconds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"it did not happen: {what}"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    """Whether a process runs; one that is dead and not yet buried by its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@dataclass
class House:
    """One installation on SQLite below `directory`, with the cast settled. `serve()` starts it, `end()` cleans up."""

    directory: Path
    database_url: str = ""
    parent: Running | None = None
    port: int = 0
    log: list[str] = field(default_factory=list)

    def environ(self) -> dict[str, str]:
        """The configuration of this house, in the environment alone."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("STATUSPAGE_")}
        return kept | {
            "STATUSPAGE_DATA__DIR": str(self.directory),
            "STATUSPAGE_DATABASE__URL": self.url_of_database,
            "STATUSPAGE_SECRET_KEY": "a secret for tests alone, long enough to be taken",
            "STATUSPAGE_SITE__SECURITY_CONTACT": "mailto:security@example.com",
        }

    @property
    def url_of_database(self) -> str:
        return self.database_url or f"sqlite:///{self.directory / 'statuspage.db'}"

    def settle(self, migrated: Path | None = None) -> None:
        """Make the tables and bring the cast onto the stage, or copy an SQLite file that has both."""
        self.directory.mkdir(parents=True, exist_ok=True)
        if migrated:
            shutil.copyfile(migrated, self.directory / "statuspage.db")
            return
        database = Database(self.database_url)
        upgrade(database)
        with database.session() as session:
            cast.settle(session, SYSTEM_CLOCK.now())
            commit(session)
        database.dispose()

    def declare(self, title: str) -> str:
        """Commit a public incident from outside, without rebuilding any page; return the path of its page."""
        database = Database(self.url_of_database)
        with database.session() as session:
            incident: Incident = cast.declare(session, cast.SYSTEM, SYSTEM_CLOCK.now(), title=title)
            commit(session)
            path = f"/incidents/{incident.code}"
        database.dispose()
        return path

    def serve(self, *arguments: str) -> None:
        """Start `statuspage serve` on a free port and wait until it says that it accepts requests."""
        log = self.directory / "log"
        log.touch()
        before = len(log.read_text())
        self.parent = parent = Running(partial(command, ["serve", "--port", "0", *arguments]), self.environ(), log)
        eventually("it serves or gives up", lambda: ADDRESS.search(log.read_text(), before) or not parent.alive)
        found = ADDRESS.search(log.read_text(), before)
        assert found, log.read_text()
        self.port = int(found[1])

    def restart_web(self) -> None:
        """Kill the web processes; the parent starts others."""
        for pid in self.children():
            os.kill(pid, signal.SIGKILL)

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Ask for a page over a connection of its own; a connection that broke counts as status 0."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def children(self) -> list[int]:
        """The living children of the parent, in the order they were started."""
        assert self.parent
        text = Path(f"/proc/{self.parent.pid}/task/{self.parent.pid}/children").read_text()
        return [pid for pid in map(int, text.split()) if alive(pid)]

    def end(self) -> int:
        """Stop everything as an operator would; return the parent's exit status."""
        if self.parent is None:
            return 0
        children = self.children() if self.parent.alive else []
        if self.parent.alive:
            self.parent.terminate()
        status = self.parent.wait(PATIENCE)
        for pid in children:
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        self.parent = None
        return status
