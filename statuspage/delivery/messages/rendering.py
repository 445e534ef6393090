"""From facts to a letter: `templates/messages/<event>.txt` and `.html`, one of each for every language.

The text begins with its `Subject:` line; labels of facts stand in a column as wide as the longest. Styles are inlined
into the finished HTML, once per event and language, so that lists, links and code inside an update are styled too;
nothing is ever fetched for it.
"""

import re
import textwrap
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial

import css_inline
from jinja2 import Environment
from markupsafe import Markup

from statuspage.core.languages import Language, Speech, speech
from statuspage.core.templating import html_environment, text_environment
from statuspage.delivery.messages.facts import Facts, SiteFacts, StoryFacts
from statuspage.delivery.messages.headers import account_headers, story_headers
from statuspage.delivery.messages.marks import Marks
from statuspage.delivery.messages.mime import Letter
from statuspage.delivery.messages.words import moment
from statuspage.outbox.enums import EventKind

TEXT_WIDTH = 72
_LONGEST_SUBJECT = 180
_LABEL_END = "\x1f"  # a unit separator: no text of a person holds control characters

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


def _label(text: str) -> str:
    return text + _LABEL_END


def _aligned(text: str) -> str:
    """Put what stands behind labels into one column."""
    rows = [line.partition(_LABEL_END) for line in text.split("\n")]
    width = max((len(label) for label, end, _ in rows if end), default=0) + 2
    return "\n".join(f"{label:{width}}{value}" if end else label for label, end, value in rows)


@cache
def _environment(form: str, language: Language) -> Environment:
    environment = html_environment(language) if form == "html" else text_environment(language)
    space = "\N{NO-BREAK SPACE}" if form == "html" else " "
    written = partial(moment, speech=speech(language), space=space)
    environment.filters.update(wrapped=wrapped, label=_label, moment=written)
    return environment


def _render(kind: EventKind, form: str, language: Language, context: dict[str, object]) -> str:
    return _environment(form, language).get_template(f"messages/{kind}.{form}").render(context)


def warm_up() -> None:
    """Compile every template in every language, so that the first message of an incident does not wait for it."""
    for kind in EventKind:
        for language in Language:
            for form in ("txt", "html"):
                _environment(form, language).get_template(f"messages/{kind}.{form}")


@dataclass(frozen=True)
class Words:
    """Subject and plain text of a message."""

    subject: str
    text: str


def write_words(kind: EventKind, spoken: Speech, facts: Facts, site: SiteFacts, *, marks: Marks) -> Words:
    """Write subject and plain text of one event in one language, with `marks` where its recipients differ."""
    context = _context(spoken, facts, site, marks)
    subject, _, text = _render(kind, "txt", spoken.language, context).partition("\n")
    subject = _clipped(subject.removeprefix("Subject:").strip())
    return Words(subject, re.sub(r"\n{3,}", "\n\n", _aligned(text.strip())) + "\n")


def _context(spoken: Speech, facts: Facts, site: SiteFacts, marks: Marks) -> dict[str, object]:
    foreign = site.own is not spoken.language
    return {
        "facts": facts,
        "site": site,
        "links": site.links,
        "marks": marks,
        "language": spoken.language,
        "of_staff": Markup(' lang="{}"').format(site.own) if foreign else "",
    }


def write_letter(
    kind: EventKind, spoken: Speech, facts: Facts, site: SiteFacts, written_at: datetime, *, marks: Marks
) -> Letter:
    """Write the whole message: `write_words`, the same as HTML, and the headers of its kind."""
    words = write_words(kind, spoken, facts, site, marks=marks)
    html = _render(kind, "html", spoken.language, _context(spoken, facts, site, marks))
    if isinstance(facts, StoryFacts):
        headers = story_headers(kind, site, spoken.language, facts, marks)
    else:
        headers = account_headers(kind, site, spoken.language, marks)
    return Letter(
        sender_name=site.name,
        sender_address=site.sender,
        subject=words.subject,
        text=words.text,
        html=_inliner.inline(html),
        written_at=written_at,
        headers=headers,
    )


def _clipped(subject: str) -> str:
    return subject if len(subject) <= _LONGEST_SUBJECT else subject[: _LONGEST_SUBJECT - 1].rstrip() + "…"
