"""What the page wears, and the files it wore, which pages in some cache may still name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.domain.branding.models import BrandImage, Branding
from statuspage.domain.branding.queries import branding_or_none, brandings, worn_image_or_none
from statuspage.domain.branding.rules import shown_size
from statuspage.publish.brand import PLAIN, PREFIX, Brand, Icon, Link, Logo, image_path, sheet_path, small_path


@dataclass(frozen=True, slots=True)
class BrandFile:
    """The bytes of one picture. `made_at` is when it was chosen."""

    body: bytes
    content_type: str
    made_at: datetime


def brand(session: Session) -> Brand:
    """Return what the page wears."""
    row = branding_or_none(session)
    return brand_of(row) if row else PLAIN


def brand_of(row: Branding) -> Brand:
    """Return one saving as pages wear it."""
    return Brand(
        logo=_logo(row.logo),
        dark_logo=_logo(row.dark_logo),
        icon=Icon(small_path(row.icon.code), image_path(row.icon.code, row.icon.content_type)) if row.icon else None,
        sheet=sheet_path(row.accent),
        links=tuple(Link(link.label, link.url) for link in row.links),
        footer=row.footer,
        privacy_url=row.privacy_url,
        imprint_url=row.imprint_url,
    )


def brand_paths(session: Session) -> list[str]:
    """Return the address of every file that the page wears or wore, in a fixed order."""
    return sorted({path for row in brandings(session) for path in _paths(row)})


def accents(session: Session) -> dict[str, tuple[str, datetime]]:
    """Return what accents the page wears and wore, by the address of the stylesheet, each with when it was chosen."""
    return {sheet_path(row.accent): (row.accent, row.created_at) for row in brandings(session) if row.accent}


def touched_files(name: str) -> list[str]:
    """Return the addresses that the touch `branding:<name>` may mean: a picture's code, or an accent."""
    if name.startswith("#"):
        return [sheet_path(name)]
    return [image_path(name, "image/png"), image_path(name, "image/webp"), small_path(name)]


def brand_image(session: Session, path: str) -> BrandFile | None:
    """Return the picture at an address below `PREFIX`, or None."""
    code = path.removeprefix(PREFIX).partition(".")[0].removesuffix("-32")
    image = worn_image_or_none(session, code)
    if image is None:
        return None
    if path == small_path(code) and image.small is not None:
        return BrandFile(image.small, "image/png", image.created_at)
    if path == image_path(code, image.content_type):
        return BrandFile(image.body, image.content_type, image.created_at)
    return None


def _paths(row: Branding) -> Iterator[str]:
    for image in (row.logo, row.dark_logo, row.icon):
        if image:
            yield image_path(image.code, image.content_type)
    if row.icon:
        yield small_path(row.icon.code)
    if row.accent:
        yield sheet_path(row.accent)


def _logo(image: BrandImage | None) -> Logo | None:
    if image is None:
        return None
    return Logo(image_path(image.code, image.content_type), *shown_size(image.width, image.height), image.ground)
