"""Subscribers, their chosen components and the confirmations they were sent."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from statuspage.core.db import Instant, Model, enum_type, new_id
from statuspage.domain.components.models import Component
from statuspage.domain.incidents.enums import Impact
from statuspage.domain.subscribers.enums import SubscriberState
from statuspage.outbox.enums import Channel


class Subscriber(Model):
    """An address and what it wants to hear. Without chosen components it hears of all."""

    __tablename__ = "subscribers"
    __table_args__ = (
        sa.UniqueConstraint("channel", "endpoint_key"),
        sa.CheckConstraint("(state = 'confirmed') = (confirmed_at IS NOT NULL)", name="confirmed_has_time"),
        sa.Index(None, "state", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    channel: Mapped[Channel] = mapped_column(enum_type(Channel))
    endpoint: Mapped[str] = mapped_column(sa.String(320))
    endpoint_key: Mapped[str] = mapped_column(sa.String(320))
    state: Mapped[SubscriberState] = mapped_column(enum_type(SubscriberState))
    all_components: Mapped[bool] = mapped_column(default=True)
    minimum_impact: Mapped[Impact] = mapped_column(enum_type(Impact), default=Impact.NONE)
    maintenance: Mapped[bool] = mapped_column(default=True)
    locale: Mapped[str] = mapped_column(sa.String(12))
    created_at: Mapped[datetime] = mapped_column(Instant)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)

    chosen: Mapped[list["SubscriberComponent"]] = relationship(
        order_by="SubscriberComponent.id", cascade="all, delete-orphan", passive_deletes=True
    )


class SubscriberComponent(Model):
    """A component a subscriber chose."""

    __tablename__ = "subscriber_components"
    __table_args__ = (sa.UniqueConstraint("subscriber_id", "component_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    subscriber_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("subscribers.id", ondelete="CASCADE"))
    component_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("components.id", ondelete="CASCADE"), index=True)

    component: Mapped[Component] = relationship(lazy="joined", innerjoin=True)


class Confirmation(Model):
    """A mail that asked the owner of an address to agree: its link carries this row's sealed id."""

    __tablename__ = "confirmations"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    subscriber_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("subscribers.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
