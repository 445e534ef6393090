"""Words that try to be more than words, and what must not come of them in a page, a feed or a mail.

`PAYLOADS` are short, so that several fit a title. `dangers` reads HTML as a browser does and names what would run, load
or lead away; whatever is left of a payload is text.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import html5lib

from tests.kit.pages import DATA_SCRIPTS, Element

PAYLOADS = (
    # Markup, whole and broken, also as browsers repair it
    *("<script>zq()</script>", '"><img src=x onerror=zq()>', "<svg/onload=zq()>", "<b onclick=zq()>b</b>"),
    *("</title><script>zq()</script>", "</script><script>zq()//", "<!--><script>zq()</script-->", "]]><script>zq()"),
    *("<iframe srcdoc='<p>zq'>", "<base href=//evil.example>", "<style>*{color:red}</style>", "<p style=top:0>zq"),
    *("<math><mtext></p><style><img>", "<noscript><p title='</noscript><img>'>", "<form action=//evil.example>"),
    *("<meta http-equiv=refresh content=0>", "<a href=javascript:zq()>x</a>", "&lt;script&gt;zq()&lt;/script&gt;"),
    # Markdown that leads away, loads or breaks out
    *("[zq](javascript:zq())", "[zq](JaVa&#x09;script:zq())", "[zq](data:text/html,<script>zq()</script>)"),
    *("![zq](https://evil.example/p.png)", '<https://evil.example/"onclick=zq()>', "[zq]: javascript:zq()"),
    *("[zq](//evil.example)", "[zq](vbscript:zq)", "`</code><script>zq()</script>`", "|<img src=x>|\n|-|\n|zq|"),
    # Other languages: templates, XML, headers, calendars, tables
    *("{{ 7*7 }}${7*7}<%= 7*7 %>{% raw %}", "{{ components }}", "<!DOCTYPE x [<!ENTITY e 'zq'>]>&e;", "%0d%0aX-Zq: 1"),
    *(
        "zq\r\nBcc: zq@evil.example",
        "zq\r\nEND:VCALENDAR",
        "zq\nATTENDEE:mailto:zq",
        "=cmd|' /C calc'!A0",
        'zq;,:\\\n"',
    ),
    # Letters that are more than letters
    *("\u202egnp.exe zq", "zq\u2066\u2069\u200b\ufeff", "zq\x00\x1b[31m\x07\ufffe\ud800", "Z\u0335\u0322\u0353q" * 4),
)
SCHEMES = {"", "http", "https", "mailto"}
FORBIDDEN = {"iframe", "object", "embed", "base", "style", "math", "applet", "frame", "img", "audio", "video", "portal"}
ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "background", "srcset", "ping")


def chunks(size: int) -> Iterator[str]:
    """Return all payloads, as many in one line as stay below `size` characters."""
    line = ""
    for payload in PAYLOADS:
        if line and len(f"{line} {payload}") > size:
            yield line
            line = ""
        line = f"{line} {payload}".strip(" ")
    yield line


def dangers(root: Element, *, origin: str, styled: bool = False) -> list[str]:
    """Name what in a parsed page would run, load or lead to a script. `styled`: a mail has styles in its elements."""
    return [fault for element in root.iter() if isinstance(element.tag, str) for fault in _of(element, origin, styled)]


def _of(element: Element, origin: str, styled: bool) -> Iterator[str]:
    tag = element.tag.rpartition("}")[2]
    if tag in FORBIDDEN - ({"style"} if styled else set()):
        yield f"<{tag}>"
    if tag == "script" and element.get("type") not in DATA_SCRIPTS and not _own(element.get("src"), origin):
        yield f"<script {dict(element.attrib)}>"
    if tag == "meta" and element.get("http-equiv") and element.getparent().tag != "noscript" and not styled:
        yield f"<meta {dict(element.attrib)}>"
    for name, value in element.attrib.items():
        short = name.rpartition("}")[2].lower()
        if short.startswith("on") or short == "srcdoc" or (short == "style" and not styled):
            yield f"<{tag} {short}>"
        if short in ADDRESSES and (urlsplit(value.strip()).scheme.lower() not in SCHEMES or value.startswith("//")):
            yield f"<{tag} {short}={value[:60]}>"
        if short in ("action", "formaction") and not _own(value, origin):
            yield f"<{tag} {short}={value[:60]}>"


def _own(address: str | None, origin: str) -> bool:
    return bool(address) and not address.startswith("//") and address.startswith(("/", f"{origin}/"))


def piece(html: str) -> Element:
    """Parse a piece of HTML as the body of a page, as a feed reader shows it."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    return parser.parse(f"<!doctype html><title>x</title><body>{html}").getroot()
