"""What a command works with: configuration, keys, database and clock, each opened when first asked for."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path

import click
from sqlalchemy.orm import Session

from statuspage.core import schema
from statuspage.core.clock import SYSTEM_CLOCK, Clock
from statuspage.core.config import Settings, load_settings
from statuspage.core.db import Database, commit
from statuspage.core.links import Links
from statuspage.core.secrets import Keys, stored_secret


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
        """The installation's keys. Fails with a sentence when no secret has been made yet."""
        secret = self.settings.secret_key or stored_secret(self.settings.data.dir)
        if not secret:
            raise click.ClickException("There is no secret key yet. Run `statuspage db upgrade`; it writes one.")
        return Keys([secret, *self.settings.previous_secret_keys])

    @cached_property
    def database(self) -> Database:
        """The database, whatever state its tables are in."""
        return Database(self.settings.database_url)

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
        return schema.present_revision(self.database), schema.wanted_revision()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that only reads."""
        with self.ready_database.session(readonly=True) as session:
            yield session

    @contextmanager
    def changing(self) -> Iterator[Session]:
        """Open a session and commit it once at the end."""
        with self.ready_database.session() as session:
            yield session
            commit(session)


pass_shell = click.make_pass_decorator(Shell)
