"""`statuspage demo`: the company's page, panel and worker on this machine, in a directory of its own."""

import secrets
import shutil
from datetime import timedelta
from pathlib import Path

import click

from statuspage.cli.demo.play import address_of, play
from statuspage.cli.demo.story import Company, read_story
from statuspage.cli.serve import House, keep_house, url_at
from statuspage.cli.shell import Shell, pass_shell
from statuspage.cli.upgrades import bring_up_to_date
from statuspage.core.db import commit
from statuspage.domain.accounts.queries import has_users
from statuspage.domain.components.queries import site_profile

PLACE = Path("var/demo")
STALE = timedelta(days=1)
_WORDS = (
    "amber anchor apple autumn barley basket beacon birch bridge candle canyon cedar cherry cobalt copper coral cotton "
    "cricket crystal ember falcon feather fennel forest garden ginger glacier granite harbour hazel heron indigo ivory "
    "jasmine juniper lantern lemon linden lobster maple marble meadow mirror nutmeg orchard otter pebble pepper pigeon "
    "poplar quartz river saddle saffron silver sparrow spruce summit thistle timber tulip velvet walnut willow"
)


@click.command()
@click.option("--host", default=House.host, show_default=True, help="Address to listen on.")
@click.option("--port", default=House.port, show_default=True, type=click.IntRange(0, 65535))
@click.option("--fresh", is_flag=True, help="Forget what was tried out and begin anew.")
@pass_shell
def demo(shell: Shell, host: str, port: int, fresh: bool) -> int:
    """Show a realistic company on this machine. Nothing leaves it, no configuration of yours is read or touched."""
    if fresh and PLACE.exists():
        shutil.rmtree(PLACE)
    company = read_story().company
    inside = Shell(_write_config(company, host, port), {}, shell.clock)
    password = _tell_story(inside)
    return keep_house(inside, House(host, port), lambda url: _greet(company, url, password))


def _write_config(company: Company, host: str, port: int) -> Path:
    PLACE.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = PLACE / "config.toml"
    address = f'base_url = "{url_at(host, port)}"\n' if port else ""
    file.touch(mode=0o600)
    file.write_text(
        "# Written by `statuspage demo` at each start.\n"
        f'[site]\n{address}name = "{company.name}"\ntimezone = "{company.timezone}"\n'
        f'[data]\ndir = "{PLACE.as_posix()}"\n[mail]\ntransport = "file"\n',
        encoding="utf-8",
    )
    return file


def _tell_story(shell: Shell) -> str:
    """Fill an empty database; return the password everybody in the team has."""
    bring_up_to_date(shell)
    kept = PLACE / "password"
    with shell.ready_database.session() as session:
        if has_users(session) and kept.is_file():
            told_at = site_profile(session).created_at
            if shell.now() - told_at > STALE:
                click.echo(f"The story was told on {told_at:%d %b %Y}; `--fresh` tells it anew, from today.", err=True)
            return kept.read_text(encoding="utf-8").strip()
        click.echo("Telling the story of three months ...", err=True)
        password = "-".join([*(secrets.choice(_WORDS.split()) for _ in range(3)), str(100 + secrets.randbelow(900))])
        kept.touch(mode=0o600)
        kept.write_text(f"{password}\n", encoding="utf-8")
        play(session, read_story(), password, shell.now())
        commit(session)
    return password


def _greet(company: Company, url: str, password: str) -> None:
    rows = (
        ("The page", f"{url}/"),
        ("The panel", f"{url}/signin"),
        *((f"  as {person.role}", address_of(company, person)) for person in company.people[::2]),
        ("  password", f"{password}   (the same for everybody)"),
        ("Mail", "stays in files; the panel shows it under Settings"),
        ("Kept in", f"{PLACE}/ ; `--fresh` begins anew"),
    )
    for label, words in rows:
        click.echo(f"{label:15}{words}")
    click.echo("Ctrl-C stops it.")
