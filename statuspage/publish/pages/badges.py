"""`/badge.svg`, `/badge.json` and `/components/<slug>/badge.svg`: a state as a small picture for pages elsewhere.

A badge is read without its colours: it says the state as a word and wears a sign of its own shape. Text is laid out by
measured widths, since a picture cannot ask for the font of the page it stands on; a long name is cut with an ellipsis
and stands whole in the title.
"""

import json
import unicodedata
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from statuspage.core.languages import Speech, marked
from statuspage.domain.components.enums import ComponentStatus
from statuspage.publish.facts.components import ComponentFact
from statuspage.publish.feeds.writing import speakable
from statuspage.publish.pages.banner import banner
from statuspage.publish.records import OPEN_TO_ALL, Page
from statuspage.publish.visit import Visit

SVG = "image/svg+xml"
JSON = "application/json; charset=utf-8"
_LONGEST_NAME = 36
# Wide enough for Verdana at 11 px; `textLength` fits any other font into the same room.
_NARROW, _MIDDLE, _BROAD, _WIDE = 4.0, 6.8, 9.4, 12.0


@dataclass(frozen=True)
class Look:
    """How a state is shown: its short word (a text of the catalogues), the ground (4.5:1 with white text), the
    shields.io colour, and its sign as a path in a square of 12 units."""

    word: str
    ground: str
    colour: str
    sign: str


_CLOCK = "M6 3v3l2 1.4M11 6A5 5 0 1 1 1 6a5 5 0 0 1 10 0"
LOOKS = {
    ComponentStatus.OPERATIONAL: Look(marked("operational"), "#17713f", "brightgreen", "m2 6.5 3 3 5-6.5"),
    ComponentStatus.UNDER_MAINTENANCE: Look(
        marked("maintenance"), "#255a9e", "blue", "M6 3v3l2 1.4M11 6A5 5 0 1 1 1 6a5 5 0 0 1 10 0"
    ),
    ComponentStatus.DEGRADED_PERFORMANCE: Look(marked("degraded"), "#7d5700", "yellow", "M2 6h8"),
    ComponentStatus.PARTIAL_OUTAGE: Look(marked("partial outage"), "#a64500", "orange", "M6 1.5v5.5M6 9.5v1"),
    ComponentStatus.MAJOR_OUTAGE: Look(marked("major outage"), "#b01f2a", "red", "m2 2 8 8m0-8-8 8"),
}


def page_badge(visit: Visit) -> Page:
    """Draw how the page as a whole is doing: the level of its banner."""
    return _drawn(visit, visit.site.name, _level(visit))


def component_badge(visit: Visit, component: ComponentFact) -> Page:
    """Draw how one public component is doing."""
    return _drawn(visit, component.name, component.status)


def endpoint(visit: Visit) -> Page:
    """Return the page's state in the endpoint schema of shields.io, for whoever wants another shape of badge."""
    look = LOOKS[_level(visit)]
    shape = {
        "schemaVersion": 1,
        "label": visit.site.name,
        "message": visit.speech.gettext(look.word),
        "color": look.colour,
    }
    body = json.dumps(shape, ensure_ascii=False).encode()
    return Page(visit.path, JSON, body, visit.reading.published_at, OPEN_TO_ALL)


def _level(visit: Visit) -> ComponentStatus:
    return banner(visit.catalogue, visit.reading.open_incidents, visit.reading.running, visit.speech).level


def _drawn(visit: Visit, name: str, status: ComponentStatus) -> Page:
    return Page(visit.path, SVG, svg(name, status, visit.speech).encode(), visit.reading.published_at, OPEN_TO_ALL)


def svg(name: str, status: ComponentStatus, speech: Speech) -> str:
    """Return a badge: the name on dark ground, sign and word of the state on its own."""
    look, name = LOOKS[status], speakable(name)
    word = speech.gettext(look.word)
    short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}\u2026"
    left, right = _width(short), _width(word)
    edge, whole = left + 14, left + right + 46
    said = f"{name}: {word}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="20" viewBox="0 0 {whole} 20" role="img"'
        f" aria-label={quoteattr(said)}><title>{escape(said)}</title>"
        f'<rect width="{whole}" height="20" rx="4" fill="#33383f"/>'
        f'<path d="M{edge} 0H{whole - 4}a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H{edge}z" fill="{look.ground}"/>'
        f'<path d="{look.sign}" transform="translate({edge + 7} 4)" fill="none" stroke="#fff" stroke-width="1.8"'
        f' stroke-linecap="round" stroke-linejoin="round"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">'
        f'<text x="7" y="14" textLength="{left}">{escape(short)}</text>'
        f'<text x="{edge + 25}" y="14" textLength="{right}">{escape(word)}</text></g></svg>\n'
    )


def _width(text: str) -> int:
    """Return about how many units a text takes."""
    return round(sum(_unit(letter) for letter in text))


def _unit(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return _WIDE
    if letter in " .,:;'!|()[]ijlftrI1-":
        return _NARROW
    return _BROAD if letter in "mwMWQOG@%&\u2026" else _MIDDLE
