"""Reading what the page wears and wore."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload, undefer

from statuspage.core.errors import NotFound
from statuspage.domain.branding.models import BrandImage, Branding

_WHOLE = (
    joinedload(Branding.logo),
    joinedload(Branding.dark_logo),
    joinedload(Branding.icon),
    selectinload(Branding.links),
)


def branding_or_none(session: Session) -> Branding | None:
    """Return what the page wears, with pictures (not their bytes) and links; None before anybody chose something."""
    newest = select(Branding).order_by(Branding.number.desc()).limit(1).options(*_WHOLE)
    return session.scalars(newest).one_or_none()


def branding_by_number(session: Session, number: int) -> Branding:
    """Return one saving. Raises `NotFound`."""
    found = session.scalars(select(Branding).where(Branding.number == number).options(*_WHOLE)).one_or_none()
    if found is None:
        raise NotFound("This look is kept no longer. Choose another, or make it anew.")
    return found


def brandings(session: Session) -> Sequence[Branding]:
    """Return every saving that is kept, the newest first."""
    return session.scalars(select(Branding).order_by(Branding.number.desc()).options(*_WHOLE)).all()


def image_or_none(session: Session, code: str) -> BrandImage | None:
    """Return a kept picture with its bytes, or None."""
    whole = (undefer(BrandImage.body), undefer(BrandImage.small))
    return session.scalars(select(BrandImage).where(BrandImage.code == code).options(*whole)).one_or_none()


def images_by_code(session: Session, codes: Iterable[str]) -> dict[str, BrandImage]:
    """Return kept pictures by code, without their bytes; what is unknown is left out."""
    found = session.scalars(select(BrandImage).where(BrandImage.code.in_(list(codes))))
    return {image.code: image for image in found}


def worn_image_or_none(session: Session, code: str) -> BrandImage | None:
    """Return a picture that the page wears or wore, with its bytes, or None: what was only looked at is not public."""
    image = image_or_none(session, code)
    if image is None:
        return None
    worn = (Branding.logo_id == image.id) | (Branding.dark_logo_id == image.id) | (Branding.icon_id == image.id)
    return image if session.scalar(select(Branding.id).where(worn).limit(1)) else None


def unworn_images(session: Session, before: datetime) -> Sequence[BrandImage]:
    """Return the pictures made before `before` (UTC) that no kept saving names."""
    worn = [
        select(column).where(column.is_not(None))
        for column in (Branding.logo_id, Branding.dark_logo_id, Branding.icon_id)
    ]
    unworn = select(BrandImage).where(BrandImage.created_at < before)
    return session.scalars(unworn.where(*(BrandImage.id.not_in(ids) for ids in worn))).all()
