"""`statuspage init`: from an empty directory to an installation that waits for its first administrator.

Writes the configuration (asking a person, or taking flags and defaults where nobody is there to ask), makes the tables
and prints the one-time link. With `--force` an existing configuration is written anew from its own values; the old
file is kept beside it.
"""

import json
import os
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from statuspage.cli.shell import Shell, pass_shell
from statuspage.cli.upgrades import bring_up_to_date
from statuspage.core.config import PREFIX, ConfigError, settings_of
from statuspage.core.db import commit
from statuspage.core.errors import Conflict
from statuspage.core.secrets import Purpose, new_secret
from statuspage.domain.accounts.actions import open_setup

Tree = dict[str, Any]

QUESTIONS = {
    "site.base_url": "Address of the page, as readers will type it",
    "site.name": "Name of the service or company",
    "site.timezone": "Time zone (IANA)",
    "mail.transport": "Mail: smtp for a relay, file to only keep it in files for now",
    "mail.from": "Sender of the mails",
    "mail.host": "Mail relay: host",
    "mail.port": "Mail relay: port",
    "mail.security": "Mail relay: none, starttls or tls",
    "mail.username": "Mail relay: user name (empty: none)",
}
DEFAULTS: Tree = {
    "site.base_url": "http://127.0.0.1:8000",
    "site.name": "Status",
    "site.timezone": "UTC",
    "mail.transport": "file",
    "mail.from": "",
    "mail.host": "127.0.0.1",
    "mail.port": 25,
    "mail.security": "none",
    "mail.username": "",
}
PROXY_ON_THIS_MACHINE = ["127.0.0.1/32", "::1/128"]  # HTTPS needs one in front, and `serve` listens to this machine
ONLY_SMTP = ("mail.host", "mail.port", "mail.security", "mail.username")


@click.command()
@click.option("--force", is_flag=True, help="Write an existing configuration anew; print a fresh set-up link.")
@click.option("--base-url", help="Address of the page, as in https://status.example.com.")
@click.option("--name", help="Name of the service or company.")
@click.option("--timezone", help="IANA zone, as in Europe/Berlin.")
@click.option("--data-dir", type=click.Path(file_okay=False), help="Where database and files are kept.")
@click.option("--mail-host", help="Send through this SMTP relay.")
@click.option("--mail-from", help="Sender of the mails.")
@click.option("--yes", is_flag=True, help="Ask nothing: take flags and defaults.")
@pass_shell
def init(shell: Shell, /, force: bool, yes: bool, **given: str | None) -> None:
    """Write config.toml, make the database, print the link that makes the first administrator."""
    target = shell.config or Path(shell.environ.get(f"{PREFIX}CONFIG") or "config.toml")
    if target.exists() and not force:
        raise click.ClickException(
            f"{target} is there already. Edit it, or run `statuspage init --force` to write it anew."
        )
    tree = _existing(target)
    _put_flags(tree, given)
    if somebody_is_there() and not yes:
        _ask(tree)
    tree.setdefault("secret_key", new_secret())
    if _get(tree, "site.base_url").startswith("https://"):
        tree.setdefault("net", {}).setdefault("trusted_proxies", PROXY_ON_THIS_MACHINE)
    _write(target, tree)
    click.echo(f"Wrote {target.resolve()}.", err=True)
    installed = Shell(target, shell.environ, shell.clock)
    bring_up_to_date(installed)
    _print_link(installed)


def somebody_is_there() -> bool:
    """Tell whether a person could answer questions."""
    return sys.stdin.isatty()


def _existing(target: Path) -> Tree:
    if not target.exists():
        return {}
    try:
        return tomllib.loads(target.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ConfigError(f"{target} cannot be read: {fault}. Move it away and run `statuspage init` again.") from None


def _get(tree: Mapping[str, Any], dotted: str) -> Any:
    section, key = dotted.split(".")
    return tree.get(section, {}).get(key, DEFAULTS[dotted])


def _put(tree: Tree, dotted: str, value: Any) -> None:
    section, key = dotted.split(".")
    tree.setdefault(section, {})[key] = value


def _put_flags(tree: Tree, given: Mapping[str, str | None]) -> None:
    for dotted in ("site.base_url", "site.name", "site.timezone"):
        _put(tree, dotted, given[dotted.partition(".")[2]] or _get(tree, dotted))
    if given["data_dir"]:
        _put(tree, "data.dir", given["data_dir"])
    if given["mail_host"]:
        _put(tree, "mail.transport", "smtp")
        _put(tree, "mail.host", given["mail_host"])
    if given["mail_from"]:
        _put(tree, "mail.from", given["mail_from"])


def _ask(tree: Tree) -> None:
    for dotted, question in QUESTIONS.items():
        if dotted not in ONLY_SMTP or _get(tree, "mail.transport") == "smtp":
            _put(tree, dotted, click.prompt(question, default=_get(tree, dotted), value_proc=_checked(dotted)))
    if _get(tree, "mail.transport") == "smtp" and _get(tree, "mail.username"):
        password = click.prompt("Mail relay: password", hide_input=True, default="", show_default=False)
        tree["mail"]["password"] = password or tree["mail"].get("password", "")


def _checked(dotted: str) -> Callable[[str], Any]:
    """Return what reads an answer; a wrong one is asked for again with the reason."""

    def read(answer: str) -> Any:
        value = int(answer) if isinstance(DEFAULTS[dotted], int) and answer.isdecimal() else answer
        tree: Tree = {}
        _put(tree, dotted, value)
        try:
            settings_of(tree)
        except ConfigError as fault:
            raise click.UsageError(str(fault)) from None
        return value

    return read


def _toml(tree: Tree) -> str:
    lines = ["# Written by `statuspage init`. Every key is explained in config.example.toml.", ""]
    lines += [f"{key} = {_value(value)}" for key, value in tree.items() if not isinstance(value, dict)]
    for section, keys in tree.items():
        if isinstance(keys, dict):
            lines += ["", f"[{section}]", *(f"{key} = {_value(value)}" for key, value in keys.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)  # strings, numbers, booleans and flat lists read the same in TOML


def _write(target: Path, tree: Tree) -> None:
    """Write the configuration (mode 0600) if it can be used; keep the file it replaces. Raises `ConfigError`."""
    settings_of(tree)
    partial = target.with_name(f".{target.name}.new")
    try:
        partial.unlink(missing_ok=True)
        handle = os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(_toml(tree))
        if target.exists():
            target.replace(target.with_name(f"{target.name}.old"))
        partial.replace(target)
    except OSError as fault:
        raise click.ClickException(f"{target} cannot be written: {fault.strerror}.") from fault
    finally:
        partial.unlink(missing_ok=True)


def _print_link(shell: Shell) -> None:
    try:
        with shell.ready_database.session() as session:
            link_id = open_setup(session, now=shell.now())
            commit(session)
    except Conflict as fault:
        click.echo(fault.message, err=True)
        return
    click.echo("Open this address within 24 hours to make the first administrator:", err=True)
    click.echo(shell.links.absolute(shell.links.setup(shell.keys.seal(Purpose.SETUP, link_id))))
