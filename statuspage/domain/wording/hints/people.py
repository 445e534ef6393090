"""Names of people who work here. Pure."""

import re
from collections.abc import Iterator, Sequence

# First names, surnames and names of accounts that are ordinary words as well: alone they name nobody.
_WORDS = (
    "admin administrator alarm april august bauer bank berg bill bot business carol chance christian customer demo "
    "desk duty engineer engineering ernst faith fischer frank fuchs grace guy help hope infrastructure it jack jun "
    "june kaiser klein koch kunde kurz lang manager mark max may mayor miller monitoring network neu noc office "
    "on-call operation operations ops owner page pat platform price rainer richter rich rob rose roth rusty sales "
    "scholz schneider schwarz security service sre stark status summer sunny support system team teams tech technik "
    "test user van von weber weiss weiß will winter wolf young"
)
_ORDINARY = frozenset(_WORDS.split())
_SHORTEST = 3


def people_in(text: str, people: Sequence[str], shown: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield begin and end of every name or mail address in `text` that belongs to one of `people`.

    A name of several words counts as a whole, and so does each part that is no ordinary word and stands in no name
    that customers know (`shown`).
    """
    usual = _ORDINARY | {word.casefold() for name in shown for word in re.findall(r"[\w-]+", name)}
    wanted = {name for whole in people for name in _names_of(whole, usual)}
    if not wanted:
        return
    either = "|".join(re.escape(name) for name in sorted(wanted, key=len, reverse=True))
    yield from (found.span() for found in re.finditer(rf"(?<![\w@.-])(?:{either})(?![\w@-])", text))


def _names_of(whole: str, usual: frozenset[str]) -> Iterator[str]:
    if "@" in whole:
        yield whole
        return
    parts = whole.split()
    if len(parts) > 1:
        yield " ".join(parts)
    yield from (part for part in parts if len(part) >= _SHORTEST and part.casefold() not in usual)
