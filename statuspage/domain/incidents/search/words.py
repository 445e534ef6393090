"""From what somebody typed to words to look for. Pure."""

import re
from collections.abc import Collection

WORDS_LIMIT = 8
WORD_LENGTH_LIMIT = 60
TELLING = 4  # shorter words tell little about what an incident is like
_WORD = re.compile(r"[^\W_]+")


def search_words(text: str) -> list[str]:
    """Return the words of `text` in small letters, each once: letters and digits alone, so nothing is an operator."""
    found = dict.fromkeys(word[:WORD_LENGTH_LIMIT] for word in _WORD.findall(text.lower()))
    return list(found)[:WORDS_LIMIT]


def telling_words(text: str) -> list[str]:
    """Return those words of a title that are long enough to tell what it is about."""
    return [word for word in search_words(text) if len(word) >= TELLING]


def likeness(components: Collection[str], words: Collection[str], others: tuple[Collection[str], str]) -> int:
    """Return how much another incident (its components' slugs, its title) is like one with these; 0 is not at all.

    A shared component counts twice as much as a shared word of the title.
    """
    slugs, title = others
    shared = set(components).intersection(slugs)
    return 2 * len(shared) + len(set(words).intersection(telling_words(title)))
