"""Every rule over one text. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from statuspage.domain.wording.enums import HintKind
from statuspage.domain.wording.hints.machines import machines_in
from statuspage.domain.wording.hints.people import people_in
from statuspage.domain.wording.hints.phrases import phrases_in
from statuspage.domain.wording.placeholders import gaps

LENGTH = 600  # characters that fit a phone without scrolling
_EXCERPT = 60
_ADVICE = {
    HintKind.PROMISE: "Say when you will write again rather than when it will work: nobody knows that yet.",
    HintKind.HOST: "Customers do not know this machine. Say which part of the service it is.",
    HintKind.CODE: "Severities and numbers like this are for the team. Say what customers notice.",
    HintKind.PERSON: "Leave names of people out. “We” is enough.",
    HintKind.BLAME: "Say what happened rather than whose fault it was.",
    HintKind.VENDOR: "Customers chose you, not your supplier. Say what does not work and what you do about it.",
    HintKind.GAP: "This placeholder has no value yet. Write what belongs here, or take it out.",
}


@dataclass(frozen=True)
class Hint:
    """One thing in a text: its kind, the words it is about, where they stand (`start`, `end`), what to do instead."""

    kind: HintKind
    excerpt: str
    start: int
    end: int
    advice: str


@dataclass(frozen=True)
class Known:
    """What an installation knows: names and mail addresses of its `people`; `shown` are names customers know."""

    people: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


def find_hints(text: str, known: Known, *, planned: bool = False) -> tuple[Hint, ...]:
    """Return the hints about `text` in its order, one per place. `planned`: the end of planned work may be said."""
    found: list[Hint] = []
    for kind, start, end in sorted(_places(text, known), key=lambda place: (place[1], -place[2])):
        if planned and kind is HintKind.PROMISE:
            continue
        if not found or start >= found[-1].end:
            found.append(Hint(kind, _shortened(text[start:end]), start, end, _ADVICE[kind]))
    if len(text) > LENGTH:
        advice = f"These are {len(text)} characters, long for a phone. Say what counts first."
        found.append(Hint(HintKind.LENGTH, _shortened(text[LENGTH:]), LENGTH, len(text), advice))
    return tuple(found)


def _places(text: str, known: Known) -> Iterator[tuple[HintKind, int, int]]:
    yield from phrases_in(text)
    yield from ((HintKind.HOST, start, end) for start, end in machines_in(text, known.shown))
    yield from ((HintKind.PERSON, start, end) for start, end in people_in(text, known.people, known.shown))
    yield from ((HintKind.GAP, start, end) for start, end in gaps(text))


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _EXCERPT else f"{line[: _EXCERPT - 1].rstrip()}…"
