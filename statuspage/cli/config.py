"""`statuspage config show`: what counts after file, environment and defaults; needs no database."""

from collections.abc import Iterator
from typing import Any

import click

from statuspage.cli.output import json_option, print_json
from statuspage.cli.shell import Shell, pass_shell
from statuspage.core.config import SECRET_KEYS, Settings, config_path

MASK = "********"


@click.group()
def config() -> None:
    """Look at the configuration."""


@config.command()
@json_option
@pass_shell
def show(shell: Shell, as_json: bool) -> None:
    """Print every key as it counts, secrets masked."""
    values = masked(shell.settings)
    if as_json:
        print_json(values)
        return
    file = config_path(shell.config, shell.environ)
    click.echo(f"# from {file} and the environment" if file else "# from the environment and the defaults")
    for key, value in _flat(values):
        click.echo(f"{key} = {_toml(value)}")


def masked(settings: Settings) -> dict[str, Any]:
    """Return the settings as they would stand in the file, every secret that is set replaced by asterisks."""
    values = settings.model_dump(mode="json", by_alias=True)
    values["database"]["url"] = settings.database_url
    for dotted in (*SECRET_KEYS, "previous_secret_keys"):
        *sections, name = dotted.split(".")
        place = values
        for section in sections:
            place = place[section]
        place[name] = _hidden(place[name])
    return values


def _hidden(value: str | list[str]) -> str | list[str]:
    if isinstance(value, list):
        return [MASK for _ in value]
    scheme, mark, rest = value.partition("://")
    if not mark:
        return MASK if value else ""
    credentials, at, place = rest.rpartition("@")
    user, colon, _ = credentials.partition(":")
    return f"{scheme}://{user}:{MASK}@{place}" if at and colon else value


def _flat(values: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def _toml(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_toml(item) for item in value)}]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)
