from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from statuspage.core.db import Database
from statuspage.publish import background, plan
from statuspage.publish.builder import Builder
from statuspage.publish.memory import Memory
from statuspage.publish.plan import tick_of
from statuspage.publish.site import Site
from statuspage.publish.store import Generation, Page, Store
from tests.kit.clock import NOON, FrozenClock
from tests.publish.imagined import ImaginedPages, announce, text_of, whole_build


def test_a_new_store_gets_every_page(built: Builder) -> None:
    assert built.store.paths() == {"/", "/incidents/abc"}
    assert built.check() == []


def test_a_publication_builds_what_it_touches_and_nothing_else(
    built: Builder, database: Database, pages: ImaginedPages, clock: FrozenClock
) -> None:
    pages.stories["def"] = "Web is down"
    number = announce(database, clock, "incident:def")
    assert built.catch_up() is True
    assert text_of(built.store, "/incidents/def") == "Web is down"
    assert pages.told == {"/": 1, "/incidents/def": 1}
    known = built.store.generation()
    assert known and known.number == number


def test_what_visitors_look_at_first_can_be_seen_before_the_rest_is_built(
    built: Builder, database: Database, pages: ImaginedPages, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, render = built.store.stamp(), pages.render
    seen: dict[str, object] = {}

    def watched(session: Session, path: str, site: Site, as_of: datetime) -> Page | None:
        known = built.store.generation()
        seen[path] = (built.store.stamp() != before, known.number if known else None)
        return render(session, path, site, as_of)

    monkeypatch.setattr(pages, "render", watched)
    pages.stories["abc"] = "Mail works"
    announce(database, clock, "incident:abc")
    assert built.catch_up() is True
    assert seen == {"/": (False, 0), "/incidents/abc": (True, 0)}


def test_with_nothing_new_nothing_is_rendered_or_written(built: Builder, pages: ImaginedPages) -> None:
    before = built.store.stamp()
    assert built.catch_up() is True
    assert (pages.told, built.store.stamp()) == ({}, before)


def test_warming_up_renders_what_is_looked_at_first_and_writes_nothing(built: Builder, pages: ImaginedPages) -> None:
    pages.stories["abc"] = "never announced"
    before = whole_build(built)
    built.warm_up()
    assert pages.told == {"/": 1}
    assert whole_build(built) == before


def test_a_page_that_is_no_longer_public_disappears(
    built: Builder, database: Database, pages: ImaginedPages, clock: FrozenClock
) -> None:
    del pages.stories["abc"]
    announce(database, clock, "incident:abc")
    built.catch_up()
    assert built.store.paths() == {"/"}


def test_every_five_minutes_what_depends_on_the_clock_is_built_again(
    built: Builder, pages: ImaginedPages, clock: FrozenClock
) -> None:
    clock.advance(minutes=4, seconds=59)
    assert built.catch_up() and pages.told == {}
    clock.advance(seconds=1)
    assert built.catch_up() and pages.told == {"/": 1}
    assert "12:05" in text_of(built.store, "/")


def test_a_clock_that_went_back_a_little_does_not_take_the_page_back(
    built: Builder, database: Database, clock: FrozenClock
) -> None:
    clock.advance(minutes=-20)
    announce(database, clock, "incident:abc")
    built.catch_up()
    known = built.store.generation()
    assert known and known.as_of == NOON


def test_a_clock_that_was_far_ahead_is_forgotten(built: Builder, clock: FrozenClock) -> None:
    clock.advance(hours=-30)
    assert built.is_due(0)
    built.finish()
    known = built.store.generation()
    assert known and known.as_of == NOON - timedelta(hours=30)


def test_a_database_put_back_to_an_earlier_state_rebuilds_everything(
    built: Builder, database: Database, clock: FrozenClock
) -> None:
    number = announce(database, clock, "incident:abc")
    built.catch_up()
    built.store.advance(Generation(number + 5, NOON, built._recipe))
    built.finish()
    known = built.store.generation()
    assert known and known.number == number


def test_other_code_templates_or_settings_rebuild_everything_once(built: Builder, pages: ImaginedPages) -> None:
    newer = built
    newer._recipe, newer._took_over = "the next version", False
    assert newer.is_due(0)
    newer.finish()
    assert set(pages.told) == {"/", "/incidents/abc"}
    known = newer.store.generation()
    assert known and known.recipe == "the next version"


def test_two_versions_side_by_side_do_not_take_turns_in_rebuilding(
    built: Builder, database: Database, pages: ImaginedPages, clock: FrozenClock
) -> None:
    known = built.store.generation()
    assert known
    built.store.advance(Generation(known.number, known.as_of, "the next version"))
    announce(database, clock, "incident:abc")
    built.catch_up()
    assert pages.told == {"/": 1, "/incidents/abc": 1}
    after = built.store.generation()
    assert after and after.recipe == "the next version"


def test_after_a_crash_of_the_machine_everything_is_built_anew(built: Builder, pages: ImaginedPages) -> None:
    built.store._boot = "after the crash"
    assert built.is_due(0)
    built.finish()
    assert set(pages.told) == {"/", "/incidents/abc"}


def test_an_earlier_generation_never_takes_the_place_of_a_later_one(
    built: Builder, other: Builder, database: Database, clock: FrozenClock
) -> None:
    announce(database, clock, "incident:abc")
    last = announce(database, clock, "incident:abc")
    built.catch_up()
    assert other.catch_up() is True
    known = built.store.generation()
    assert known and known.number == last


def test_a_busy_builder_elsewhere_is_waited_for_only_so_long(
    built: Builder, database: Database, clock: FrozenClock
) -> None:
    announce(database, clock, "incident:abc")
    with Store(built.store.directory).locked(1) as mine:
        assert mine
        assert built.catch_up(0.05) is False
    assert built.catch_up() is True


def test_one_page_that_cannot_be_rendered_does_not_hold_up_the_others(
    built: Builder, database: Database, pages: ImaginedPages, clock: FrozenClock
) -> None:
    pages.stories |= {"abc": "Mail is broken", "def": "Web is down"}
    pages.broken.add("/incidents/abc")
    announce(database, clock, "incident:abc", "incident:def")
    assert built.catch_up() is True
    assert built.failed == {"/incidents/abc"}
    assert text_of(built.store, "/incidents/abc") == "Mail is slow"
    assert text_of(built.store, "/incidents/def") == "Web is down"
    pages.broken.clear()
    announce(database, clock, "incident:abc")
    built.catch_up()
    assert built.failed == set()


@pytest.mark.soak_on("postgresql")
class TestWideChanges:
    @pytest.fixture
    def wide(
        self,
        built: Builder,
        database: Database,
        pages: ImaginedPages,
        clock: FrozenClock,
        monkeypatch: pytest.MonkeyPatch,
    ) -> int:
        """The number of a publication that touches 31 pages, where 20 are wide."""
        monkeypatch.setattr(plan, "WIDE", 20)
        pages.stories |= {f"c{number:03}": "old" for number in range(30)}
        built.build_all()
        pages.stories |= dict.fromkeys(pages.stories, "new name")
        return announce(database, clock, "everything")

    @pytest.mark.usefixtures("no_time")
    def test_a_wide_change_is_written_down_and_left_to_the_background(self, built: Builder, wide: int) -> None:
        assert built.catch_up() is True
        known = built.store.generation()
        assert known and (known.number, known.pending) == (wide, 31)
        assert "new name" in text_of(built.store, "/")
        assert len(built.store.pending()) == 31
        assert text_of(built.store, "/incidents/c000") == "old"

    @pytest.mark.usefixtures("no_time")
    def test_a_publication_goes_before_the_rest_of_a_wide_change(
        self, built: Builder, wide: int, database: Database, pages: ImaginedPages, clock: FrozenClock
    ) -> None:
        built.catch_up()
        pages.stories["c007"] = "Web is down"
        announce(database, clock, "incident:c007")
        assert built.catch_up() is True
        assert text_of(built.store, "/incidents/c007") == "Web is down"
        known = built.store.generation()
        assert known and known.pending == 30
        assert "/incidents/c007" not in built.store.pending()

    def test_the_background_ends_where_a_whole_build_would(
        self, built: Builder, wide: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(background, "BATCH_SECONDS", -1.0)
        built.catch_up()
        monkeypatch.setattr(background, "BATCH_SECONDS", 0.005)
        monkeypatch.setattr(background, "PAUSE_SECONDS", 0.0)
        assert built.finish().pending == 0
        piecemeal = whole_build(built)
        built.build_all()
        assert whole_build(built) == piecemeal
        assert text_of(built.store, "/incidents/c029") == "new name"

    @pytest.mark.usefixtures("no_time")
    def test_one_process_of_the_host_works_it_off(self, built: Builder, wide: int, other: Builder) -> None:
        built.catch_up()
        with built.store.locked(0, "background") as alone:
            assert alone
            assert other.work_off(0) is False
        assert len(built.store.pending()) == 31
        assert other.work_off(0) is True
        assert len(built.store.pending()) == 30

    @pytest.mark.usefixtures("no_time", "wide")
    def test_working_it_off_reads_ahead_and_leaves_off_when_something_is_published(
        self, built: Builder, database: Database, pages: ImaginedPages, clock: FrozenClock
    ) -> None:
        built.catch_up()
        pages.expected.clear()
        heard: list[int] = []

        def tell(left: int) -> None:
            heard.append(left)
            if len(heard) == 3:
                announce(database, clock, "incident:c020")

        built._background.work_off(60, Memory(), tell)
        assert heard == [30, 29, 28, 27]
        assert pages.expected[:2] == ["/incidents/abc", "/incidents/c000"]
        assert len(built.store.pending()) == 27

    def test_another_process_goes_on_with_it(
        self, built: Builder, wide: int, other: Builder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as hurried:
            hurried.setattr(background, "BATCH_SECONDS", -1.0)
            built.catch_up()
        assert other.is_due(wide)
        other.finish()
        assert other.check() == []


def test_the_time_that_pages_show_is_the_last_full_five_minutes() -> None:
    for offset in (timedelta(0), timedelta(seconds=1), timedelta(minutes=4, seconds=59, microseconds=999_999)):
        assert tick_of(NOON + offset) == NOON
    assert tick_of(NOON + timedelta(minutes=5)) == NOON + timedelta(minutes=5)
