"""The frame for pages elsewhere: what it says, and under which policy."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from statuspage.core.headers import merged, security_headers
from statuspage.domain.maintenance.actions import advance_due
from tests.kit.browser import StrictBrowser
from tests.kit.cast import Cast, declare, plan
from tests.kit.clock import FrozenClock
from tests.publish.rendered import page, root, text

pytestmark = pytest.mark.soak_on("postgresql")

FRAME = "/embed.html"


def test_it_says_what_the_page_says_first(session: Session, cast: Cast, clock: FrozenClock) -> None:
    assert text(session, FRAME, clock.now()).startswith("All systems operational")
    incident = declare(session, cast.ben, clock.now())
    session.expire_all()
    found = text(session, FRAME, clock.now())
    assert found.startswith("Web is down Checkout fails Investigating, since 18 Nov, 13:00 CET")
    tree = root(session, FRAME, clock.now())
    assert tree.xpath("//ul/li/a/@href") == [f"/incidents/{incident.code}"]
    assert set(tree.xpath("//a/@target")) == {"_blank"}, "nothing opens inside the frame"


def test_it_shows_the_worst_three_and_counts_the_rest(session: Session, cast: Cast, clock: FrozenClock) -> None:
    for number in range(4):
        declare(session, cast.ben, clock.now(), public_title=f"Fault {number}")
    plan(session, cast.ben, clock.now() - timedelta(days=1))
    advance_due(session, clock.now())
    session.expire_all()
    assert len(root(session, FRAME, clock.now()).xpath("//ul/li")) == 3
    assert "2 more at Acme status" in text(session, FRAME, clock.now())


def test_running_maintenance_is_in_it(session: Session, cast: Cast, clock: FrozenClock) -> None:
    plan(session, cast.ben, clock.now() - timedelta(days=1))
    advance_due(session, clock.now())
    session.expire_all()
    assert "New mail servers In progress, since 18 Nov, 13:00 CET" in text(session, FRAME, clock.now())


def test_any_site_may_frame_it_and_nothing_else(session: Session, cast: Cast, clock: FrozenClock) -> None:
    declare(session, cast.ben, clock.now())
    sent = dict(merged(security_headers(secure=True), page(session, FRAME, clock.now()).headers))
    assert sent["Content-Security-Policy"].startswith("default-src 'none'")
    assert sent["Content-Security-Policy"].endswith("frame-ancestors *")
    assert "X-Frame-Options" not in sent
    for path in ("/", "/subscribe", "/embed.js"):
        other = dict(merged(security_headers(secure=True), page(session, path, clock.now()).headers))
        assert (other["X-Frame-Options"], "frame-ancestors 'none'" in other["Content-Security-Policy"]) == (
            "DENY",
            True,
        )


def test_the_clock_alone_does_not_move_it(session: Session, cast: Cast, clock: FrozenClock) -> None:
    declare(session, cast.ben, clock.now())
    first = page(session, FRAME, clock.now()).body
    assert page(session, FRAME, clock.now() + timedelta(days=3)).body == first


def test_without_a_store_it_comes_under_the_same_policy(client: StrictBrowser, settled: Cast) -> None:
    found = client.get(FRAME)
    assert found.status == 200
    assert "x-frame-options" not in found.headers
    assert found.headers["content-security-policy"].endswith("frame-ancestors *")
    assert client.get("/").headers["x-frame-options"] == "DENY"
    script = client.get("/embed.js")
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert len(script.body) < 2000
