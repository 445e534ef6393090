"""Which addresses there are, and which a change or the clock touches."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from statuspage.domain.components.actions import ComponentDraft, change_component
from statuspage.domain.components.enums import Visibility
from statuspage.domain.components.profile import ProfileDraft, change_profile
from statuspage.domain.incidents.actions import post_update
from statuspage.domain.incidents.enums import PublicStatus, UpdateVisibility
from statuspage.publish.pages import all_paths, render, timed_paths, touched_paths
from statuspage.publish.pages.beside import BESIDE
from statuspage.publish.pages.routes import STANDING, is_translated
from tests.kit.cast import Cast, declare, plan, says
from tests.kit.clock import FrozenClock
from tests.publish.rendered import SITE, counted, document, page, root, text


def test_every_listed_address_answers_and_every_link_leads_somewhere(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    declare(session, cast.ben, clock.now())
    plan(session, cast.ben, clock.now())
    every = set(all_paths(session, clock.now()))
    linked = set()
    for path in sorted(every):
        found = page(session, path, clock.now())
        assert found.path == path
        if found.content_type.startswith("text/html"):
            tree = root(session, path, clock.now())
            hrefs = tree.xpath("//a/@href | //link[@rel='alternate']/@href")
            linked |= {href.removeprefix("https://status.example.com").partition("#")[0] for href in hrefs}
    assert {href for href in linked if href and href not in every} == set()


def test_the_same_facts_give_the_same_bytes(session: Session, cast: Cast, clock: FrozenClock) -> None:
    declare(session, cast.ben, clock.now())
    for path in all_paths(session, clock.now()):
        first = page(session, path, clock.now()).body
        session.expire_all()
        session.info.clear()
        assert page(session, path, clock.now()).body == first, path


@pytest.mark.parametrize(
    "path",
    [
        *("/admin/", "//", "/Index", "/incidents/aaaaaaaaaaaa", "/incidents/../x", "/maintenance/aaaaaaaaaaaa"),
        *("/history/2020-01", "/history/2027-01", "/history/2026-13", "/components/nothing"),
        "/api/v2/incidents/aaaaaaaaaaaa.json",
    ],
)
def test_nothing_answers_where_nothing_public_is(session: Session, cast: Cast, clock: FrozenClock, path: str) -> None:
    assert render(session, path, SITE, clock.now()) is None


def test_nothing_internal_can_be_read_anywhere(session: Session, cast: Cast, clock: FrozenClock) -> None:
    hidden = ComponentDraft("canary-component", slug="api", description="canary-words", visibility=Visibility.INTERNAL)
    change_component(session, "api", hidden, version=None, by=cast.ada, now=clock.now())
    incident = declare(session, cast.ben, clock.now(), title="canary-title", public_title="Checkout fails")
    note = says("canary-note", visibility=UpdateVisibility.INTERNAL_NOTE)
    post_update(session, incident, note, by=cast.ben, now=clock.advance(minutes=1))
    inside = declare(session, cast.ben, clock.now(), title="canary-inside", update=None)
    plan(session, cast.ben, clock.now(), components=("mail", "api"))
    session.expire_all()
    for path in all_paths(session, clock.now()):
        body = page(session, path, clock.now()).body.decode()
        for secret in ("canary", inside.code, inside.ref, incident.ref, cast.ben.name, "SEV", "sev2"):
            assert secret not in body, f"{secret} stands in {path}"
    for path in (f"/incidents/{inside.code}", f"/api/v2/incidents/{inside.code}.json", "/components/api"):
        assert render(session, path, SITE, clock.now()) is None


def test_an_incident_touches_what_tells_of_it_and_nothing_else(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    older = declare(session, cast.ben, clock.now() - timedelta(days=40))
    incident = declare(session, cast.ben, clock.now())
    touched = touched_paths(session, ["site", f"incident:{incident.code}", "component:web"], clock.now())
    own = {f"/incidents/{incident.code}", f"/api/v2/incidents/{incident.code}.json", "/components/web"}
    beside = {f"/components/web{suffix}" for suffix in BESIDE}
    plain = {*STANDING, *own, *beside, "/history/2026-11"}
    assert touched == plain | {f"/de{path}" for path in plain if is_translated(path)}
    assert f"/incidents/{older.code}" not in touched


def test_a_story_of_the_first_month_touches_every_month(session: Session, cast: Cast, clock: FrozenClock) -> None:
    first = declare(session, cast.ben, clock.now() - timedelta(days=70))
    touched = touched_paths(session, [f"incident:{first.code}"], clock.now())
    assert {"/history/2026-09", "/history/2026-10", "/history/2026-11"} <= touched


def test_a_new_name_touches_everything(session: Session, cast: Cast, clock: FrozenClock) -> None:
    declare(session, cast.ben, clock.now())
    touched = touched_paths(session, ["site", "everything"], clock.now())
    assert touched >= set(all_paths(session, clock.now()))
    assert {"/history/2026-10", "/history/2026-12"} <= touched


def test_no_touch_touches_nothing(session: Session, cast: Cast, clock: FrozenClock) -> None:
    assert touched_paths(session, [], clock.now()) == set()


def test_touching_costs_the_same_however_much_there_is(session: Session, cast: Cast, clock: FrozenClock) -> None:
    costs = []
    for more in (1, 12):
        for _ in range(more):
            incident = declare(session, cast.ben, clock.now())
        with counted(session) as statements:
            touched_paths(session, ["site", f"incident:{incident.code}"], clock.now())
        costs.append(len(statements))
    assert costs[0] == costs[1]


def test_the_clock_moves_promises_bars_and_the_turn_of_the_month(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    incident = declare(session, cast.ben, clock.now())
    story = f"/incidents/{incident.code}"
    calm = timed_paths(session, clock.now(), clock.now() - timedelta(minutes=5))
    assert {"/", "/uptime", "/components/web"} <= calm
    assert story not in calm
    due = clock.now() + timedelta(minutes=10)
    post_update(session, incident, says("Soon.", next_update_at=due), by=cast.ben, now=clock.now())
    session.expire_all()
    assert {story, "/updates.atom", "/components/web.atom"} <= timed_paths(session, clock.now(), clock.now())
    turned = timed_paths(session, clock.now(), clock.now() - timedelta(days=30))
    assert {"/history/2026-11", "/sitemap.xml"} <= turned
    post_update(session, incident, says("Over.", PublicStatus.RESOLVED), by=cast.ben, now=clock.advance(minutes=1))
    assert story not in timed_paths(session, clock.now(), clock.now())


@pytest.mark.parametrize(
    ("hours", "asks_anew"), [(23, False), (24, True), (25, False), (8 * 24, True), (9 * 24, False)]
)
def test_a_story_is_rebuilt_when_it_asks_its_readers_something_else(
    session: Session, cast: Cast, clock: FrozenClock, hours: int, asks_anew: bool
) -> None:
    incident = declare(session, cast.ben, clock.now())
    post_update(session, incident, says("Over.", PublicStatus.RESOLVED), by=cast.ben, now=clock.advance(minutes=1))
    as_of = clock.now() + timedelta(hours=hours)
    moved = timed_paths(session, as_of, as_of - timedelta(minutes=5))
    assert (f"/incidents/{incident.code}" in moved, f"/de/incidents/{incident.code}" in moved) == (asks_anew,) * 2


def test_with_nothing_to_tell_the_turn_of_the_month_takes_the_old_month_away(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    since, as_of = clock.now(), clock.now() + timedelta(days=61)
    gone = set(all_paths(session, since)) - set(all_paths(session, as_of))
    assert gone == {"/history/2026-11", "/de/history/2026-11"}
    assert gone | {"/history/2027-01"} <= timed_paths(session, as_of, since)


@pytest.mark.soak_on("postgresql")
def test_what_the_clock_does_not_touch_does_not_change(session: Session, cast: Cast, clock: FrozenClock) -> None:
    earlier = clock.now() - timedelta(days=35)
    incident = declare(session, cast.ben, earlier)
    post_update(session, incident, says("Over.", PublicStatus.RESOLVED), by=cast.ben, now=earlier)
    lately = declare(session, cast.ben, clock.now() - timedelta(hours=21))
    over, end = says("Over.", PublicStatus.RESOLVED), clock.now() - timedelta(hours=20)
    post_update(session, lately, over, by=cast.ben, now=end)
    due = clock.now() + timedelta(minutes=7)
    opened = declare(session, cast.ben, clock.now())
    post_update(session, opened, says("Soon.", next_update_at=due), by=cast.ben, now=clock.now())
    plan(session, cast.ben, clock.now())
    for step in (timedelta(minutes=5), timedelta(minutes=10), timedelta(hours=13), timedelta(days=20)):
        since, as_of = clock.now(), clock.now() + step
        untouched = set(all_paths(session, since)) - timed_paths(session, as_of, since)
        for path in untouched:
            assert page(session, path, since).body == page(session, path, as_of).body, (path, step)


def test_the_page_wears_the_name_and_zone_that_stand_in_the_database(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    assert "Times in Europe/Berlin" in text(session, "/", clock.now())
    assert document(session, "/api/v2/status.json", clock.now())["page"]["name"] == "Acme"


def test_the_support_link_is_in_every_frame(session: Session, cast: Cast, clock: FrozenClock) -> None:
    change_profile(session, ProfileDraft("Acme", "UTC", "mailto:help@example.com"), by=cast.ada, now=clock.now())
    assert root(session, "/uptime", clock.now()).xpath("//footer//a[text()='Get help']/@href") == [
        "mailto:help@example.com"
    ]


def test_programs_elsewhere_may_read_documents_and_feeds(session: Session, cast: Cast, clock: FrozenClock) -> None:
    for path in STANDING:
        opened = path.startswith("/api/") or path.endswith((".rss", ".atom", ".json", ".ics", ".svg"))
        assert (("Access-Control-Allow-Origin", "*") in page(session, path, clock.now()).headers) is opened, path


def test_robots_and_sitemap_lead_to_what_is_public(session: Session, cast: Cast, clock: FrozenClock) -> None:
    incident = declare(session, cast.ben, clock.now())
    robots = page(session, "/robots.txt", clock.now()).body.decode()
    assert "Sitemap: https://status.example.com/sitemap.xml" in robots
    assert "Disallow: /admin/" in robots
    sitemap = page(session, "/sitemap.xml", clock.now()).body.decode()
    assert f"<loc>https://status.example.com/incidents/{incident.code}</loc>" in sitemap
    assert "<loc>https://status.example.com/history/2026-11</loc>" in sitemap
