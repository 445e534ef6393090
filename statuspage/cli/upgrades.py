"""Bringing an installation to this version: its directory, its secret, its tables and what stands in them first."""

from statuspage.cli.shell import Shell
from statuspage.core.config import open_keys
from statuspage.core.db import commit
from statuspage.core.revisions import wanted_revision
from statuspage.core.schema import upgrade
from statuspage.core.secrets import store_secret
from statuspage.domain.components.actions import seed_profile
from statuspage.domain.wording.shipping import seed_templates


def bring_up_to_date(shell: Shell) -> str:
    """Make the data directory, the secret, the tables, the page's profile and the shipped message templates.

    Return the version of the tables.
    """
    settings = shell.settings
    settings.data.dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not settings.secret_key:
        store_secret(settings.data.dir)
    open_keys(settings)  # a damaged one is told before anything is changed
    upgrade(shell.database)
    with shell.database.session() as session:
        seed_profile(session, settings.site.name, settings.site.timezone, settings.site.locale, now=shell.now())
        seed_templates(session, now=shell.now())
        commit(session)
    return wanted_revision()
