"""`statuspage token add`: a key for a program that uses the management API."""

from datetime import timedelta

import click

from statuspage.audit.actor import SHELL
from statuspage.cli.shell import Shell, pass_shell
from statuspage.domain.accounts.access import create_token
from statuspage.domain.accounts.enums import Scope


@click.group()
def token() -> None:
    """Make keys for programs."""


@token.command()
@click.argument("name")
@click.option("--scope", type=click.Choice([scope.value for scope in Scope]), required=True)
@click.option("--expires", type=click.IntRange(1, 3650), metavar="DAYS", help="Days until it stops working.")
@pass_shell
def add(shell: Shell, name: str, scope: str, expires: int | None) -> None:
    """Make a token called NAME and print it: alone on standard output, and never again."""
    now = shell.now()
    end = now + timedelta(days=expires) if expires else None
    with shell.changing() as session:
        made, text = create_token(session, name, Scope(scope), end, by=SHELL, now=now)
    until = f"until {end:%Y-%m-%d %H:%M} UTC" if end else "until it is revoked in the panel"
    click.echo(f"{made.name} may {made.scope} {until}. Keep the token now; it is shown only once.", err=True)
    click.echo(text)
