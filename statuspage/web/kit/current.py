"""What a view asks for: this request's session, instant and caller, and the installation it runs in."""

from datetime import datetime
from typing import TYPE_CHECKING, cast

from flask import current_app, g

from statuspage.audit.actor import Actor
from statuspage.core.db import db
from statuspage.domain.incidents.queries import Reader
from statuspage.web.kit.installation import Installation
from statuspage.web.kit.rights import Caller

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

EXTENSION = "statuspage"


def installation() -> Installation:
    """Return the installation this application serves."""
    return cast(Installation, current_app.extensions[EXTENSION])


def session() -> "Session":
    """Return the session of this request; the kit commits or rolls it back."""
    return db.session()


def now() -> datetime:
    """Return the instant at which this request was taken up (aware UTC): the same one all through it."""
    return cast(datetime, g.now)


def caller() -> Caller:
    """Return who asks. Only routes that require a right have a caller."""
    return cast(Caller, g.caller)


def by() -> Actor:
    """Return the actor that actions write into the audit log."""
    return caller().actor


def reader() -> Reader:
    """Return who reads, for queries that leave out restricted incidents."""
    return caller().reader
