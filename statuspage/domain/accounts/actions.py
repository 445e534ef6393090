"""People: invite, let in, change, disable. Tokens and buckets are in `access`."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor, ActorKind
from statuspage.core.errors import Conflict, Invalid, NotFound
from statuspage.core.languages import marked
from statuspage.core.passwords import hash_password
from statuspage.core.text import clean_line
from statuspage.domain.accounts.enums import LinkPurpose, Role
from statuspage.domain.accounts.models import AccountLink, User, UserSession
from statuspage.domain.accounts.queries import good_link_or_none, has_users, user_by_id, user_or_none
from statuspage.domain.accounts.rules import LINK_LIFE, email_key, password_fault
from statuspage.outbox.actions import emit
from statuspage.outbox.enums import EventKind


@dataclass(frozen=True)
class NewUser:
    """Somebody to be let in."""

    email: str
    name: str
    role: Role


def clean_email(email: str, field: str = "email") -> str:
    """Return a mail address in its normal form. Raises `Invalid` naming `field`."""
    try:
        found = validate_email(clean_line(email, field, limit=320), check_deliverability=False, strict=True)
    except EmailNotValidError:
        raise Invalid({field: marked("This is no mail address. Write it as name@example.com.")}) from None
    if found.ascii_email is None:
        raise Invalid({field: marked("The part before the @ may hold ASCII letters only.")})
    return found.ascii_email


def _add_user(session: Session, draft: NewUser, now: datetime) -> User:
    email = clean_email(draft.email)
    if user_or_none(session, email):
        raise Invalid({"email": "Somebody with this address is already here."})
    name = clean_line(draft.name, "name", limit=120)
    user = User(email=email, email_key=email_key(email), name=name, role=draft.role, created_at=now)
    session.add(user)
    session.flush()
    return user


def _set_password(user: User, password: str, site_name: str) -> None:
    fault = password_fault(password, [site_name, user.email.split("@")[0], user.name])
    if fault:
        raise Invalid({"password": fault})
    user.password_hash = hash_password(password)


def create_user(session: Session, draft: NewUser, password: str, *, by: Actor, now: datetime) -> User:
    """Let somebody in with a password chosen for them. Raises `Invalid`."""
    user = _add_user(session, draft, now)
    _set_password(user, password, "")
    record(session, by, "user.created", ("user", user.id), now, role=user.role)
    return user


def _open_link(session: Session, purpose: LinkPurpose, user: User | None, now: datetime) -> AccountLink:
    link = AccountLink(
        purpose=purpose,
        user_id=user.id if user else None,
        created_at=now,
        expires_at=now + LINK_LIFE[purpose],
    )
    session.add(link)
    session.flush()
    return link


def invite_user(session: Session, draft: NewUser, *, by: Actor, now: datetime) -> User:
    """Invite somebody: the mail's link lets them choose a password. Raises `Invalid`."""
    user = _add_user(session, draft, now)
    link = _open_link(session, LinkPurpose.INVITE, user, now)
    emit(session, EventKind.ACCOUNT_INVITE, link.id, now)
    record(session, by, "user.invited", ("user", user.id), now, role=user.role)
    return user


def invite_again(session: Session, user_id: uuid.UUID, *, by: Actor, now: datetime) -> User:
    """Send a fresh invitation to somebody who has not taken up the first. Raises `Conflict` when they have."""
    user = user_by_id(session, user_id)
    if user.password_hash:
        raise Conflict(f"{user.name} has signed in already; they can ask for a new password themselves.")
    link = _open_link(session, LinkPurpose.INVITE, user, now)
    emit(session, EventKind.ACCOUNT_INVITE, link.id, now)
    record(session, by, "user.invited", ("user", user.id), now, role=user.role)
    return user


def request_password_reset(session: Session, email: str, *, now: datetime) -> None:
    """Mail a link for a new password when somebody active has this address; say nothing otherwise."""
    user = user_or_none(session, email)
    if user is None or not user.active:
        return
    link = _open_link(session, LinkPurpose.RESET, user, now)
    emit(session, EventKind.ACCOUNT_RESET, link.id, now)


def open_setup(session: Session, *, now: datetime) -> uuid.UUID:
    """Return the id of a fresh one-time set-up link. Raises `Conflict` when the installation is set up."""
    if has_users(session):
        raise Conflict("This installation is set up. Sign in, or have an administrator invite you.")
    return _open_link(session, LinkPurpose.SETUP, None, now).id


def complete_setup(session: Session, link_id: uuid.UUID, draft: NewUser, password: str, *, now: datetime) -> User:
    """Make the first administrator. Raises `NotFound` when the link is used up, `Invalid` for bad input."""
    link = good_link_or_none(session, link_id, now)
    if link is None or link.purpose is not LinkPurpose.SETUP or has_users(session):
        raise NotFound("This set-up link is used up. Run `statuspage init --force` for a new one, or sign in.")
    user = _add_user(session, NewUser(draft.email, draft.name, Role.ADMIN), now)
    _set_password(user, password, "")
    link.used_at = now
    record(
        session,
        Actor(ActorKind.USER, user.name, user.id),
        "user.set_up",
        ("user", user.id),
        now,
        role=user.role,
    )
    return user


def set_password_by_link(session: Session, link_id: uuid.UUID, password: str, *, now: datetime) -> User:
    """Choose a password through an invitation or reset link; every session of that person ends.

    Raises `NotFound` when the link is used up or too old, `Invalid` for a poor password.
    """
    link = good_link_or_none(session, link_id, now)
    if link is None or link.user_id is None:
        raise NotFound("This link is used up or too old. Ask for a new one on the sign-in page.")
    user = user_by_id(session, link.user_id)
    if user.disabled_at:
        raise NotFound("This account is disabled. Ask an administrator.")
    _set_password(user, password, "")
    spent = update(AccountLink).where(AccountLink.user_id == user.id, AccountLink.used_at.is_(None))
    session.execute(spent.values(used_at=now))
    session.execute(delete(UserSession).where(UserSession.user_id == user.id))
    by = Actor(ActorKind.USER, user.name, user.id)
    record(session, by, "user.password_set", ("user", user.id), now, through=link.purpose)
    return user


def _refuse_last_admin(session: Session, user: User) -> None:
    wanted = select(func.count()).where(User.role == Role.ADMIN, User.disabled_at.is_(None), User.id != user.id)
    if user.role is Role.ADMIN and not session.scalar(wanted.where(User.password_hash.is_not(None))):
        raise Conflict(f"{user.name} is the only administrator. Make somebody else one first.")


def change_role(session: Session, user_id: uuid.UUID, role: Role, *, by: Actor, now: datetime) -> User:
    """Give somebody another role. Raises `Conflict` for the last administrator."""
    user = user_by_id(session, user_id)
    if role is not user.role:
        _refuse_last_admin(session, user)
        record(session, by, "user.role_changed", ("user", user.id), now, before=user.role, after=role)
        user.role = role
    return user


def disable_user(session: Session, user_id: uuid.UUID, *, by: Actor, now: datetime) -> User:
    """Shut somebody out at once: every session ends. Raises `Conflict` for the last administrator."""
    user = user_by_id(session, user_id)
    _refuse_last_admin(session, user)
    user.disabled_at = user.disabled_at or now
    session.execute(delete(UserSession).where(UserSession.user_id == user.id))
    record(session, by, "user.disabled", ("user", user.id), now)
    return user


def enable_user(session: Session, user_id: uuid.UUID, *, by: Actor, now: datetime) -> User:
    """Let somebody in again who was disabled."""
    user = user_by_id(session, user_id)
    user.disabled_at = None
    record(session, by, "user.enabled", ("user", user.id), now)
    return user
