"""Configuration, files, machine."""

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from statuspage.cli.checks.findings import Finding, fault, warning, well
from statuspage.cli.shell import Shell
from statuspage.core.clock import known_zones
from statuspage.core.config import ConfigError, config_path, open_keys
from statuspage.core.db import SAFE_SQLITE, sqlite_version

LOOPBACK = ("localhost", "127.0.0.1", "::1")
TIGHT_BYTES = 500 * 1024 * 1024
FULL_BYTES = 50 * 1024 * 1024


def configuration(shell: Shell) -> Iterator[Finding]:
    """The file, who may read it, the address of the page."""
    file = config_path(shell.config, shell.environ)
    if file is None:
        yield warning("configuration", "There is no configuration file. `statuspage init` writes one.")
    elif stat.S_IMODE(file.stat().st_mode) & 0o007:
        yield warning("configuration", f"Everybody on this machine can read {file}. Run: chmod o-rwx {file}")
    else:
        yield well("configuration", f"{file} is read.")
    base = urlsplit(shell.settings.site.base_url)
    if base.scheme == "https":
        yield well("address", f"The page's address is {base.geturl()}.")
    elif base.hostname in LOOPBACK:
        yield warning("address", f"{base.geturl()} is reached from this machine only; set site.base_url for readers.")
    else:
        yield fault("address", f"{base.geturl()} is not encrypted: put a proxy with HTTPS in front and set https://.")
    if base.scheme == "https" and not shell.settings.net.trusted_proxies:
        yield warning(
            "proxy",
            "net.trusted_proxies is empty: behind a proxy all readers count as one. Name it, as in ['127.0.0.1/32'].",
        )


def secret(shell: Shell) -> Iterator[Finding]:
    """The secret that signs links."""
    try:
        open_keys(shell.settings)
    except ConfigError as refusal:
        yield fault("secret", str(refusal))
    else:
        yield well("secret", "The secret key is there. Keep a copy with your backups: links in old mails need it.")


def files(shell: Shell) -> Iterator[Finding]:
    """The data directory and the room on its disk."""
    directory = shell.settings.data.dir
    if not directory.is_dir():
        yield fault("data", f"There is no directory {directory}. Run `statuspage db upgrade`; it makes it.")
        return
    if not os.access(directory, os.W_OK | os.X_OK):
        yield fault("data", f"{directory} cannot be written by this user. Give it to the user the service runs as.")
        return
    free = shutil.disk_usage(directory).free
    room = f"{free // (1024 * 1024):,} MB are free below {directory.resolve()}."
    if free < FULL_BYTES:
        yield fault("disk", f"{room} Make room now: changes can no longer be stored.")
    elif free < TIGHT_BYTES:
        yield warning("disk", f"{room} Make room soon.")
    else:
        yield well("disk", room)


def libraries(shell: Shell) -> Iterator[Finding]:
    """SQLite's version and the optional parts this configuration needs."""
    if shell.settings.database_url.startswith("sqlite"):
        present = ".".join(map(str, sqlite_version()))
        safe = ".".join(map(str, SAFE_SQLITE))
        if sqlite_version() >= SAFE_SQLITE:
            yield well("sqlite", f"SQLite {present} is in use.")
        else:
            yield warning(
                "sqlite",
                f"SQLite {present} has a rare race that can damage a database; {safe} mends it. Install the extra: "
                "pip install 'statuspage[sqlite]', and back up daily.",
            )
    elif find_spec("psycopg") is None:
        yield fault("postgresql", "psycopg is missing. Install the extra: pip install 'statuspage[postgres]'.")
    if not shutil.which("pg_dump") and not shell.settings.database_url.startswith("sqlite"):
        yield warning(
            "backup", "pg_dump is missing, so `db backup` cannot work. Install the PostgreSQL client programs."
        )
    if shell.settings.site.timezone not in known_zones():
        yield fault("zones", "Time zone data is missing. Install the package tzdata.")


def clock(shell: Shell) -> Iterator[Finding]:
    """Whether the machine keeps its clock right. When somebody spoke is what a status page is about."""
    program = shutil.which("timedatectl")
    if program is None or not Path("/run/systemd/system").is_dir():
        yield well("clock", f"It is {shell.now():%Y-%m-%d %H:%M:%S} UTC; compare with another clock.")
        return
    command = [program, "show", "--property=NTPSynchronized", "--value"]
    asked = subprocess.run(  # noqa: S603  # a fixed command, no shell
        command, capture_output=True, text=True, timeout=5, check=False
    )
    said = asked.stdout
    if said.strip() == "yes":
        yield well("clock", "The clock is kept by NTP.")
    else:
        yield warning("clock", "The clock is not synchronised. Run: timedatectl set-ntp true")
