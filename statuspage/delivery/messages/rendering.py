"""From facts to a letter: `templates/messages/<event>/<language>.txt` and `.html`.

The text begins with its `Subject:` line. Styles are inlined into the finished HTML, once per event and language, so
that lists, links and code inside an update are styled too; nothing is ever fetched for it.
"""

import re
import textwrap
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial

import css_inline
from jinja2 import Environment

from statuspage.core.templating import html_environment, text_environment
from statuspage.delivery.messages.facts import Facts, SiteFacts, StoryFacts
from statuspage.delivery.messages.headers import account_headers, story_headers
from statuspage.delivery.messages.marks import Marks
from statuspage.delivery.messages.mime import Letter
from statuspage.delivery.messages.words import LOCALES, language, moment
from statuspage.outbox.enums import EventKind

TEXT_WIDTH = 72
_LONGEST_SUBJECT = 180

_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, keep_at_rules=True)


def wrapped(text: str, indent: int = 0) -> str:
    """Wrap paragraphs at 72 columns; lines of lists keep their dash, addresses are never broken."""
    space = " " * indent
    return "\n".join(_wrapped_line(line, space) for line in text.splitlines())


def _wrapped_line(line: str, space: str) -> str:
    bullet = re.match(r"\s*(?:- )?", line)
    hang = space + " " * (bullet.end() if bullet else 0)
    filled = textwrap.fill(
        line,
        TEXT_WIDTH,
        initial_indent=space,
        subsequent_indent=hang,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return filled or line.strip()


@cache
def _environment(kind: str) -> Environment:
    environment = html_environment() if kind == "html" else text_environment()
    space = "\N{NO-BREAK SPACE}" if kind == "html" else " "
    environment.filters.update(wrapped=wrapped, moment=partial(moment, space=space))
    return environment


def _render(kind: EventKind, form: str, locale: str, context: dict[str, object]) -> str:
    return _environment(form).get_template(f"messages/{kind}/{locale}.{form}").render(context)


def warm_up() -> None:
    """Compile every template, so that the first message of an incident does not wait for it."""
    for kind in EventKind:
        for locale in LOCALES:
            for form in ("txt", "html"):
                _environment(form).get_template(f"messages/{kind}/{locale}.{form}")


@dataclass(frozen=True)
class Words:
    """Subject and plain text of a message."""

    subject: str
    text: str


def write_words(kind: EventKind, locale: str, facts: Facts, site: SiteFacts, *, marks: Marks) -> Words:
    """Write subject and plain text of one event in one language, with `marks` where its recipients differ.

    `locale` falls back to English where we have no messages in it.
    """
    subject, _, text = _render(kind, "txt", language(locale), _context(locale, facts, site, marks)).partition("\n")
    subject = _clipped(subject.removeprefix("Subject:").strip())
    return Words(subject, re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n")


def _context(locale: str, facts: Facts, site: SiteFacts, marks: Marks) -> dict[str, object]:
    return {"facts": facts, "site": site, "links": site.links, "marks": marks, "locale": language(locale)}


def write_letter(
    kind: EventKind, locale: str, facts: Facts, site: SiteFacts, written_at: datetime, *, marks: Marks
) -> Letter:
    """Write the whole message: `write_words`, the same as HTML, and the headers of its kind."""
    spoken = language(locale)
    words = write_words(kind, locale, facts, site, marks=marks)
    if isinstance(facts, StoryFacts):
        headers = story_headers(kind, site, spoken, facts, marks)
    else:
        headers = account_headers(kind, site, spoken, marks)
    return Letter(
        sender_name=site.name,
        sender_address=site.sender,
        subject=words.subject,
        text=words.text,
        html=_inliner.inline(_render(kind, "html", spoken, _context(locale, facts, site, marks))),
        written_at=written_at,
        headers=headers,
    )


def _clipped(subject: str) -> str:
    return subject if len(subject) <= _LONGEST_SUBJECT else subject[: _LONGEST_SUBJECT - 1].rstrip() + "…"
