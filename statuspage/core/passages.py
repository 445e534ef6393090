"""Taking a passage out of what people wrote. Pure.

A passage is found however its words are set apart, since what is copied from a page loses the line breaks of its
source. Where it stood, a gap stands, never longer than what it replaces.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from statuspage.core.errors import Invalid
from statuspage.core.text import clean_text

GAP, SHORT_GAP = "[…]", "…"


@dataclass(frozen=True)
class Passage:
    """Words to be taken out: normalised, with a letter or digit at least, so that no gap can hold them."""

    words: str

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(r"\s+".join(re.escape(word) for word in self.words.split()))

    def stands_in(self, text: str) -> bool:
        """Tell whether the passage stands in `text`."""
        return self._pattern.search(text) is not None

    def taken_from(self, text: str) -> str:
        """Return `text` with a gap in place of the passage, wherever it stands; empty when only a gap is left."""
        rest = text
        while self.stands_in(rest):  # taking it out may join two halves of another one
            rest = self._pattern.sub(_gap, rest)
        return "" if rest in (GAP, SHORT_GAP) else rest


def _gap(found: re.Match[str]) -> str:
    return GAP if len(found.group()) >= len(GAP) else SHORT_GAP


def read_passage(text: str, field: str) -> Passage:
    """Return a passage as somebody typed it. Raises `Invalid` naming `field` when there are no words in it."""
    words = clean_text(text, field, required=False)
    if not any(letter.isalnum() for letter in words):
        raise Invalid({field: "Name a passage with a word in it."})
    return Passage(words)
