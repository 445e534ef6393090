import gzip
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import brotli
import pytest

from statuspage.core.headers import CONTENT_SECURITY_POLICY
from statuspage.publish.assets import Assets
from statuspage.publish.door import Door
from statuspage.publish.freshness import Freshness
from statuspage.publish.store import Generation, Store
from tests.kit.clock import NOON, FrozenClock
from tests.publish.imagined import LONG_AGO, page
from tests.publish.knocking import Application, Visit

BROWSER = "gzip, deflate, br, zstd"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "site")
    store.put(page())
    store.advance(Generation(1, LONG_AGO))
    return store


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    (tmp_path / "static" / "js").mkdir(parents=True)
    (tmp_path / "static" / "js" / "freshness.js").write_text("// fresh\n" * 90)
    return Assets(tmp_path / "static")


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def freshness(clock: FrozenClock) -> Freshness:
    return Freshness(clock)


@pytest.fixture
def visit(store: Store, assets: Assets, application: Application, freshness: Freshness) -> Visit:
    return Visit(Door(store, assets, application, freshness))


def look_now(visit: Visit) -> None:
    """Let the door look at the store as if 200 ms had passed."""
    visit.door._look_at = 0.0


def test_a_stored_page_is_answered_without_the_application(visit: Visit, application: Application) -> None:
    answer = visit("/")
    assert (answer.status, answer.body) == (200, page().body)
    assert application.asked == []


def test_a_page_carries_exactly_the_headers_of_a_cacheable_public_page(visit: Visit) -> None:
    headers = visit("/", Accept_Encoding=BROWSER).headers
    assert headers["cache-control"] == "public, max-age=0, s-maxage=5, stale-if-error=86400"
    assert headers["cdn-cache-control"] == "max-age=5, stale-while-revalidate=30, stale-if-error=86400"
    assert headers["vary"] == "Accept-Encoding"
    assert headers["last-modified"] == "Sun, 01 Nov 2026 08:30:00 GMT"
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "set-cookie" not in headers
    assert "strict-transport-security" not in headers


def test_a_page_reached_over_https_says_so_for_a_year(
    store: Store, assets: Assets, application: Application, freshness: Freshness
) -> None:
    answer = Visit(Door(store, assets, application, freshness, secure=True))("/")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("accept", "encoding", "opened"),
    [("br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("identity", None, bytes)],
)
def test_the_client_gets_the_encoding_it_asks_for(
    visit: Visit, accept: str, encoding: str | None, opened: Callable[[bytes], bytes]
) -> None:
    answer = visit("/", Accept_Encoding=accept)
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["content-length"] == str(len(answer.body))
    assert opened(answer.body) == page().body


def test_a_head_request_gets_the_same_headers_and_no_body(visit: Visit) -> None:
    full, head = visit("/", Accept_Encoding=BROWSER), visit("/", method="HEAD", Accept_Encoding=BROWSER)
    assert (head.status, head.pairs, head.body) == (200, full.pairs, b"")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_client_that_holds_the_page_gets_304_with_its_caching_headers(visit: Visit, method: str) -> None:
    full = visit("/", Accept_Encoding=BROWSER)
    again = visit("/", method=method, Accept_Encoding=BROWSER, If_None_Match=f'"old", {full.headers["etag"]}')
    assert (again.status, again.body) == (304, b"")
    for name in ("etag", "cache-control", "cdn-cache-control", "vary", "last-modified"):
        assert again.headers[name] == full.headers[name]
    assert "content-length" not in again.headers


def test_an_etag_of_one_encoding_does_not_stand_for_another(visit: Visit) -> None:
    zipped = visit("/", Accept_Encoding="gzip").headers["etag"]
    assert visit("/", If_None_Match=zipped).status == 200
    assert visit("/", Accept_Encoding="gzip", If_None_Match=zipped).status == 304


def test_a_feed_reader_that_sends_only_a_date_gets_304(visit: Visit) -> None:
    assert visit("/", If_Modified_Since="Sun, 01 Nov 2026 08:30:00 GMT").status == 304
    assert visit("/", If_Modified_Since="Sun, 01 Nov 2026 08:29:59 GMT").status == 200


def test_a_page_that_is_no_ok_is_never_answered_with_304(visit: Visit, store: Store) -> None:
    store.put(page("/gone", status=410))
    assert visit("/gone", If_None_Match="*").status == 410


def test_the_query_string_is_ignored(visit: Visit, application: Application) -> None:
    assert visit("/", query="utm_source=mail&x=1").body == page().body
    assert application.asked == []


def test_a_page_may_put_its_own_header_in_the_place_of_the_usual_one(visit: Visit, store: Store) -> None:
    own = (("Access-Control-Allow-Origin", "*"), ("content-security-policy", "default-src 'none'"))
    store.put(page("/badge.svg", headers=own))
    answer = visit("/badge.svg")
    assert answer.headers["content-security-policy"] == "default-src 'none'"
    assert [name.lower() for name, _ in answer.pairs].count("content-security-policy") == 1
    held = visit("/badge.svg", If_None_Match=answer.headers["etag"])
    assert held.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/nothing"), ("POST", "/subscribe"), ("OPTIONS", "/"), ("POST", "/")]
)
def test_whatever_is_not_stored_goes_to_the_application(
    visit: Visit, application: Application, method: str, path: str
) -> None:
    assert visit(path, method=method).body == b"live"
    assert application.asked == [f"{method} {path}"]


def test_a_path_beyond_ascii_is_found(visit: Visit, store: Store) -> None:
    store.put(page("/components/größe"))
    assert visit("/components/größe".encode().decode("latin-1")).status == 200
    assert visit("/components/gr\xf6\xdfe").status == 404


def test_news_of_this_process_is_seen_at_once(visit: Visit, store: Store) -> None:
    visit("/")
    store.put(page(text="Something is wrong"))
    store.advance(Generation(2, LONG_AGO))
    assert b"Something is wrong" in visit("/").body


def test_news_of_another_process_is_seen_at_the_next_look(visit: Visit, store: Store) -> None:
    visit("/")
    other = Store(store.directory)
    other.put(page(text="Something is wrong"))
    other.advance(Generation(2, LONG_AGO))
    look_now(visit)
    assert b"Something is wrong" in visit("/").body


def test_between_two_looks_the_disk_is_left_alone(visit: Visit, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    visit("/")
    visit.door._look_at = float("inf")
    monkeypatch.setattr(store, "stamp", lambda: pytest.fail("the door looked"))
    monkeypatch.setattr(store, "get", lambda path: pytest.fail("the door read"))
    assert visit("/").status == 200


def test_a_deleted_store_leaves_the_page_to_the_application(visit: Visit, store: Store) -> None:
    visit("/")
    (store.directory / "generation").unlink()
    for file in (store.directory / "pages").glob("*/*"):
        file.unlink()
    look_now(visit)
    assert visit("/").body == b"live"


def test_a_store_that_cannot_take_the_news_gives_way_to_live_pages(
    visit: Visit, store: Store, application: Application
) -> None:
    store.behind = True
    application.status = "200 OK"
    assert visit("/").body == b"live"


def test_without_a_database_even_an_old_page_is_better_than_none(
    visit: Visit, store: Store, application: Application
) -> None:
    store.behind = True
    application.status = "503 SERVICE UNAVAILABLE"
    assert (visit("/").status, visit("/").body) == (200, page().body)
    assert visit("/nothing").status == 503


def test_memory_is_bounded_and_every_page_is_still_answered(
    store: Store, assets: Assets, application: Application, freshness: Freshness
) -> None:
    for number in range(60):
        store.put(page(f"/incidents/{number}", text=str(number)))
    door = Door(store, assets, application, freshness, memory_bytes=12_000)
    visit = Visit(door)
    for number in (*range(60), *range(60)):
        assert f"<h1>{number}</h1>".encode() in visit(f"/incidents/{number}").body
    assert sum(entry.size for entry in door._entries.values()) <= 12_000


def test_many_spellings_of_accept_encoding_do_not_fill_the_memory(visit: Visit) -> None:
    for number in range(200):
        assert visit("/", Accept_Encoding=f"gzip, x{number}").headers["content-encoding"] == "gzip"
    assert len(visit.door._entries["/"].by_accept) <= 32


def test_a_hashed_asset_may_be_kept_for_a_year(visit: Visit, assets: Assets) -> None:
    answer = visit(assets.url("js/freshness.js"), Accept_Encoding=BROWSER)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["js/freshness.js", "js/freshness.0123456789ab.js"])
def test_a_page_from_before_an_upgrade_still_finds_its_files(visit: Visit, name: str) -> None:
    answer = visit(f"/static/{name}")
    assert (answer.status, answer.body[:8]) == (200, b"// fresh")
    assert "immutable" not in answer.headers["cache-control"]


@pytest.mark.parametrize("path", ["/static/", "/static/nothing.js", "/static/../secret_key", "/static/js/freshness"])
def test_no_other_file_is_served(visit: Visit, path: str) -> None:
    assert visit(path).body == b"live"


def test_freshness_says_when_this_host_last_agreed_with_its_database(
    visit: Visit, freshness: Freshness, clock: FrozenClock
) -> None:
    assert json.loads(visit("/freshness.json").body) == {"agreed_at": None, "age_seconds": None}
    freshness.agree()
    clock.advance(seconds=90)
    answer = visit("/freshness.json")
    assert json.loads(answer.body) == {"agreed_at": "2026-11-18T12:00:00Z", "age_seconds": 90}
    assert answer.headers["cache-control"] == "no-store"


def test_freshness_begins_with_what_the_last_process_left(clock: FrozenClock) -> None:
    report = json.loads(Freshness(clock, since=NOON - timedelta(minutes=10)).report())
    assert report == {"agreed_at": "2026-11-18T11:50:00Z", "age_seconds": 600}


def test_a_process_with_a_stored_page_is_healthy_without_asking_the_application(
    visit: Visit, application: Application
) -> None:
    answer = visit("/healthz")
    assert (answer.status, answer.body, application.asked) == (200, b"ok\n", [])
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("status", "healthy"), [("200 OK", 200), ("503 SERVICE UNAVAILABLE", 503)])
def test_without_a_stored_page_a_process_is_healthy_if_it_can_render_one(
    visit: Visit, store: Store, application: Application, status: str, healthy: int
) -> None:
    store.remove("/")
    application.status = status
    assert visit("/healthz").status == healthy
    assert application.asked == ["GET /"]


def test_health_is_asked_for_by_reading_alone(visit: Visit, application: Application) -> None:
    assert visit("/healthz", method="POST").body == b"live"
    assert application.asked == ["POST /healthz"]
