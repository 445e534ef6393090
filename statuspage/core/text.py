"""Text from people: limits, normal form, no control characters; Markdown to safe HTML and to plain text."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from statuspage.core.errors import Invalid
from statuspage.core.languages import marked
from statuspage.core.sentences import Sentence, sentence

MARKDOWN_LIMIT = 20_000
LINE_LIMIT = 200

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").enable("strikethrough")
_TAGS = {
    *("p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_HEADING = re.compile(r"<(/?)h([1-6])>")
_NO_CHARACTERS = (
    *range(0xFDD0, 0xFDF0),
    *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
)
_CONTROL = {
    code: None
    for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, *_NO_CHARACTERS)
    if code not in (9, 10)
}
_BIDI = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def _strip(text: str) -> str:
    whole = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", whole).translate(_CONTROL).translate(_BIDI)


def _too_long(limit: int, text: str) -> Sentence:
    return sentence(marked("Keep it to %(limit)s characters; these are %(count)s."), limit=limit, count=len(text))


def clean_line(text: str, field: str, *, limit: int = LINE_LIMIT, required: bool = True) -> str:
    """Return one line of text in NFC, without control characters, white space folded.

    Raises `Invalid` naming `field` when it is empty though required, or longer than `limit` characters.
    """
    line = " ".join(_strip(text).split())
    if required and not line:
        raise Invalid({field: marked("This is needed.")})
    if len(line) > limit:
        raise Invalid({field: _too_long(limit, line)})
    return line


def clean_text(text: str, field: str, *, limit: int = MARKDOWN_LIMIT, required: bool = True) -> str:
    """Return text of several lines in NFC, without control characters or white space at its ends.

    Raises `Invalid` naming `field` when it is empty though required, or longer than `limit` characters.
    """
    body = _strip(text).strip()
    if required and not body:
        raise Invalid({field: marked("Write a sentence.")})
    if len(body) > limit:
        raise Invalid({field: _too_long(limit, body)})
    return body


def clean_link(text: str, field: str, *, mail: bool = False, limit: int = 300) -> str:
    """Return a whole web address (with `mail` also a `mailto:`), or the empty string.

    Raises `Invalid` naming `field` for anything else.
    """
    address = clean_line(text, field, limit=limit, required=False)
    try:
        parts = urlsplit(address)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        whole = False
    if not address or whole or (mail and address.lower().startswith("mailto:")):
        return address
    examples = "https://example.com/help" + (" or mailto:help@example.com" if mail else "")
    raise Invalid({field: f"Write a whole address, as in {examples}."})


@lru_cache(maxsize=512)  # every publication shows the same few hundred texts again, on several pages each
def render_markdown(text: str) -> str:
    """Return the sanitised HTML of CommonMark (with tables and strikethrough); raw HTML and images are dropped.

    Headings start at h3, below the headings of the page that shows them.
    """
    html = _HEADING.sub(lambda m: f"<{m[1]}h{min(6, int(m[2]) + 2)}>", _markdown.render(text))
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        attribute_filter=_with_its_own_scheme,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow ugc",
    ).strip()


def _with_its_own_scheme(_tag: str, _attribute: str, value: str) -> str | None:
    """Drop `//host`: a reader of mail or of a feed has no scheme to put before it."""
    return None if value.startswith("//") else value


def plain_text(text: str) -> str:
    """Return what a person would read aloud of CommonMark text: words, list dashes, link targets in brackets."""
    lines: list[str] = []
    bullets: list[str] = []
    for token in _markdown.parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            bullets.append("-")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            bullets.pop()
            lines.append("")
        elif token.type == "inline":
            prefix = f"{'  ' * (len(bullets) - 1)}{bullets[-1]} " if bullets else ""
            lines.append(prefix + _inline_text(token.children or []))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.rstrip("\n"))
        if token.type in ("paragraph_close", "heading_close", "fence", "blockquote_close") and not bullets:
            lines.append("")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _inline_text(children: list[Token]) -> str:
    parts: list[str] = []
    href = ""
    for child in children:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type == "link_open":
            href = str(child.attrGet("href") or "")
        elif child.type == "link_close" and href and href not in parts:
            parts.append(f" ({href})")
    return "".join(parts)


def slug_of(text: str) -> str:
    """Return `text` as a lower-case ASCII slug (`Bezahlen & Kasse` becomes `bezahlen-kasse`), or "" if none is left."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:60].strip("-")
