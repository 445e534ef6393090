"""What a chat card carries: state, title, text, what one can do, next update by, components, link.

A card is plain text without markup of any service; whoever dresses it for one escapes what that service would read as
markup or as a mention. It fits the tightest of them: 150 characters of heading and 3,000 of text in one Slack block,
256 and 4,096 in a Discord embed, 28 kB in a Teams card.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from statuspage.core.languages import Speech
from statuspage.core.text import plain_text
from statuspage.delivery.messages.facts import ComponentFacts, SiteFacts, StoryFacts
from statuspage.delivery.messages.words import Tone, moment

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


def write_chat(facts: StoryFacts, site: SiteFacts, speech: Speech) -> ChatCard:
    """Return what a chat channel is told."""
    written = moment(facts.at, site.zone, speech)
    return ChatCard(
        tone=facts.tone,
        heading=_clipped(f"{facts.state}: {facts.title}", HEADING_LIMIT),
        context=", ".join(part for part in (facts.impact, written) if part),
        body=_clipped(_said(facts, speech), BODY_LIMIT),
        lines=tuple(_lines(facts, site, speech)),
        link=site.links.absolute(facts.path),
    )


def _said(facts: StoryFacts, speech: Speech) -> str:
    note = f"{speech.gettext('Reason')}: {facts.note}" if facts.note and facts.tone is Tone.PLAIN else ""
    return "\n\n".join(part for part in (plain_text(facts.body), note) if part)


def _lines(facts: StoryFacts, site: SiteFacts, speech: Speech) -> Iterable[tuple[str, str]]:
    if facts.workaround:
        yield speech.gettext("What you can do"), facts.workaround
    if facts.next_update_at:
        yield speech.gettext("Next update by"), moment(facts.next_update_at, site.zone, speech)
    if facts.tone is Tone.PLANNED and facts.ended_at:
        yield speech.gettext("Begins"), moment(facts.started_at, site.zone, speech)
        yield speech.gettext("Ends"), moment(facts.ended_at, site.zone, speech)
    if facts.components:
        yield speech.gettext("Affected"), _named(facts.components, speech)


def _named(components: tuple[ComponentFacts, ...], speech: Speech) -> str:
    shown = [f"{one.name} ({one.state})" for one in components[:COMPONENTS_SHOWN]]
    left = len(components) - len(shown)
    return ", ".join([*shown, speech.gettext("+%(count)s more", count=left)] if left else shown)


def _clipped(text: str, limit: int) -> str:
    """Return `text` in at most `limit` characters with an ellipsis, cut between words unless one is very long; the link
    leads to the rest."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    blank = cut.rfind(" ")
    return cut[: blank if blank > limit // 2 else limit].rstrip() + "…"
