"""Builders of imagined pages."""

from pathlib import Path

import pytest

from statuspage.core.db import Database
from statuspage.publish import background
from statuspage.publish.builder import Builder
from tests.kit.clock import FrozenClock
from tests.publish.imagined import ImaginedPages, builder


@pytest.fixture
def pages() -> ImaginedPages:
    return ImaginedPages()


@pytest.fixture
def built(database: Database, tmp_path: Path, pages: ImaginedPages, clock: FrozenClock) -> Builder:
    """A builder whose store shows one incident."""
    pages.stories["abc"] = "Mail is slow"
    made = builder(database, tmp_path, pages, clock)
    made.finish()
    pages.told.clear()
    return made


@pytest.fixture
def other(built: Builder, database: Database, pages: ImaginedPages, clock: FrozenClock) -> Builder:
    """The builder of another process of the same host."""
    return builder(database, built.store.directory.parent, pages, clock)


@pytest.fixture
def no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch is over after one page, so that a wide change stays pending."""
    monkeypatch.setattr(background, "BATCH_SECONDS", -1.0)
