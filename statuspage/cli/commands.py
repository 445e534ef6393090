"""Every command there is, each imported when it is asked for: most need little of the product and start much sooner."""

import pkgutil
from collections.abc import Mapping
from typing import Any

import click

COMMANDS = {
    "config": "statuspage.cli.config:config",
    "db": "statuspage.cli.databases:db",
    "demo": "statuspage.cli.demo.command:demo",
    "doctor": "statuspage.cli.doctor:doctor",
    "incident": "statuspage.cli.incidents:incident",
    "init": "statuspage.cli.init:init",
    "seed": "statuspage.cli.seed.command:seed",
    "serve": "statuspage.cli.serve:serve",
    "site": "statuspage.cli.site:site",
    "token": "statuspage.cli.tokens:token",
    "user": "statuspage.cli.users:user",
    "worker": "statuspage.cli.worker:worker",
}


class Commands(click.Group):
    """A group that knows some of its commands by their place alone: `module:name`, by what they are called."""

    def __init__(self, *, places: Mapping[str, str], **given: Any) -> None:
        super().__init__(**given)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all, in order."""
        return sorted({*super().list_commands(ctx), *self._places})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None when there is none of that name."""
        if cmd_name in self._places and cmd_name not in self.commands:
            self.add_command(pkgutil.resolve_name(self._places[cmd_name]), cmd_name)
        return super().get_command(ctx, cmd_name)
