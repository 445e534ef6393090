"""Any colour becomes an accent that can be read (WCAG 2.2: 4.5:1 for text, 3:1 for shapes), in both schemes."""

import itertools
import re

import pytest

from statuspage.core.errors import Invalid
from statuspage.domain.branding.enums import Ground, Scheme
from statuspage.domain.branding.rules import (
    CARD,
    GROUNDS,
    INKS,
    PAPER,
    SHAPE,
    STATES,
    TEXT,
    colour_of,
    contrast,
    ground_for,
    resembles,
    shades,
    shown_size,
)
from tests.kit.source import text

EVERY_51ST = [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in itertools.product(range(0, 256, 51), repeat=3)]


@pytest.mark.parametrize(
    ("typed", "colour"),
    [
        ("", ""),
        ("  ", ""),
        ("#2450c8", "#2450c8"),
        ("2450C8", "#2450c8"),
        ("#FC0", "#ffcc00"),
        (" #fc0 ", "#ffcc00"),
    ],
)
def test_a_colour_is_written_as_people_write_it(typed: str, colour: str) -> None:
    assert colour_of(typed) == colour


@pytest.mark.parametrize(
    "typed", ["red", "#12", "#12345", "#1234567", "rgb(1,2,3)", "#xyzxyz", "#fff;}", "\u0661\u0662\u0663"]
)
def test_what_is_no_colour_is_refused_by_field(typed: str) -> None:
    with pytest.raises(Invalid) as caught:
        colour_of(typed)
    assert list(caught.value.fields) == ["accent"]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_the_standard(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("blue", ["00", "33", "66", "99", "cc", "ff"])
def test_every_colour_can_be_read_on_every_ground(blue: str, scheme: Scheme) -> None:
    for colour in (colour for colour in EVERY_51ST if colour.endswith(blue)):
        made = shades(colour, scheme)
        assert all(contrast(made.accent, ground) >= TEXT for ground in (*GROUNDS[scheme], made.soft)), colour
        assert all(contrast(made.hover, ground) >= SHAPE for ground in GROUNDS[scheme]), colour
        assert all(contrast(made.on_accent, under) >= TEXT for under in (made.accent, made.hover)), colour
        assert all(contrast(ink, made.soft) >= TEXT for ink in INKS[scheme]), colour


@pytest.mark.parametrize(
    ("colour", "light", "dark"),
    [
        ("#0a1f5c", "#0a1f5c", "#7090d7"),
        ("#ffd500", "#7e6800", "#ffd500"),
        ("#39ff14", "#137b00", "#39ff14"),
        ("#000000", "#000000", "#929292"),
        ("#ffffff", "#6a6a6a", "#ffffff"),
    ],
)
def test_a_colour_is_left_alone_where_it_can_be_read_and_keeps_its_hue_elsewhere(
    colour: str, light: str, dark: str
) -> None:
    assert (shades(colour, Scheme.LIGHT).accent, shades(colour, Scheme.DARK).accent) == (light, dark)


@pytest.mark.parametrize(
    ("colour", "state"),
    [
        ("#2450c8", None),
        ("#6f42c1", None),
        ("#000000", None),
        ("#ffffff", None),
        ("#e6007e", None),
        ("#ff0000", "down"),
        ("#b01f2a", "down"),
        ("#ffd500", "degraded"),
        ("#ff6600", "partly down"),
        ("#39ff14", "fine"),
    ],
)
def test_an_accent_that_looks_like_a_state_is_known(colour: str, state: str | None) -> None:
    assert resembles(colour) == state


BLACK, WHITE, GREY = (0, 0, 0), (255, 255, 255), (128, 128, 128)


@pytest.mark.parametrize(
    ("colours", "ground"),
    [
        ([], Ground.ANY),
        ([BLACK], Ground.LIGHT),
        ([WHITE], Ground.DARK),
        ([GREY], Ground.ANY),
        ([BLACK, BLACK, WHITE], Ground.LIGHT),
        ([BLACK, WHITE], Ground.ANY),
        ([WHITE, WHITE, BLACK], Ground.DARK),
        ([(230, 40, 40)], Ground.ANY),
    ],
)
def test_a_logo_stands_on_what_it_can_be_seen_on(colours: list[tuple[int, int, int]], ground: Ground) -> None:
    assert ground_for(colours) is ground


@pytest.mark.parametrize(
    ("pixels", "shown"),
    [
        ((600, 150), (139, 35)),
        ((600, 90), (179, 27)),
        ((600, 36), (200, 12)),
        ((300, 156), (96, 50)),
        ((156, 156), (52, 52)),
        ((78, 156), (26, 52)),
        ((1, 156), (1, 52)),
        ((600, 1), (200, 1)),
    ],
)
def test_wide_and_tall_logos_fit_the_head(pixels: tuple[int, int], shown: tuple[int, int]) -> None:
    assert shown_size(*pixels) == shown


def test_the_grounds_are_those_of_the_stylesheet() -> None:
    halves = text("static/css/tokens.css").split("@media screen and (prefers-color-scheme: dark)")
    for scheme, half in zip((Scheme.LIGHT, Scheme.DARK), halves, strict=True):
        tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", half))
        grounds = [tokens[name] for name in ("paper", "card", "sunk")]
        softs = [tokens[f"{hue}-soft"] for hue in ("ok", "degraded", "partial", "major", "maint")]
        assert GROUNDS[scheme] == (*grounds, *softs)
        assert (PAPER[scheme], CARD[scheme]) == (tokens["paper"], tokens["card"])
        assert INKS[scheme] == (tokens["ink"], tokens["ink-2"])
        assert list(STATES[scheme].values()) == [tokens[hue] for hue in ("ok", "degraded", "partial", "major")]
