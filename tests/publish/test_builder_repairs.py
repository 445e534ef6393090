import pytest

from statuspage.core.db import Database
from statuspage.publish.builder import Builder
from statuspage.publish.store import StoreFault
from tests.kit.clock import FrozenClock
from tests.publish.imagined import ImaginedPages, announce, page, text_of


class TestCheck:
    def test_a_changed_a_missing_and_a_left_over_page_are_named(self, built: Builder, pages: ImaginedPages) -> None:
        pages.stories["def"] = "never announced"
        built.store.put(page("/incidents/left-over"))
        built.store.put(page("/incidents/abc", text="tampered with"))
        assert built.check() == [
            "/ differs from what the database holds.",
            "/incidents/abc differs from what the database holds.",
            "/incidents/def is missing.",
            "/incidents/left-over should not be there.",
        ]

    def test_a_whole_build_repairs_what_the_check_found(self, built: Builder) -> None:
        built.store.put(page("/incidents/left-over"))
        built.store.remove("/")
        built.build_all()
        assert built.check() == []


class TestLivePages:
    def test_a_missing_page_is_rendered_and_kept(self, built: Builder) -> None:
        built.store.remove("/incidents/abc")
        live = built.page("/incidents/abc")
        assert live and b"Mail is slow" in live.body
        assert "/incidents/abc" in built.store.paths()

    def test_what_is_not_public_is_none_and_never_kept(self, built: Builder) -> None:
        assert built.page("/incidents/unknown") is None
        assert "/incidents/unknown" not in built.store.paths()

    def test_nothing_is_kept_while_the_store_shows_something_else(
        self, built: Builder, database: Database, pages: ImaginedPages, clock: FrozenClock
    ) -> None:
        built.store.remove("/incidents/abc")
        pages.stories["abc"] = "Mail works"
        announce(database, clock, "incident:abc")
        live = built.page("/incidents/abc")
        assert live and b"Mail works" in live.body
        assert "/incidents/abc" not in built.store.paths()


class TestABrokenStore:
    @pytest.fixture
    def full_disk(self, built: Builder, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
        def refuse(*_: object, **__: object) -> None:
            raise StoreFault("No space left on device")

        monkeypatch.setattr(built.store, "_write", refuse)
        return monkeypatch

    @pytest.mark.usefixtures("full_disk")
    def test_without_news_the_stored_pages_stay_in_use(self, built: Builder) -> None:
        assert built.catch_up() is True
        assert built.store.behind is False

    def test_news_that_cannot_be_stored_are_rendered_live_until_they_can(
        self, built: Builder, database: Database, pages: ImaginedPages, clock: FrozenClock,
        full_disk: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        pages.stories["abc"] = "Mail works"
        announce(database, clock, "incident:abc")
        assert built.catch_up() is False
        assert built.store.behind is True
        live = built.page("/incidents/abc")
        assert live and b"Mail works" in live.body
        full_disk.undo()
        assert built.catch_up() is True
        assert built.store.behind is False
        assert text_of(built.store, "/incidents/abc") == "Mail works"

    def test_a_deleted_directory_is_made_again(self, built: Builder) -> None:
        for file in sorted(built.store.directory.rglob("*"), reverse=True):
            file.rmdir() if file.is_dir() else file.unlink()
        built.store.directory.rmdir()
        assert built.is_due(0)
        built.finish()
        assert built.check() == []
