"""What a command works with: configuration, keys, database and clock, each opened when first asked for."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path

import click
from sqlalchemy.orm import Session

from statuspage.core import revisions
from statuspage.core.clock import SYSTEM_CLOCK, Clock
from statuspage.core.config import Settings, load_settings, open_keys
from statuspage.core.db import Database, commit
from statuspage.core.links import Links
from statuspage.core.secrets import Keys
from statuspage.outbox.actions import PUBLISHED
from statuspage.publish.builder import Builder
from statuspage.publish.opening import open_builder, open_site


class Shell:
    """One command's configuration, database and clock. `config` is the file given by `--config`, if any."""

    def __init__(
        self, config: Path | None = None, environ: Mapping[str, str] = os.environ, clock: Clock = SYSTEM_CLOCK
    ) -> None:
        self.config = config
        self.environ = environ
        self.clock = clock

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""
        return self.clock.now()

    @cached_property
    def settings(self) -> Settings:
        """The configuration. Raises `ConfigError`."""
        return load_settings(self.config, self.environ)

    @property
    def links(self) -> Links:
        """Every address this installation writes."""
        return Links(self.settings.site.base_url)

    @cached_property
    def keys(self) -> Keys:
        """The installation's keys. Raises `ConfigError` when there is no usable secret."""
        return open_keys(self.settings)

    @cached_property
    def database(self) -> Database:
        """The database, whatever state its tables are in. Refuses to touch another user's file as root."""
        database = Database(self.settings.database_url)
        _refuse_foreign_file(database)
        return database

    @cached_property
    def ready_database(self) -> Database:
        """The database with exactly the tables of this version. Fails with a sentence when it has others."""
        present, wanted = self._revisions
        if present != wanted:
            state = f"at version {present} of its tables, not {wanted}" if present else "empty"
            raise click.ClickException(f"The database is {state}. Run `statuspage db upgrade` first.")
        return self.database

    @property
    def _revisions(self) -> tuple[str, str]:
        url = self.database.engine.url
        if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).is_file():
            raise click.ClickException(f"There is no database {url.database}. Run `statuspage db upgrade` first.")
        return revisions.present_revision(self.database), revisions.wanted_revision()

    def refuse_unready(self) -> None:
        """Fail with a sentence unless tables and secret are there."""
        _ = self.ready_database, self.keys

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that only reads."""
        with self.ready_database.session(readonly=True) as session:
            yield session

    @contextmanager
    def changing(self) -> Iterator[Session]:
        """Open a session, commit it once at the end, then rebuild the pages that it touched."""
        with self.ready_database.session() as session:
            yield session
            commit(session)
            published = PUBLISHED in session.info
        if published and self._pages_are_ours:
            self.builder.catch_up()

    @cached_property
    def builder(self) -> Builder:
        """The builder of this host's pages."""
        return open_builder(self.settings, self.ready_database, open_site(self.settings), self.clock)

    @property
    def _pages_are_ours(self) -> bool:
        """Whether this host serves the page and this user may write it; if not, whoever serves it follows anyway."""
        return os.access(self.settings.data.dir / "site" / "generation", os.W_OK)


def _refuse_foreign_file(database: Database) -> None:
    """Root would leave files beside the database that the service may not write."""
    url = database.engine.url
    path = Path(url.database or "")
    if url.get_backend_name() != "sqlite" or os.geteuid() != 0 or not path.is_file() or path.stat().st_uid == 0:
        return
    owner = _owner(path)
    raise click.ClickException(f"{path} belongs to {owner}. Run this as: `runuser -u {owner} -- statuspage ...`.")


def _owner(path: Path) -> str:
    try:
        return path.owner()
    except KeyError:  # a user of another container
        return str(path.stat().st_uid)


pass_shell = click.make_pass_decorator(Shell)
