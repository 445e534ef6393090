"""Hints about a text on this installation, which knows its people and its components."""

from sqlalchemy.orm import Session

from statuspage.domain.accounts.queries import users
from statuspage.domain.components.queries import components, site_profile
from statuspage.domain.wording.hints.reading import Hint, Known, find_hints


def hints_for(session: Session, text: str, *, planned: bool = False) -> tuple[Hint, ...]:
    """Return what customers had better not read in `text`, in the order of the text; three queries.

    `planned` is for maintenance, whose end may be said.
    """
    if not text.strip():
        return ()
    people = tuple(name for user in users(session) for name in (user.name, user.email))
    shown = [word for row in components(session, public_only=True) for word in (row.name, row.slug)]
    return find_hints(text, Known(people, (site_profile(session).name, *shown)), planned=planned)
