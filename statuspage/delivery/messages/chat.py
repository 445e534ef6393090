"""What a chat card carries: state, title, text, what one can do, next update by, components, link.

A card is plain text without markup of any service; whoever dresses it for one escapes what that service would read as
markup or as a mention. It fits the tightest of them: 150 characters of heading and 3,000 of text in one Slack block,
256 and 4,096 in a Discord embed, 28 kB in a Teams card.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from statuspage.core.text import plain_text
from statuspage.delivery.messages.facts import ComponentFacts, SiteFacts, StoryFacts
from statuspage.delivery.messages.words import Tone, language, moment, word

HEADING_LIMIT = 150
BODY_LIMIT = 2000
COMPONENTS_SHOWN = 10


@dataclass(frozen=True)
class ChatCard:
    """One message to a chat channel; `lines` are labelled facts in the order of reading, instants in the page's zone
    with UTC beside. `tone` is the colour of its bar, always beside a word."""

    tone: Tone
    heading: str
    context: str
    body: str
    lines: tuple[tuple[str, str], ...]
    link: str

    @property
    def text(self) -> str:
        """The card as plain text: what a notification shows, and services without cards."""
        facts = "\n".join(f"{label}: {value}" for label, value in self.lines)
        return "\n\n".join(part for part in (f"{self.heading}\n{self.context}", self.body, facts, self.link) if part)


def write_chat(facts: StoryFacts, site: SiteFacts, locale: str) -> ChatCard:
    """Return what a chat channel is told, in `locale` (English where we do not speak it)."""
    spoken = language(locale)
    written = moment(facts.at, site.zone, spoken)
    return ChatCard(
        tone=facts.tone,
        heading=_clipped(f"{facts.state}: {facts.title}", HEADING_LIMIT),
        context=", ".join(part for part in (facts.impact, written) if part),
        body=_clipped(_said(facts, spoken), BODY_LIMIT),
        lines=tuple(_lines(facts, site, spoken)),
        link=site.links.absolute(facts.path),
    )


def _said(facts: StoryFacts, locale: str) -> str:
    note = f"{word('chat.reason', locale)}: {facts.note}" if facts.note and facts.tone is Tone.PLAIN else ""
    return "\n\n".join(part for part in (plain_text(facts.body), note) if part)


def _lines(facts: StoryFacts, site: SiteFacts, locale: str) -> Iterable[tuple[str, str]]:
    if facts.workaround:
        yield word("chat.advice", locale), facts.workaround
    if facts.next_update_at:
        yield word("chat.next", locale), moment(facts.next_update_at, site.zone, locale)
    if facts.tone is Tone.PLANNED and facts.ended_at:
        yield word("chat.begins", locale), moment(facts.started_at, site.zone, locale)
        yield word("chat.ends", locale), moment(facts.ended_at, site.zone, locale)
    if facts.components:
        yield word("chat.affected", locale), _named(facts.components, locale)


def _named(components: tuple[ComponentFacts, ...], locale: str) -> str:
    shown = [f"{one.name} ({one.state})" for one in components[:COMPONENTS_SHOWN]]
    left = len(components) - len(shown)
    return ", ".join([*shown, f"+{left} {word('chat.more', locale)}"] if left else shown)


def _clipped(text: str, limit: int) -> str:
    """Return `text` in at most `limit` characters with an ellipsis, cut between words unless one is very long; the link
    leads to the rest."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    blank = cut.rfind(" ")
    return cut[: blank if blank > limit // 2 else limit].rstrip() + "…"
