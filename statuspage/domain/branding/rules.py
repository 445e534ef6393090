"""From any colour to an accent that can be read: pure arithmetic on `#rrggbb`.

Contrast and luminance are those of WCAG 2.2 (1.4.3 asks 4.5:1 for text, 1.4.11 asks 3:1 for shapes). Lightness is moved
in OKLCH (B. Ottosson, "A perceptual color space for image processing", 2020), where hue and strength stay what they
were while a colour gets darker or lighter.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from statuspage.core.errors import Invalid
from statuspage.domain.branding.enums import Ground, Scheme

TEXT, SHAPE = 4.5, 3.0
# What accent and ink stand on and in, as in static/css/tokens.css; a test compares the two.
PAPER = {Scheme.LIGHT: "#fafaf8", Scheme.DARK: "#111316"}
CARD = {Scheme.LIGHT: "#ffffff", Scheme.DARK: "#191c20"}
INKS = {Scheme.LIGHT: ("#15181c", "#4a5058"), Scheme.DARK: ("#eceef0", "#b6bcc4")}
GROUNDS = {
    Scheme.LIGHT: ("#fafaf8", "#ffffff", "#f3f3ef", "#e4f3ea", "#fbf0d0", "#fde9d9", "#fce5e5", "#e3edfa"),
    Scheme.DARK: ("#111316", "#191c20", "#16181c", "#15301f", "#322910", "#38220f", "#3c181b", "#16273e"),
}
STATES = {
    Scheme.LIGHT: {"fine": "#17713f", "degraded": "#7d5700", "partly down": "#a64500", "down": "#b01f2a"},
    Scheme.DARK: {"fine": "#70d29c", "degraded": "#e9c45f", "partly down": "#f5a66b", "down": "#ff8f93"},
}
ON_ACCENT = ("#ffffff", "#0e1320")
_SOFT = {Scheme.LIGHT: 0.08, Scheme.DARK: 0.14}
_HOVER = 0.12
_STEP = 0.005
_ALIKE = 0.09  # in OKLab: nearer than this, two colours side by side pass for one family
_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
LOGO_AREA, LOGO_HEIGHTS, LOGO_WIDTH = 4800, (24, 52), 200  # CSS pixels

Parts = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Shades:
    """What an accent is in one scheme: itself (links, focus, buttons, the mark), under the pointer, as a pale ground,
    and the colour of words upon it."""

    accent: str
    hover: str
    soft: str
    on_accent: str


def colour_of(text: str, field: str = "accent") -> str:
    """Return a colour as `#rrggbb`, or "" for none. Raises `Invalid` naming `field` for what is no colour."""
    typed = text.strip()
    if not typed:
        return ""
    found = _HEX.fullmatch(typed)
    if not found:
        raise Invalid({field: "Write a colour as six digits, as in #2450c8, or leave it empty."})
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=64)
def shades(colour: str, scheme: Scheme) -> Shades:
    """Return what `colour` becomes in a scheme: itself where it can be read as text (4.5:1) on every ground, else the
    nearest darker (light scheme) or lighter one (dark scheme) of the same hue that can."""
    lightness, strength, hue = _oklch(colour)
    step = -_STEP if scheme is Scheme.LIGHT else _STEP
    accent = colour
    while not _legible(accent, GROUNDS[scheme]):
        lightness = min(1.0, max(0.0, lightness + step))
        accent = _within_srgb(lightness, strength, hue)
    on_accent = max(ON_ACCENT, key=lambda words: contrast(words, accent))
    return Shades(accent, _mixed(accent, INKS[scheme][0], _HOVER), _soft(accent, scheme), on_accent)


def resembles(colour: str) -> str | None:
    """Return which state a reader might take this accent for ("down"), or None."""
    for scheme, states in STATES.items():
        here = _oklab(shades(colour, scheme).accent)
        nearest = min(states, key=lambda state: math.dist(here, _oklab(states[state])))
        if math.dist(here, _oklab(states[nearest])) < _ALIKE:
            return nearest
    return None


def ground_for(colours: Sequence[tuple[int, int, int]]) -> Ground:
    """Return what a picture of these colours needs to stand on. It is seen where half of it holds 3:1; without any
    colours (nothing of it is transparent) it brings its own ground."""
    if not colours:
        return Ground.ANY
    seen = {scheme: _share_seen(colours, PAPER[scheme]) for scheme in Scheme}
    if min(seen.values()) >= 0.5 or seen[Scheme.LIGHT] == seen[Scheme.DARK]:
        return Ground.ANY
    return Ground.LIGHT if seen[Scheme.LIGHT] > seen[Scheme.DARK] else Ground.DARK


def shown_size(width: int, height: int) -> tuple[int, int]:
    """Return how large a logo of so many pixels stands on the page, in CSS pixels: all cover about the same area, so
    that wide ones are lower than square ones, and none is wider than a phone has room for."""
    lowest, highest = LOGO_HEIGHTS
    wanted = min(highest, max(lowest, math.sqrt(LOGO_AREA * height / width)))
    scale = min(wanted / height, LOGO_WIDTH / width)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _share_seen(colours: Sequence[tuple[int, int, int]], ground: str) -> float:
    seen = sum(contrast(_hex([part / 255 for part in colour]), ground) >= SHAPE for colour in colours)
    return seen / len(colours)


def _soft(accent: str, scheme: Scheme) -> str:
    share = _SOFT[scheme]
    while True:
        soft = _mixed(CARD[scheme], accent, share)
        if all(contrast(ink, soft) >= TEXT for ink in (accent, *INKS[scheme])):
            return soft
        share = max(0.0, share - 0.01)  # without any of the accent it is the card, where all of them can be read


def _legible(colour: str, grounds: Sequence[str]) -> bool:
    return all(contrast(colour, ground) >= TEXT for ground in grounds)


def _channels(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def _hex(channels: Sequence[float]) -> str:
    return "#" + "".join(f"{round(min(1.0, max(0.0, part)) * 255):02x}" for part in channels)


def _mixed(one: str, other: str, share: float) -> str:
    pairs = zip(_channels(one), _channels(other), strict=True)
    return _hex([a * (1 - share) + b * share for a, b in pairs])


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _encoded(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)


@lru_cache(maxsize=4096)
def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part) for part in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklab(colour: str) -> Parts:
    red, green, blue = (_linear(part) for part in _channels(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _oklch(colour: str) -> Parts:
    lightness, a, b = _oklab(colour)
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _within_srgb(lightness: float, strength: float, hue: float) -> str:
    """Return the strongest colour of this lightness and hue, up to `strength`, that a screen can show."""
    low, high = 0.0, strength
    if not _fits(_srgb(lightness, high, hue)):
        for _ in range(12):
            middle = (low + high) / 2
            low, high = (middle, high) if _fits(_srgb(lightness, middle, hue)) else (low, middle)
        high = low
    return _hex(_srgb(lightness, high, hue))


def _fits(channels: Parts) -> bool:
    return all(-0.0005 <= part <= 1.0005 for part in channels)


def _srgb(lightness: float, strength: float, hue: float) -> Parts:
    a, b = strength * math.cos(hue), strength * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _encoded(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _encoded(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _encoded(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )
