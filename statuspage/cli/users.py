"""`statuspage user ...`: let people in, help them back in, list them."""

import sys

import click

from statuspage.audit.actor import SHELL
from statuspage.cli.output import json_option, print_json, print_rows
from statuspage.cli.shell import Shell, pass_shell
from statuspage.core.errors import NotFound
from statuspage.core.secrets import Purpose
from statuspage.domain.accounts.actions import NewUser, create_user, invite_user, request_password_reset
from statuspage.domain.accounts.enums import Role
from statuspage.domain.accounts.models import AccountLink, User
from statuspage.domain.accounts.queries import newest_link_of, user_or_none, users


@click.group()
def user() -> None:
    """Let people in, help them back in, list them."""


@user.command()
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--name", help="What the team calls them (default: what stands before the @).")
@click.option("--password-stdin", is_flag=True, help="Read a password from standard input instead of inviting by mail.")
@json_option
@pass_shell
def add(shell: Shell, email: str, *, role: str, name: str | None, password_stdin: bool, as_json: bool) -> None:
    """Let EMAIL in: by an invitation, whose link is mailed and printed, or with a password from standard input."""
    draft = NewUser(email, name or email.partition("@")[0], Role(role))
    link = None
    with shell.changing() as session:
        if password_stdin:
            added = create_user(session, draft, sys.stdin.readline().rstrip("\r\n"), by=SHELL, now=shell.now())
        else:
            added = invite_user(session, draft, by=SHELL, now=shell.now())
            link = newest_link_of(session, added.id)
    _answer(shell, added, link, as_json=as_json, said=f"{added.email} may sign in as {added.role}.")


@user.command()
@click.argument("email")
@json_option
@pass_shell
def reset(shell: Shell, email: str, as_json: bool) -> None:
    """Mail EMAIL a link for choosing a new password, and print it."""
    with shell.changing() as session:
        found = user_or_none(session, email)
        if found is None or not found.active:
            raise NotFound(f"Nobody who may sign in has the address {email}. See `statuspage user list`.")
        request_password_reset(session, email, now=shell.now())
        session.flush()
        link = newest_link_of(session, found.id)
    _answer(shell, found, link, as_json=as_json, said="")


def _answer(shell: Shell, person: User, link: AccountLink | None, *, as_json: bool, said: str) -> None:
    address = shell.links.absolute(shell.links.account(shell.keys.seal(Purpose.ACCOUNT, link.id))) if link else None
    if as_json:
        print_json({**_row(person), "link": address, "link_expires_at": link.expires_at if link else None})
    elif address and link:
        click.echo(f"{person.email} can choose a password until {link.expires_at:%Y-%m-%d %H:%M} UTC at", err=True)
        click.echo(address)
    else:
        click.echo(said)


@user.command(name="list")
@json_option
@pass_shell
def list_users(shell: Shell, as_json: bool) -> None:
    """List everybody with their role and state."""
    with shell.reading() as session:
        rows = [_row(person) for person in users(session)]
    print_rows(rows, as_json=as_json, empty="Nobody is here yet. Run `statuspage init`, or `statuspage user add`.")


def _row(person: User) -> dict[str, object]:
    state = "disabled" if person.disabled_at else "active" if person.password_hash else "invited"
    return {"email": person.email, "name": person.name, "role": person.role, "state": state, "since": person.created_at}
