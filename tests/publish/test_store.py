import multiprocessing
from datetime import timedelta
from pathlib import Path

import pytest

from statuspage.publish.store import Generation, Store, StoreFault
from tests.publish.imagined import LONG_AGO, page


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "var" / "site")


def test_a_page_comes_back_with_everything_that_was_put_in(store: Store) -> None:
    kept = page("/feed", headers=(("Access-Control-Allow-Origin", "*"),))
    store.put(kept)
    found = store.get("/feed")
    assert found and found.page == kept


def test_an_empty_store_has_no_pages_and_no_generation(store: Store) -> None:
    assert (store.get("/"), store.generation(), store.stamp(), store.paths(), store.pending()) == (
        None, None, None, set(), [],
    )  # fmt: skip


def test_the_same_page_is_written_once(store: Store) -> None:
    assert store.put(page()) is True
    assert store.put(page()) is False
    assert store.put(page(text="Something is wrong")) is True


def test_the_date_moves_forward_with_every_change_of_the_bytes(store: Store) -> None:
    dates = []
    for text in ("one", "two", "three"):
        store.put(page(text=text))
        found = store.get("/")
        assert found
        dates.append(found.page.last_modified)
    assert dates == [LONG_AGO, LONG_AGO + timedelta(seconds=1), LONG_AGO + timedelta(seconds=2)]


def test_a_removed_page_is_gone(store: Store) -> None:
    store.put(page("/incidents/abc"))
    assert store.remove("/incidents/abc") is True
    assert store.remove("/incidents/abc") is False
    assert store.get("/incidents/abc") is None


def test_paths_lists_what_is_readable(store: Store) -> None:
    store.put(page("/"))
    store.put(page("/history"))
    damaged = store.put(page("/uptime")) and store._file("/uptime")
    damaged.write_bytes(damaged.read_bytes()[:-9])
    assert store.paths() == {"/", "/history"}
    assert store.get("/uptime") is None


def test_paths_that_differ_in_case_or_nest_do_not_meet(store: Store) -> None:
    paths = ["/a", "/A", "/a/b", "/a/b/c", "/ä", "/" + "x" * 400]
    for path in paths:
        store.put(page(path, text=path))
    assert store.paths() == set(paths)


def test_a_generation_comes_back_and_says_it_survived_this_boot(store: Store) -> None:
    generation = Generation(7, LONG_AGO, recipe="r1", pending=3)
    store.advance(generation)
    known = store.generation()
    assert known and (known.number, known.as_of, known.recipe, known.pending) == (7, LONG_AGO, "r1", 3)
    assert store.survived_boot(known)


def test_a_generation_from_before_the_machine_crashed_is_not_trusted(store: Store) -> None:
    store.advance(Generation(7, LONG_AGO))
    after_a_crash = Store(store.directory)
    after_a_crash._boot = "another boot"
    known = after_a_crash.generation()
    assert known and not after_a_crash.survived_boot(known)


def test_every_generation_has_a_stamp_of_its_own(store: Store) -> None:
    stamps = []
    for number in range(50):
        store.advance(Generation(number, LONG_AGO))
        stamps.append(store.stamp())
    assert len(set(stamps)) == 50


@pytest.mark.parametrize("content", [b"", b"{}", b'{"number": 1}', b'{"number": 1, "as_of": "soon"}', b"\x00" * 80])
def test_a_damaged_generation_counts_as_none(store: Store, content: bytes) -> None:
    store.advance(Generation(1, LONG_AGO))
    (store.directory / "generation").write_bytes(content)
    assert store.generation() is None


def test_pending_paths_keep_their_order(store: Store) -> None:
    store.plan(["/z", "/a", "/m"])
    assert store.pending() == ["/z", "/a", "/m"]


def test_forgetting_keeps_the_pages_and_drops_the_generation(store: Store) -> None:
    store.put(page())
    store.advance(Generation(1, LONG_AGO))
    store.forget()
    store.forget()
    assert store.generation() is None
    assert store.get("/") is not None


def test_writing_where_it_is_impossible_is_a_fault_that_says_where(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file in the way")
    store = Store(tmp_path / "site")
    acts = [
        lambda: store.put(page()),
        lambda: store.advance(Generation(1, LONG_AGO)),
        lambda: store.remove("/"),
        lambda: store.plan(["/"]),
        lambda: store.locked(0).__enter__(),
    ]
    for act in acts:
        with pytest.raises(StoreFault, match=r"site cannot be written .*; check its rights and space"):
            act()
    assert (store.get("/"), store.generation()) == (None, None)


def _hold(directory: str, held: "multiprocessing.synchronize.Event", free: "multiprocessing.synchronize.Event") -> None:
    with Store(Path(directory)).locked(5) as mine:
        assert mine
        held.set()
        free.wait(20)


def test_one_process_of_the_host_builds_at_a_time(store: Store) -> None:
    spawn = multiprocessing.get_context("spawn")
    held, free = spawn.Event(), spawn.Event()
    other = spawn.Process(target=_hold, args=(str(store.directory), held, free))
    other.start()
    assert held.wait(20)
    with store.locked(0) as mine:
        assert mine is False
    free.set()
    other.join(20)
    with store.locked(5) as mine:
        assert mine is True


def test_the_lock_of_a_killed_builder_is_free(store: Store) -> None:
    spawn = multiprocessing.get_context("spawn")
    held, free = spawn.Event(), spawn.Event()
    other = spawn.Process(target=_hold, args=(str(store.directory), held, free))
    other.start()
    assert held.wait(20)
    other.kill()
    other.join(20)
    with store.locked(5) as mine:
        assert mine is True
