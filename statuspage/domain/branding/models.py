"""What the page wears and wore, and the pictures for it."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from statuspage.core.db import Instant, Model, enum_type, new_id
from statuspage.domain.branding.enums import Ground, ImageUse


class BrandImage(Model):
    """A picture as it was written anew, named by its bytes in `code`; `width` and `height` are pixels.

    An icon also has `small`, its form of 32 pixels. `ground` is what a logo can be seen on. A picture that no branding
    names was only looked at; it goes a day later.
    """

    __tablename__ = "brand_images"
    __table_args__ = (
        sa.CheckConstraint("(use = 'icon') = (small IS NOT NULL)", name="icon_has_small"),
        sa.CheckConstraint("content_type IN ('image/png', 'image/webp')", name="content_type"),
        sa.CheckConstraint("width BETWEEN 1 AND 4096 AND height BETWEEN 1 AND 4096", name="size"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(sa.String(24), unique=True)
    use: Mapped[ImageUse] = mapped_column(enum_type(ImageUse))
    content_type: Mapped[str] = mapped_column(sa.String(20))
    width: Mapped[int]
    height: Mapped[int]
    ground: Mapped[Ground] = mapped_column(enum_type(Ground))
    body: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    small: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    created_at: Mapped[datetime] = mapped_column(Instant, index=True)


class Branding(Model):
    """One look of the page. The one with the highest `number` stands; `replaced_at` is when the next one came.

    `accent` is `#rrggbb`, or empty for the house's own.
    """

    __tablename__ = "brandings"
    __table_args__ = (sa.CheckConstraint("number > 0", name="number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[int] = mapped_column(unique=True)
    accent: Mapped[str] = mapped_column(sa.String(7), default="")
    logo_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("brand_images.id", ondelete="RESTRICT"), index=True)
    dark_logo_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("brand_images.id", ondelete="RESTRICT"), index=True
    )
    icon_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("brand_images.id", ondelete="RESTRICT"), index=True)
    footer: Mapped[str] = mapped_column(sa.Text, default="")
    privacy_url: Mapped[str] = mapped_column(sa.String(300), default="")
    imprint_url: Mapped[str] = mapped_column(sa.String(300), default="")
    created_at: Mapped[datetime] = mapped_column(Instant)
    replaced_at: Mapped[datetime | None] = mapped_column(Instant)

    logo: Mapped[BrandImage | None] = relationship(foreign_keys=[logo_id])
    dark_logo: Mapped[BrandImage | None] = relationship(foreign_keys=[dark_logo_id])
    icon: Mapped[BrandImage | None] = relationship(foreign_keys=[icon_id])
    links: Mapped[list["BrandLink"]] = relationship(order_by="BrandLink.position", passive_deletes="all")


class BrandLink(Model):
    """A link at the foot of the page."""

    __tablename__ = "brand_links"
    __table_args__ = (sa.UniqueConstraint("branding_id", "position"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    branding_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("brandings.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(sa.String(40))
    url: Mapped[str] = mapped_column(sa.String(300))
