"""Keeping pictures, and changing what the page wears."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.errors import Conflict, Invalid
from statuspage.core.pictures import Picture, fitted, read_picture, square, trimmed, visible_colours
from statuspage.core.text import clean_line, clean_link, clean_text
from statuspage.domain.branding.enums import Ground, ImageUse
from statuspage.domain.branding.models import BrandImage, Branding, BrandLink
from statuspage.domain.branding.queries import (
    branding_by_number,
    branding_or_none,
    brandings,
    images_by_code,
    unworn_images,
)
from statuspage.domain.branding.rules import colour_of, ground_for
from statuspage.outbox.actions import line_up, publish

MOST_LINKS = 6
LABEL_LIMIT, FOOTER_LIMIT, URL_LIMIT = 40, 600, 300
LOGO_BOX = (600, 156)  # three device pixels for each on the page
ICON_SIDE, SMALL_ICON_SIDE = 180, 32
KEPT_EARLIER = 5
KEPT_FOR = timedelta(days=7)  # far longer than any cache answers with a page that names what it wore
UNSAVED_FOR = timedelta(days=1)
_WHITE = (255, 255, 255)
_PICTURES = {"logo": ImageUse.LOGO, "dark_logo": ImageUse.LOGO, "icon": ImageUse.ICON}


@dataclass(frozen=True)
class FooterLink:
    """A link at the foot of the page; both empty is no link."""

    label: str
    url: str


@dataclass(frozen=True)
class BrandDraft:
    """How the page is to look. Pictures are codes of kept ones, "" for none; `accent` is a hex colour or "".

    `seen` is the number of the saving that the author saw, 0 for none, None to write over whatever stands.
    """

    accent: str = ""
    logo: str = ""
    dark_logo: str = ""
    icon: str = ""
    footer: str = ""
    privacy_url: str = ""
    imprint_url: str = ""
    links: tuple[FooterLink, ...] = ()
    seen: int | None = None


@dataclass(frozen=True)
class Prepared:
    """A picture somebody sent, written anew for its use; `small` is an icon's second form."""

    use: ImageUse
    picture: Picture
    ground: Ground = Ground.ANY
    small: Picture | None = None

    @property
    def code(self) -> str:
        """The name its bytes give it."""
        return hashlib.sha256(self.use.encode() + self.picture.body).hexdigest()[:24]


def prepare_image(data: bytes, use: ImageUse, field: str) -> Prepared:
    """Write a picture anew for its use: a logo, without margins, fitted to the head of the page; an icon square in two
    sizes.

    The larger icon stands on white, since phones put what is transparent on black. Raises `Invalid` naming `field`.
    """
    image = read_picture(data, field)
    if use is ImageUse.LOGO:
        return Prepared(use, fitted(trimmed(image), LOGO_BOX), ground_for(visible_colours(image)))
    large = square(image, ICON_SIDE, ground=_WHITE, margin=0.08 if visible_colours(image) else 0)
    return Prepared(use, large, small=square(image, SMALL_ICON_SIDE))


def keep_image(session: Session, prepared: Prepared, *, now: datetime) -> BrandImage:
    """Keep a picture until it is saved, at least for `UNSAVED_FOR`; the same bytes are kept once."""
    known = images_by_code(session, [prepared.code]).get(prepared.code)
    if known:
        known.created_at = now
        return known
    picture, small = prepared.picture, prepared.small
    image = BrandImage(
        code=prepared.code,
        use=prepared.use,
        content_type=picture.content_type,
        width=picture.width,
        height=picture.height,
        ground=prepared.ground,
        body=picture.body,
        small=small.body if small else None,
        created_at=now,
    )
    session.add(image)
    session.flush()
    return image


def cleaned(draft: BrandDraft) -> BrandDraft:
    """Return the draft as it would be kept. Raises `Invalid` with a sentence for each faulty field: `accent`, `footer`,
    `privacy_url`, `imprint_url`, `label_<n>` and `url_<n>` of the n-th link."""
    faults: dict[str, str] = {}

    def clean(name: str, how: Callable[[str], str]) -> str:
        try:
            return how(getattr(draft, name))
        except Invalid as fault:
            faults.update(fault.fields)
            return ""

    wanted = replace(
        draft,
        accent=clean("accent", colour_of),
        footer=clean("footer", lambda text: clean_text(text, "footer", limit=FOOTER_LIMIT, required=False)),
        privacy_url=clean("privacy_url", lambda url: clean_link(url, "privacy_url", limit=URL_LIMIT)),
        imprint_url=clean("imprint_url", lambda url: clean_link(url, "imprint_url", limit=URL_LIMIT)),
        links=_cleaned_links(draft.links, faults),
    )
    if faults:
        raise Invalid(faults)
    return wanted


def change_branding(session: Session, draft: BrandDraft, *, by: Actor, now: datetime) -> Branding | None:
    """Change what the page wears; every page follows. What stands is returned when nothing differs from it.

    Raises `Invalid`, or `Conflict` when somebody changed it meanwhile.
    """
    line_up(session)
    stands = branding_or_none(session)
    if draft.seen is not None and draft.seen != (stands.number if stands else 0):
        raise Conflict("Somebody changed this meanwhile. Compare, then save again.", theirs=stands, yours=draft)
    wanted = cleaned(draft)
    if replace(wanted, seen=None) == draft_of(stands):
        return stands
    made = _dressed(session, wanted, (stands.number if stands else 0) + 1, now)
    gone = _let_go(session, stands, now)
    before = draft_of(stands)
    changed = [name for name in BrandDraft.__dataclass_fields__ if getattr(before, name) != getattr(wanted, name)]
    told = {"number": made.number, "changed": [name for name in changed if name != "seen"], "accent": made.accent}
    record(session, by, "branding.changed", ("branding", made.id), now, **told)
    publish(session, ["everything", *gone], now)
    return made


def bring_back(session: Session, number: int, *, seen: int, by: Actor, now: datetime) -> Branding | None:
    """Let the page look as it did under an earlier number. Raises `NotFound`, or `Conflict` as `change_branding`."""
    earlier = draft_of(branding_by_number(session, number))
    return change_branding(session, replace(earlier, seen=seen), by=by, now=now)


def draft_of(branding: Branding | None) -> BrandDraft:
    """Return a saving as the draft that would lead to it."""
    if branding is None:
        return BrandDraft()
    return BrandDraft(
        accent=branding.accent,
        logo=branding.logo.code if branding.logo else "",
        dark_logo=branding.dark_logo.code if branding.dark_logo else "",
        icon=branding.icon.code if branding.icon else "",
        footer=branding.footer,
        privacy_url=branding.privacy_url,
        imprint_url=branding.imprint_url,
        links=tuple(FooterLink(link.label, link.url) for link in branding.links),
    )


def _cleaned_links(links: Iterable[FooterLink], faults: dict[str, str]) -> tuple[FooterLink, ...]:
    kept = []
    for number, link in enumerate(links, 1):
        label, url = f"label_{number}", f"url_{number}"
        try:
            clean = FooterLink(
                clean_line(link.label, label, limit=LABEL_LIMIT, required=False),
                clean_link(link.url, url, mail=True, limit=URL_LIMIT),
            )
        except Invalid as fault:
            faults |= fault.fields
            continue
        if clean.label and clean.url:
            kept.append(clean)
        elif clean.label or clean.url:
            faults[url if clean.label else label] = "A link needs its words and its address."
    if len(kept) > MOST_LINKS:
        faults[f"label_{MOST_LINKS + 1}"] = f"Keep it to {MOST_LINKS} links."
    return tuple(kept)


def _dressed(session: Session, wanted: BrandDraft, number: int, now: datetime) -> Branding:
    chosen = {name: getattr(wanted, name) for name in _PICTURES}
    known = images_by_code(session, filter(None, chosen.values()))
    faults = {
        f"{name}_file": "This picture is kept no longer. Choose the file again."
        for name, code in chosen.items()
        if code and (code not in known or known[code].use is not _PICTURES[name])
    }
    if faults:
        raise Invalid(faults)
    made = Branding(
        number=number,
        accent=wanted.accent,
        logo=known.get(wanted.logo),
        dark_logo=known.get(wanted.dark_logo),
        icon=known.get(wanted.icon),
        footer=wanted.footer,
        privacy_url=wanted.privacy_url,
        imprint_url=wanted.imprint_url,
        links=[BrandLink(position=at, label=one.label, url=one.url) for at, one in enumerate(wanted.links)],
        created_at=now,
    )
    session.add(made)
    session.flush()
    return made


def _let_go(session: Session, stands: Branding | None, now: datetime) -> list[str]:
    """Forget what the page wore long ago and what was never saved; return the touches of what leaves the site."""
    if stands is None:
        return []
    stands.replaced_at = now
    session.flush()
    earlier = brandings(session)[1:]
    old = [one for one in earlier[KEPT_EARLIER:] if one.replaced_at and one.replaced_at < now - KEPT_FOR]
    touches = [f"branding:{one.accent}" for one in old if one.accent]
    for one in old:
        session.delete(one)
    session.flush()
    for image in unworn_images(session, now - UNSAVED_FOR):
        touches.append(f"branding:{image.code}")
        session.delete(image)
    return touches
