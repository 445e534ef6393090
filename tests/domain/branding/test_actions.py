"""What the page wears: saved as a whole, undone as a whole, and gone only when no cached page names it any more."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.audit.queries import recent_lines
from statuspage.core.errors import Conflict, Invalid, NotFound
from statuspage.domain.branding.actions import (
    KEPT_EARLIER,
    BrandDraft,
    FooterLink,
    bring_back,
    change_branding,
    draft_of,
    keep_image,
    prepare_image,
)
from statuspage.domain.branding.enums import Ground, ImageUse
from statuspage.domain.branding.models import BrandImage, BrandLink
from statuspage.domain.branding.queries import branding_or_none, brandings, image_or_none, worn_image_or_none
from statuspage.outbox.publications import newest_number, publications_since
from tests.kit import cast
from tests.kit.clock import FrozenClock
from tests.kit.drawing import CLEAR, halves, plate, read, written

BLACK = (0, 0, 0, 255)


def kept(session: Session, clock: FrozenClock, use: ImageUse = ImageUse.LOGO, width: int = 40) -> str:
    prepared = prepare_image(written(plate((width, 20))), use, "logo_file")
    return keep_image(session, prepared, now=clock.now()).code


def change(session: Session, clock: FrozenClock, **wanted: object) -> None:
    change_branding(session, BrandDraft(**wanted), by=cast.SYSTEM, now=clock.now())  # type: ignore[arg-type]  # fields by name


def test_what_was_chosen_stands_and_every_page_follows(session: Session, clock: FrozenClock) -> None:
    draft = BrandDraft(
        accent="FD0",
        logo=kept(session, clock),
        icon=kept(session, clock, ImageUse.ICON),
        footer=" Acme\r\n*GmbH* ",
        imprint_url="https://example.com/imprint",
        links=(
            FooterLink("", ""),
            FooterLink(" Shop ", "https://example.com"),
            FooterLink("Mail", "mailto:a@example.com"),
        ),
        seen=0,
    )
    change_branding(session, draft, by=cast.SYSTEM, now=clock.now())
    stands = draft_of(branding_or_none(session))
    assert (stands.accent, stands.footer) == ("#ffdd00", "Acme\n*GmbH*")
    assert stands.links == (FooterLink("Shop", "https://example.com"), FooterLink("Mail", "mailto:a@example.com"))
    assert (stands.logo, stands.icon) == (draft.logo, draft.icon)
    assert publications_since(session, 0)[-1].touches == ["everything"]
    line = recent_lines(session, limit=1)[0]
    assert (line.action, line.details["number"]) == ("branding.changed", 1)
    assert line.details["changed"] == ["accent", "logo", "icon", "footer", "imprint_url", "links"]


@pytest.mark.parametrize(
    ("wanted", "fields"),
    [
        ({"accent": "reddish"}, ["accent"]),
        ({"footer": "x" * 601}, ["footer"]),
        ({"privacy_url": "/privacy"}, ["privacy_url"]),
        ({"imprint_url": "javascript:alert(1)"}, ["imprint_url"]),
        ({"links": (FooterLink("Shop", ""),)}, ["url_1"]),
        ({"links": (FooterLink("", ""), FooterLink("", "https://example.com"))}, ["label_2"]),
        ({"links": (FooterLink("x" * 41, "https://example.com"),)}, ["label_1"]),
        ({"links": (FooterLink("Shop", "data:text/html,x"),)}, ["url_1"]),
        ({"links": tuple(FooterLink(f"L{n}", "https://example.com") for n in range(7))}, ["label_7"]),
        ({"accent": "x", "privacy_url": "x", "links": (FooterLink("a", "b"),)}, ["accent", "privacy_url", "url_1"]),
        ({"logo": "0" * 24, "icon": "nothing"}, ["icon_file", "logo_file"]),
    ],
)
def test_every_fault_is_named_by_its_field(
    wanted: dict[str, object], fields: list[str], session: Session, clock: FrozenClock
) -> None:
    with pytest.raises(Invalid) as caught:
        change(session, clock, **wanted)
    assert sorted(caught.value.fields) == fields


def test_an_icon_is_no_logo(session: Session, clock: FrozenClock) -> None:
    with pytest.raises(Invalid) as caught:
        change(session, clock, logo=kept(session, clock, ImageUse.ICON))
    assert list(caught.value.fields) == ["logo_file"]


def test_what_somebody_else_saved_meanwhile_is_not_written_over(session: Session, clock: FrozenClock) -> None:
    change(session, clock, accent="#111111", seen=0)
    with pytest.raises(Conflict) as caught:
        change(session, clock, accent="#222222", seen=0)
    assert caught.value.theirs is branding_or_none(session)
    change(session, clock, accent="#222222", seen=1)
    assert draft_of(branding_or_none(session)).accent == "#222222"


def test_saving_what_stands_publishes_nothing(session: Session, clock: FrozenClock) -> None:
    change(session, clock)
    change(session, clock, accent="#111111")
    before = newest_number(session)
    change(session, clock, accent="111")
    assert newest_number(session) == before
    assert [one.number for one in brandings(session)] == [1]


def test_an_earlier_look_comes_back_as_a_new_one(session: Session, clock: FrozenClock) -> None:
    change(session, clock, accent="#111111", logo=kept(session, clock), links=(FooterLink("A", "https://example.com"),))
    first = draft_of(branding_or_none(session))
    change(session, clock)
    bring_back(session, 1, seen=2, by=cast.SYSTEM, now=clock.now())
    assert draft_of(branding_or_none(session)) == first
    assert [one.number for one in brandings(session)] == [3, 2, 1]
    with pytest.raises(NotFound):
        bring_back(session, 9, seen=3, by=cast.SYSTEM, now=clock.now())


def test_what_the_page_wore_goes_when_it_is_old_and_not_among_the_last(session: Session, clock: FrozenClock) -> None:
    logo = kept(session, clock)
    link = FooterLink("A", "https://example.com")
    change(session, clock, accent="#000001", logo=logo, links=(link,))
    for number in range(2, KEPT_EARLIER + 4):
        change(session, clock, accent=f"#00000{number}")
    assert worn_image_or_none(session, logo), "it went minutes after it was shown"
    clock.advance(minutes=60 * 24 * 8)
    change(session, clock, accent="#0000ff")
    assert len(brandings(session)) == KEPT_EARLIER + 1
    touches = publications_since(session, 0)[-1].touches
    assert touches == sorted(
        ["everything", "branding:#000001", "branding:#000002", "branding:#000003", f"branding:{logo}"]
    )
    session.expunge_all()
    assert image_or_none(session, logo) is None
    assert not session.scalars(select(BrandLink)).all()


def test_a_picture_that_was_only_looked_at_is_not_public_and_goes_a_day_later(
    session: Session, clock: FrozenClock
) -> None:
    seen, saved = kept(session, clock, width=41), kept(session, clock, width=42)
    change(session, clock, logo=saved)
    assert image_or_none(session, seen) and worn_image_or_none(session, seen) is None
    clock.advance(minutes=60 * 25)
    change(session, clock, logo=saved, footer="x")
    assert [image.code for image in session.scalars(select(BrandImage))] == [saved]


def test_the_same_file_is_kept_once_and_stays_for_another_day(session: Session, clock: FrozenClock) -> None:
    first = kept(session, clock)
    clock.advance(minutes=60)
    assert kept(session, clock) == first
    image = image_or_none(session, first)
    assert image and clock.now() - image.created_at < timedelta(minutes=1)


def test_an_icon_has_two_sizes_and_a_phone_sees_no_black_behind_it(session: Session, clock: FrozenClock) -> None:
    icon = prepare_image(written(halves((64, 64), left=CLEAR)), ImageUse.ICON, "icon_file")
    assert icon.small
    assert (read(icon.picture.body).size, read(icon.small.body).size) == ((180, 180), (32, 32))
    assert read(icon.picture.body).getpixel((4, 90)) == (255, 255, 255)
    assert read(icon.small.body).getpixel((4, 16))[3] == 0


def test_a_dark_logo_on_nothing_asks_for_a_light_ground() -> None:
    drawn = written(halves(left=CLEAR, right=BLACK))
    assert prepare_image(drawn, ImageUse.LOGO, "logo_file").ground is Ground.LIGHT


def test_a_draft_of_nothing_is_the_house_s_own() -> None:
    assert replace(draft_of(None), seen=1) == BrandDraft(seen=1)
