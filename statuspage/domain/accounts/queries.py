"""Reading accounts."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from statuspage.core.errors import NotFound
from statuspage.core.secrets import hash_token
from statuspage.domain.accounts.enums import Right, Role
from statuspage.domain.accounts.models import AccountLink, ApiToken, RememberedAnswer, User, UserSession
from statuspage.domain.accounts.rules import email_key, role_grants, session_is_live


def users(session: Session) -> Sequence[User]:
    """Return everybody, by name."""
    return session.scalars(select(User).order_by(User.name, User.id)).all()


def people_who_may(session: Session, right: Right) -> Sequence[User]:
    """Return those who can sign in and hold `right`, in the order in which they came."""
    roles = [role for role in Role if role_grants(role, right)]
    wanted = select(User).where(User.role.in_(roles), User.disabled_at.is_(None), User.password_hash.is_not(None))
    return session.scalars(wanted.order_by(User.id)).all()


def user_or_none(session: Session, email: str) -> User | None:
    """Return the person with this mail address, in whatever spelling."""
    return session.scalar(select(User).where(User.email_key == email_key(email)))


def user_by_id(session: Session, user_id: uuid.UUID) -> User:
    """Return a person. Raises `NotFound`."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound("There is no such person. Go back to the list of people.")
    return user


def has_users(session: Session) -> bool:
    """Tell whether anybody has been set up yet."""
    return bool(session.scalar(select(exists().where(User.password_hash.is_not(None)))))


def live_session_or_none(session: Session, token: str, now: datetime) -> UserSession | None:
    """Return the session a cookie's token stands for, when it and its user still count at `now`."""
    found = session.scalar(select(UserSession).where(UserSession.token_hash == hash_token(token)))
    if found is None or not session_is_live(found.created_at, found.seen_at, now) or not found.user.active:
        return None
    return found


def sessions_of(session: Session, user_id: uuid.UUID) -> Sequence[UserSession]:
    """Return a person's sessions, the latest seen first."""
    wanted = select(UserSession).where(UserSession.user_id == user_id)
    return session.scalars(wanted.order_by(UserSession.seen_at.desc())).all()


def good_link_or_none(session: Session, link_id: uuid.UUID, now: datetime) -> AccountLink | None:
    """Return a one-time link that is neither used nor expired at `now`."""
    link = session.get(AccountLink, link_id)
    return link if link and link.used_at is None and now < link.expires_at else None


def newest_link_of(session: Session, user_id: uuid.UUID) -> AccountLink | None:
    """Return the one-time link a person was sent last."""
    wanted = select(AccountLink).where(AccountLink.user_id == user_id)
    return session.scalar(wanted.order_by(AccountLink.id.desc()).limit(1))


def live_token_or_none(session: Session, token: str, now: datetime) -> ApiToken | None:
    """Return the API token behind a bearer value, when it is neither revoked nor expired at `now`."""
    found = session.scalar(select(ApiToken).where(ApiToken.token_hash == hash_token(token)))
    if found is None or found.revoked_at or (found.expires_at and found.expires_at <= now):
        return None
    return found


def api_tokens(session: Session) -> Sequence[ApiToken]:
    """Return every API token, newest first."""
    return session.scalars(select(ApiToken).order_by(ApiToken.id.desc())).all()


def remembered_answer(session: Session, token_id: uuid.UUID, key: str, since: datetime) -> RememberedAnswer | None:
    """Return what a POST with this idempotency key was answered at or after `since`."""
    wanted = select(RememberedAnswer).where(RememberedAnswer.token_id == token_id, RememberedAnswer.key == key)
    return session.scalar(wanted.where(RememberedAnswer.created_at >= since))
