"""What every HTML page of the house keeps: read `faults_of` as the list of promises."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlsplit

import html5lib
import lxml.html
from lxml import etree

Element = etree._Element
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
ASSET_RELS = {"stylesheet", "icon", "apple-touch-icon", "preload", "modulepreload", "manifest", "mask-icon"}
DATA_SCRIPTS = {"application/json", "application/ld+json"}
# What people wrote or are shown how to write may hold placeholders; a page of ours may not.
_OURS = ".//text()[not(ancestor::script or ancestor::template or ancestor::textarea or ancestor::code)]"
_NOT_OF_PEOPLE = f"{_OURS}[not(ancestor::*[@data-words or contains(@class, 'fault')])]"
_OUTLINE = re.compile(r"<[!/]?[a-z][^\s>/]*|\s[a-z-]+(?==)|&(?!#?\w+;)", re.IGNORECASE)
_known: set[tuple[str, ...]] = set()
LABEL_REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-errormessage")


def parse(html: str) -> tuple[Element, list[str]]:
    """Return the tree of a page, and one sentence per error a parser of HTML 5 meets in it.

    A fast parser makes the tree, right where there is no error; a strict and slow one looks for errors, wherever two
    tags or attributes stand beside each other for the first time, or other elements than before are left open.
    """
    outline = _OUTLINE.findall(html)
    counts = Counter(outline)
    left_open = {one for one in counts if one[0] == "<" and one[1] != "/" and counts[one] != counts[f"</{one[1:]}"]}
    met = {*pairwise(["", *outline, ""]), ("left open", *sorted(left_open))}
    faults = [] if met <= _known else parse_strictly(html)[1]
    if not faults:
        _known.update(met)
    return lxml.html.document_fromstring(html), faults


def parse_strictly(html: str) -> tuple[Element, list[str]]:
    """Return the tree that HTML 5 makes of any text, and one sentence per error in it."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    root = parser.parse(html).getroot()
    lines = html.splitlines()
    faults = []
    for (line, column), code, details in parser.errors:
        near = lines[line - 1][max(0, column - 60) : column + 20] if 0 < line <= len(lines) else ""
        faults.append(f"HTML does not parse: {code} {details} in line {line}, near {near!r}")
    return root, faults


def text_of(element: Element) -> str:
    """Return the text a reader meets in `element`, with white space run together."""
    pieces = element.xpath(".//text()[not(ancestor::script or ancestor::template)]")
    return " ".join("".join(pieces).split())


def faults_of(root: Element, origin: str) -> list[str]:
    """Return one sentence for each promise the page breaks; `origin` is the site's own scheme and host."""
    checks = (_frame, _identities, _labels, _names, _inline_code, lambda page: _foreign_assets(page, origin))
    return [fault for check in checks for fault in check(root)]


def header_faults(headers: dict[str, str]) -> list[str]:
    """Return one sentence for each promise the headers of a page break."""
    policy = headers.get("content-security-policy", "")
    faults = []
    if "default-src" not in policy:
        faults.append("no Content-Security-Policy with default-src: send the static one with every page")
    faults += [
        f"the Content-Security-Policy allows {word}" for word in ("unsafe-inline", "unsafe-eval") if word in policy
    ]
    if headers.get("x-content-type-options") != "nosniff":
        faults.append("no X-Content-Type-Options: nosniff")
    return faults


def _frame(root: Element) -> Iterator[str]:
    if not root.get("lang"):
        yield "<html> has no lang"
    title = root.find("head/title")
    if title is None or not text_of(title):
        yield "the page has no <title>"
    for name in ("h1", "main"):
        count = len(root.findall(f".//{name}"))
        if count != 1:
            yield f"the page has {count} <{name}>, it needs exactly one"
    said = "".join(root.xpath(_NOT_OF_PEOPLE))
    if "{{" in said or "{%" in said:
        yield "template syntax shows in the page"


def _identities(root: Element) -> Iterator[str]:
    counts = Counter(root.xpath("//@id"))
    yield from (f"id {name!r} stands {count} times" for name, count in counts.items() if count > 1)
    for attribute in LABEL_REFERENCES:
        for element in root.xpath(f"//*[@{attribute}]"):
            for name in element.get(attribute).split():
                if name not in counts:
                    yield f"<{element.tag} {attribute}={name!r}> points at no id of the page"
    for href in root.xpath("//a/@href[starts-with(., '#')]"):
        if href[1:] and href[1:] not in counts:
            yield f"the link {href!r} points at no id of the page"


def _labels(root: Element) -> Iterator[str]:
    labelled = set(root.xpath("//label/@for"))
    for control in root.xpath("//input | //select | //textarea"):
        if control.tag == "input" and control.get("type", "text") in UNLABELLED:
            continue
        named = control.get("aria-label") or control.get("aria-labelledby") or control.get("id") in labelled
        if not named and not control.xpath("ancestor::label"):
            yield f"<{control.tag} name={control.get('name')!r}> has no label"


def _names(root: Element) -> Iterator[str]:
    for element in root.xpath("//a[@href] | //button"):
        pictures = " ".join(element.xpath(".//img/@alt | .//svg/title/text()"))
        if not (text_of(element) or element.get("aria-label") or element.get("aria-labelledby") or pictures):
            yield f"<{element.tag}> {dict(element.attrib)} has no name: give it text or an aria-label"
    for image in root.xpath("//img[not(@alt)]"):
        yield f"<img src={image.get('src')!r}> has no alt"


def _inline_code(root: Element) -> Iterator[str]:
    for script in root.xpath("//script[not(@src)]"):
        if script.get("type") not in DATA_SCRIPTS:
            yield "inline <script>: the policy blocks it, make it a module in static/js"
    if root.xpath("//style | //*[@style]"):
        yield "inline style: the policy blocks it, make it a class in static/css"
    handlers = {name for element in root.iter() for name in element.attrib if name.startswith("on")}
    yield from (f"inline handler {name}: bind it in a module by a data- attribute" for name in sorted(handlers))


def _foreign_assets(root: Element, origin: str) -> Iterator[str]:
    addresses = root.xpath("//script/@src | //img/@src | //iframe/@src | //source/@src | //audio/@src | //video/@src")
    addresses += [
        link.get("href", "") for link in root.xpath("//link[@href]") if ASSET_RELS & set(link.get("rel", "").split())
    ]
    for address in addresses:
        parts = urlsplit(address)
        if parts.netloc and f"{parts.scheme}://{parts.netloc}" != origin:
            yield f"{address!r} is fetched from elsewhere: everything comes from this site"
