"""Helpers of a whole build make what the builder would have made alone, and nothing of another publication."""

from dataclasses import replace

import pytest

from statuspage.core.db import Database
from statuspage.publish import background
from statuspage.publish.builder import Builder
from statuspage.publish.crew import Crew
from statuspage.publish.press import AHEAD
from tests.kit.clock import FrozenClock
from tests.publish.imagined import ImaginedPages, announce, page, whole_build

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")


def test_helpers_make_the_same_pages(built: Builder, pages: ImaginedPages, monkeypatch: pytest.MonkeyPatch) -> None:
    pages.stories |= {f"c{number:03}": f"Story {number}" for number in range(130)}
    pages.broken.add("/incidents/c123")
    built.store.put(page("/incidents/left-over"))
    heard: list[int] = []
    with monkeypatch.context() as large:
        large.setattr(background, "_WORTH_HELPERS", 10)
        large.setattr(background, "BATCH_SECONDS", -1.0)
        built.build_all(heard.append, helpers=2)
    assert heard == [*range(132, 0, -AHEAD), 0, 0]
    assert built.failed == {"/incidents/c123"}
    assert not pages.told.keys() - {"/"}  # the helpers did
    together = whole_build(built)
    built.build_all()
    assert whole_build(built) == together
    assert "/incidents/c129" in together
    assert "/incidents/left-over" not in together


def test_a_helper_that_reads_a_later_publication_makes_nothing(
    built: Builder, database: Database, clock: FrozenClock
) -> None:
    known = built.store.generation()
    assert known is not None
    number = announce(database, clock, "incident:abc")
    with Crew(database.url, built._press, 1, known) as crew:
        assert list(crew.made(["/"])) == [[]]
    with Crew(database.url, built._press, 1, replace(known, number=number)) as crew:
        assert [one.path for made in crew.made(["/"]) for one in made] == ["/"]
