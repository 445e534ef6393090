"""Colour is measured: text 4.5:1, shapes 3:1, in both schemes (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest

from tests.kit.source import text

INKS = ("ink", "ink-2", "ink-3", "accent", "ok", "degraded", "partial", "major", "maint")
HUES = ("ok", "degraded", "partial", "major", "maint")


def _tokens() -> dict[str, dict[str, str]]:
    light, dark = text("static/css/tokens.css").split("@media screen and (prefers-color-scheme: dark)")
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", half)) for half in (light, dark)]
    return {"light": found[0], "dark": {**found[0], **found[1]}}


TOKENS = _tokens()


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_every_ground(scheme: str) -> None:
    colours = TOKENS[scheme]
    pairs = [(ink, ground) for ink in INKS for ground in ("paper", "card", "sunk")]
    pairs += [(hue, f"{hue}-soft") for hue in HUES]
    pairs += [("on-accent", "accent"), ("ink", "accent-soft"), ("ink-2", "accent-soft"), ("ink", "degraded-soft")]
    faint = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert not {pair: ratio for pair, ratio in faint.items() if ratio < 4.5}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shapes_stand_out(scheme: str) -> None:
    colours = TOKENS[scheme]
    pairs = [(f"bar-{hue}", "card") for hue in HUES] + [("line-2", "card"), ("line-2", "paper")]
    faint = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert not {pair: ratio for pair, ratio in faint.items() if ratio < 3}


def test_every_colour_has_a_twin_in_the_dark() -> None:
    light, dark = text("static/css/tokens.css").split("@media screen and (prefers-color-scheme: dark)")
    names = [set(re.findall(r"--([\w-]+): #", half)) for half in (light, dark)]
    assert names[0] == names[1]
