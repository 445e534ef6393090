"""An installation of the bench's own: the demo's company in a temporary directory, built, and served on request."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from statuspage.cli.demo.play import play
from statuspage.cli.demo.story import read_story
from statuspage.core.clock import SYSTEM_CLOCK
from statuspage.core.config import DataSettings, Settings
from statuspage.core.db import Database, commit
from statuspage.core.schema import upgrade
from statuspage.publish.builder import Builder
from statuspage.publish.opening import open_builder, open_site
from statuspage.publish.store import Store

SECRET = "a secret for the benchmark alone, of no use elsewhere"


@dataclass(frozen=True)
class Served:
    """A running `statuspage serve`: where it listens, the first process that answers, and every process by its name."""

    port: int
    pid: int
    family: dict[str, int]


@dataclass(frozen=True)
class Installation:
    """The company's database and built pages below `directory`."""

    directory: Path
    settings: Settings
    database: Database

    @property
    def store(self) -> Store:
        """The stored pages, as another process sees them."""
        return Store(self.settings.data.dir / "site")

    def builder(self) -> Builder:
        """Return a builder of its pages, as any process of this host has one."""
        return open_builder(self.settings, self.database, open_site(self.settings), SYSTEM_CLOCK)

    @contextmanager
    def served(self, *, processes: int = 1, mail_port: int = 0) -> Iterator[Served]:
        """Serve with `processes` web processes, and with a worker if there is a mail server at `mail_port`."""
        environ = os.environ | {"STATUSPAGE_DATA__DIR": str(self.settings.data.dir), "STATUSPAGE_SECRET_KEY": SECRET}
        command = [sys.executable, "-m", "statuspage", "serve", "--port", "0", "--processes", str(processes)]
        if mail_port:
            environ |= {"STATUSPAGE_MAIL__TRANSPORT": "smtp", "STATUSPAGE_MAIL__PORT": str(mail_port)}
        else:
            command.append("--no-worker")
        log = (self.directory / "serve.log").open("w")
        with log, subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=log, text=True) as process:
            try:
                assert process.stdout is not None
                port = int(process.stdout.readline().rpartition(":")[2])
                children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
                names = [*(f"web {number}" for number in range(1, processes + 1)), *(["worker"] if mail_port else [])]
                family = dict(zip(names, map(int, children), strict=True))
                yield Served(port, int(children[0]), {"parent": process.pid, **family})
            finally:
                process.terminate()


@contextmanager
def installation() -> Iterator[Installation]:
    """Make it, build its pages, and delete it afterwards."""
    with tempfile.TemporaryDirectory(prefix="statuspage-bench-") as name:
        directory = Path(name)
        settings = Settings(data=DataSettings(dir=directory / "var"), secret_key=SECRET)
        settings.data.dir.mkdir()
        database = Database(settings.database_url)
        upgrade(database)
        with database.session() as session:
            play(session, read_story(), "a password nobody types", SYSTEM_CLOCK.now())
            commit(session)
        made = Installation(directory, settings, database)
        made.builder().finish()
        directory.chmod(0o755)  # nginx's worker is another user
        yield made
        database.dispose()
