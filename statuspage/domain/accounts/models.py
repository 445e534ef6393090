"""People, sessions, one-time links, API tokens, remembered answers and rate buckets."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from statuspage.core.db import Instant, Model, enum_type, new_id
from statuspage.domain.accounts.enums import LinkPurpose, Role, Scope


class User(Model):
    """A member of the team. Without `password_hash` the invitation has not been taken up."""

    __tablename__ = "users"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(sa.String(320))
    email_key: Mapped[str] = mapped_column(sa.String(320), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    role: Mapped[Role] = mapped_column(enum_type(Role))
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    created_at: Mapped[datetime] = mapped_column(Instant)
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def active(self) -> bool:
        """Whether this person may sign in."""
        return self.disabled_at is None and self.password_hash is not None


class AccountLink(Model):
    """A one-time link: the address carries its sealed id, this row says whether it is still good."""

    __tablename__ = "account_links"
    __table_args__ = (sa.CheckConstraint("(user_id IS NULL) = (purpose = 'setup')", name="setup_has_no_user"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    purpose: Mapped[LinkPurpose] = mapped_column(enum_type(LinkPurpose))
    user_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class UserSession(Model):
    """A signed-in browser. The cookie holds the token, the row its hash; deleting the row ends the session."""

    __tablename__ = "user_sessions"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    agent: Mapped[str] = mapped_column(sa.String(200))

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class ApiToken(Model):
    """A program's key to the management API: shown once, stored as its hash."""

    __tablename__ = "api_tokens"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(sa.String(120))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    scope: Mapped[Scope] = mapped_column(enum_type(Scope))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class RememberedAnswer(Model):
    """What a POST with this `Idempotency-Key` was answered, so that a repeat gets the same."""

    __tablename__ = "remembered_answers"
    __table_args__ = (sa.UniqueConstraint("token_id", "key"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    token_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("api_tokens.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(sa.String(255))
    request_hash: Mapped[str] = mapped_column(sa.String(64))
    status: Mapped[int]
    location: Mapped[str | None] = mapped_column(sa.String(300))
    body: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime] = mapped_column(Instant, index=True)


class Bucket(Model):
    """How much of an allowance is left. The key is a keyed digest: no address is stored."""

    __tablename__ = "buckets"

    key: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    level: Mapped[float]
    at: Mapped[datetime] = mapped_column(Instant, index=True)
