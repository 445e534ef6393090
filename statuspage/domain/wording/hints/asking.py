"""Hints about a text on this installation, which knows its people and its components."""

from sqlalchemy.orm import Session

from statuspage.domain.accounts.queries import users
from statuspage.domain.components.queries import components, site_profile
from statuspage.domain.wording.hints.reading import Hint, Known, find_hints


def known_here(session: Session) -> Known:
    """Return the people this installation knows, and the names its customers know; three queries."""
    people = tuple(name for user in users(session) for name in (user.name, user.email))
    shown = [word for row in components(session, public_only=True) for word in (row.name, row.slug)]
    return Known(people, (site_profile(session).name, *shown))


def hints_for(session: Session, text: str, *, planned: bool = False) -> tuple[Hint, ...]:
    """Return what customers had better not read in `text`, in the order of the text.

    `planned` is for maintenance, whose end may be said.
    """
    return find_hints(text, known_here(session), planned=planned) if text.strip() else ()
