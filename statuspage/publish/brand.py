"""What the page wears, as templates read it, and the stylesheet an accent becomes.

Pictures and stylesheets are named by what is in them and never change under their address, so they may be kept for a
year; a strict policy forbids inline styles, therefore an accent is a small file of its own, after the page's.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

from statuspage.domain.branding.enums import Scheme
from statuspage.domain.branding.rules import shades

PREFIX = "/branding/"
_DECLARED = re.compile(r"--[\w-]+: [^;]+;")
_SHEET = """\
@layer tokens {{
  :root {{ {light} }}
  @media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}
}}
"""


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo at `path`, `width` x `height` CSS pixels large; `ground` (any, light, dark) is what it can be seen on."""

    path: str
    width: int
    height: int
    ground: str


@dataclass(frozen=True, slots=True)
class Icon:
    """The icon of tabs (`small`, 32 pixels) and of home screens, shared links and search results (`large`, 180)."""

    small: str
    large: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link at the foot of the page."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Brand:
    """What the owner chose; what is missing is the house's own. `sheet` is the address of the accent's stylesheet,
    `footer` Markdown."""

    logo: Logo | None = None
    dark_logo: Logo | None = None
    icon: Icon | None = None
    sheet: str = ""
    links: tuple[Link, ...] = ()
    footer: str = ""
    privacy_url: str = ""
    imprint_url: str = ""


PLAIN = Brand()


@lru_cache(maxsize=32)
def accent_sheet(accent: str) -> str:
    """Return the stylesheet of an accent (`#rrggbb`) for both schemes."""
    return _SHEET.format(light=shade_rules(accent, Scheme.LIGHT), dark=shade_rules(accent, Scheme.DARK))


def shade_rules(accent: str, scheme: Scheme) -> str:
    """Return the declarations of an accent in one scheme.

    Advice has the house's accent for its hue; under a chosen one it is plain, for that may look like a state's.
    """
    made = shades(accent, scheme)
    return (
        f"--accent: {made.accent}; --accent-hover: {made.hover}; --accent-soft: {made.soft};"
        f" --on-accent: {made.on_accent}; --advice: var(--ink-2); --advice-soft: var(--sunk);"
    )


def sheet_path(accent: str) -> str:
    """Return where the stylesheet of an accent is served; "" for the house's own accent."""
    if not accent:
        return ""
    return f"{PREFIX}accent.{hashlib.sha256(accent_sheet(accent).encode()).hexdigest()[:12]}.css"


def image_path(code: str, content_type: str) -> str:
    """Return where a picture is served."""
    return f"{PREFIX}{code}.{content_type.removeprefix('image/')}"


def small_path(code: str) -> str:
    """Return where the small form of an icon is served."""
    return f"{PREFIX}{code}-32.png"


def scheme_sheet(tokens: str, accent: str, scheme: Scheme, selector: str) -> str:
    """Return a stylesheet that shows what `selector` finds in one scheme whatever the reader's system prefers, under an
    accent ("" for the house's own). `tokens` is the text of `css/tokens.css`."""
    halves = dict(zip(Scheme, tokens.split("@media screen and (prefers-color-scheme: dark)", 1), strict=True))
    declared = " ".join(_DECLARED.findall(halves[scheme].partition(".is-")[0]))
    worn = shade_rules(accent, scheme) if accent else ""
    return f"@layer tokens {{ {selector} {{ color-scheme: {scheme}; {declared} {worn} }} }}\n"
