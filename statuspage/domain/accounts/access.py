"""Coming in: signing in and out, API tokens, remembered answers, rate buckets."""

import json
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor, ActorKind
from statuspage.core.errors import Invalid, NotFound, TooMany
from statuspage.core.ids import random_token
from statuspage.core.passwords import hash_password, needs_rehash, password_matches
from statuspage.core.secrets import hash_token
from statuspage.core.text import clean_line
from statuspage.domain.accounts.enums import Scope
from statuspage.domain.accounts.models import ApiToken, Bucket, RememberedAnswer, UserSession
from statuspage.domain.accounts.queries import user_or_none
from statuspage.domain.accounts.rules import PASSWORD_LENGTH, SESSION_LIFE, SESSION_TOUCH, Allowance

TOKEN_PREFIX = "sp_live_"  # noqa: S105  # the visible part of every API token
ANSWER_LIFE = timedelta(hours=24)


@dataclass(frozen=True)
class SignedIn:
    """A fresh session: `token` goes into the cookie and nowhere else."""

    session: UserSession
    token: str


def sign_in(session: Session, email: str, password: str, *, agent: str, now: datetime) -> SignedIn | None:
    """Return a fresh session, or None whatever the reason: unknown address, wrong password, disabled."""
    user = user_or_none(session, email)
    usable = user if user and user.active else None
    fits = password_matches(usable.password_hash if usable else None, password[: PASSWORD_LENGTH.stop])
    if usable is None or usable.password_hash is None or not fits:
        if user:
            record(session, Actor(ActorKind.SYSTEM, "sign-in"), "user.sign_in_failed", ("user", user.id), now)
        return None
    if needs_rehash(usable.password_hash):
        usable.password_hash = hash_password(password)
    token = random_token()
    opened = UserSession(token_hash=hash_token(token), user=usable, created_at=now, seen_at=now, agent=agent[:200])
    session.add(opened)
    session.execute(delete(UserSession).where(UserSession.created_at < now - SESSION_LIFE))
    record(session, Actor(ActorKind.USER, usable.name, usable.id), "user.signed_in", ("user", usable.id), now)
    return SignedIn(opened, token)


def touch_session(found: UserSession, now: datetime) -> bool:
    """Note that a session was seen, at most once in five minutes; tell whether that changed the row."""
    if now - found.seen_at < SESSION_TOUCH:
        return False
    found.seen_at = now
    return True


def end_session(session: Session, session_id: uuid.UUID, user_id: uuid.UUID, *, now: datetime) -> None:
    """End one session of a person; ending one that is gone changes nothing."""
    session.execute(delete(UserSession).where(UserSession.id == session_id, UserSession.user_id == user_id))
    record(session, Actor(ActorKind.USER, "self", user_id), "user.signed_out", ("user", user_id), now)


def end_every_session(session: Session) -> None:
    """Have everybody sign in anew: after a restore, sessions that were ended since the backup are back."""
    session.execute(delete(UserSession))


def create_token(
    session: Session, name: str, scope: Scope, expires_at: datetime | None, *, by: Actor, now: datetime
) -> tuple[ApiToken, str]:
    """Make an API token; returns its row and its text, which is stored nowhere. Raises `Invalid`."""
    if expires_at is not None and expires_at <= now:
        raise Invalid({"expires": "The end must lie in the future."})
    text = random_token(TOKEN_PREFIX)
    token = ApiToken(
        name=clean_line(name, "name", limit=120),
        token_hash=hash_token(text),
        scope=scope,
        created_at=now,
        expires_at=expires_at,
    )
    session.add(token)
    session.flush()
    record(session, by, "token.created", ("token", token.id), now, scope=scope)
    return token, text


def revoke_token(session: Session, token_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Make an API token worthless. Raises `NotFound`."""
    token = session.get(ApiToken, token_id)
    if token is None:
        raise NotFound("There is no such token. Go back to the list.")
    token.revoked_at = token.revoked_at or now
    record(session, by, "token.revoked", ("token", token.id), now)


@dataclass(frozen=True)
class Answer:
    """What a POST was answered; `request_hash` is a digest of what was asked."""

    request_hash: str
    status: int
    location: str | None
    body: str


def remember_answer(session: Session, token_id: uuid.UUID, key: str, answer: Answer, *, now: datetime) -> None:
    """Keep what a token's POST with the idempotency key `key` was answered, and forget answers older than a day.

    Fails on the unique key when another transaction answered the same key meanwhile.
    """
    forget_answers(session, now)
    kept = RememberedAnswer(
        token_id=token_id,
        key=key,
        request_hash=answer.request_hash,
        status=answer.status,
        location=answer.location,
        body=answer.body,
        created_at=now,
    )
    session.add(kept)
    session.flush()


def forget_answers(session: Session, now: datetime) -> None:
    """Forget answers older than a day."""
    session.execute(delete(RememberedAnswer).where(RememberedAnswer.created_at < now - ANSWER_LIFE))


def reword_answers(session: Session, about: Collection[uuid.UUID], changes: Iterable[tuple[str, str, str]]) -> None:
    """Change what remembered answers about these objects say, so that a repeated POST does not bring old words back.

    Each change is a field, its text and its new text; an answer says it word for word as compact JSON.
    """
    named = or_(*(RememberedAnswer.body.contains(str(one)) for one in about))
    for name, old, new in changes:
        before, after = (f'"{name}":{json.dumps(text, ensure_ascii=False)}' for text in (old, new))
        holding = update(RememberedAnswer).where(named, RememberedAnswer.body.contains(before, autoescape=True))
        session.execute(
            holding.values(body=func.replace(RememberedAnswer.body, before, after)).execution_options(
                synchronize_session=False
            )
        )


def draw(session: Session, key: str, allowance: Allowance, now: datetime) -> int:
    """Draw once from the bucket `key`: 0 when allowed, else the seconds to wait (nothing is drawn then)."""
    bucket = session.get(Bucket, key, with_for_update=True)
    if bucket is None:
        try:
            with session.begin_nested():
                session.add(Bucket(key=key, level=allowance.capacity - 1.0, at=now))
            return 0
        except IntegrityError:  # somebody else made it at the same moment
            bucket = session.get_one(Bucket, key, with_for_update=True)
    level = allowance.refilled(bucket.level, bucket.at, now)
    wait = allowance.seconds_until_one(level)
    if wait == 0:
        bucket.level, bucket.at = level - 1.0, now
    return wait


def draw_or_refuse(session: Session, key: str, allowance: Allowance, now: datetime) -> None:
    """Draw once from the bucket `key`. Raises `TooMany` when it is empty."""
    wait = draw(session, key, allowance, now)
    if wait:
        raise TooMany(f"That was too often. Try again in {_spoken(wait)}.", wait)


def forget_idle_buckets(session: Session, now: datetime) -> None:
    """Delete buckets nobody drew from for a day: no trace of a client is kept longer."""
    session.execute(delete(Bucket).where(Bucket.at < now - timedelta(days=1)))


def _spoken(seconds: int) -> str:
    return f"{seconds} seconds" if seconds < 120 else f"{(seconds + 59) // 60} minutes"
