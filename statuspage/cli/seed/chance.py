"""Chance that falls the same way each time: words, spans, codes and ids drawn from a fixed seed."""

import tomllib
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from statuspage.core.ids import CODE_ALPHABET, CODE_LENGTH, uuid7_at

Thing = TypeVar("Thing")
GERMAN = 0.15
LONG_TITLE = 0.03
TITLE_LIMIT = 200


@cache
def words() -> dict[str, Any]:
    """Return the vocabulary beside this module."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


class Chance(Random):
    """`Random(seed)` with the draws of this data set."""

    def one(self, name: str) -> str:
        """Return one of the words called `name`."""
        found: Sequence[str] = words()[name]
        return self.choice(found)

    def happens(self, share: float) -> bool:
        """Return true in `share` of all calls."""
        return self.random() < share

    def span(self, low: float, high: float) -> timedelta:
        """Return a span of `low` to `high` minutes, to the second; short ones are the usual ones."""
        return timedelta(seconds=round((low + (high - low) * self.random() ** 2) * 60))

    def often_first(self, things: Sequence[Thing]) -> Thing:
        """Return one of `things`, those at the front far more often: some components fail more than others."""
        return things[int(len(things) * self.random() ** 3)]

    def code(self) -> str:
        """Return a public code."""
        return "".join(self.choices(CODE_ALPHABET, k=CODE_LENGTH))

    def id_at(self, instant: datetime) -> uuid.UUID:
        """Return an id as of a row that was made at `instant`, so that lists keep their order."""
        return uuid7_at(instant, self.getrandbits(62))

    def title(self, service: str) -> str:
        """Return what an incident of `service` is called, in one of two languages, now and then at great length."""
        kind = "long" if self.happens(LONG_TITLE) else "de" if self.happens(GERMAN) else "en"
        return self._filled(self.choice(words()["titles"][kind]), service)[:TITLE_LIMIT]

    def body(self, kind: str, service: str, language: str) -> str:
        """Return two to four sentences of an update; now and then a list of points."""
        sentences: Sequence[str] = words()["bodies"][kind][language]
        said = self.sample(sentences, min(len(sentences), self.randint(1, 4)))
        told = [self._filled(sentence, service) for sentence in said]
        return "\n".join(f"- {one}" for one in told) if len(told) > 2 and self.happens(0.2) else " ".join(told)

    def language(self) -> str:
        """Return `en`, sometimes `de`."""
        return "de" if self.happens(GERMAN) else "en"

    def work(self, service: str) -> str:
        """Return what a maintenance of `service` is called."""
        return self._filled(self.choice(words()["maintenance"][self.language()]), service)[:TITLE_LIMIT]

    def _filled(self, text: str, service: str) -> str:
        return text.format(
            service=service, region=self.one("regions"), minutes=self.randint(2, 55), percent=self.randint(2, 95)
        )
