"""Helpers of a whole build: processes that make pages side by side, so that it uses every core of the machine.

Each is forked, opens a connection and a reading of its own, and makes whatever chunk of pages comes next; the builder
alone writes. They may help as long as they read the publication that is being built: one who reads a later one makes
nothing, and the builder begins anew.
"""

import gc
import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from sqlalchemy.orm import Session

from statuspage.core.db import Database
from statuspage.outbox.publications import newest_number
from statuspage.publish.memory import MOST_KEPT_AT_ONCE, Memory
from statuspage.publish.press import AHEAD, Made, Press
from statuspage.publish.reading import share_reading
from statuspage.publish.store import Generation

_RARELY = (50_000, 20, 20)  # a build makes many things that stay; looking through them all again costs a quarter


class Crew:
    """`helpers` processes that make pages of `press` as of `known`. Use it as a context; it ends them."""

    def __init__(self, url: str, press: Press, helpers: int, known: Generation) -> None:
        forking = multiprocessing.get_context("fork")  # they share the loaded program, the frame and the page list
        self._pool = forking.Pool(helpers, _Helper.begin, (url, press, known))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.terminate()
        self._pool.join()

    def made(self, paths: Sequence[str]) -> Iterator[list[Made]]:
        """Yield what was made of `paths`, in their order and some at a time; an empty list when there is other news."""
        chunks = [paths[start : start + AHEAD] for start in range(0, len(paths), AHEAD)]
        yield from self._pool.imap(_Helper.work, chunks)


class _Helper:
    """What one of these processes has; it is there for as long as the process is."""

    here: "_Helper"

    def __init__(self, press: Press, session: Session, known: Generation) -> None:
        self._press = press
        self._session = session
        self._known = known
        share_reading(session, Memory(MOST_KEPT_AT_ONCE))

    def make(self, paths: Sequence[str]) -> list[Made]:
        if newest_number(self._session) != self._known.number:
            return []
        self._press.read_ahead(self._session, paths)
        return [self._press.prepared(self._session, path, self._known) for path in paths]

    @classmethod
    def begin(cls, url: str, press: Press, known: Generation) -> None:
        gc.freeze()
        gc.set_threshold(*_RARELY)
        session = ExitStack().enter_context(Database(url).session(readonly=True))  # closed with the process
        cls.here = cls(press, session, known)

    @classmethod
    def work(cls, paths: Sequence[str]) -> list[Made]:
        return cls.here.make(paths)
