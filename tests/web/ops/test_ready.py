"""`/readyz`: can something be published right now?"""

from statuspage.audit.actor import SYSTEM
from statuspage.core.db import Database, commit
from statuspage.domain.accounts.access import create_token
from statuspage.domain.accounts.enums import Scope
from statuspage.domain.components.actions import set_manual_status
from statuspage.domain.components.enums import ComponentStatus
from statuspage.outbox.duties import enlist
from statuspage.outbox.models import Worker
from tests.kit.browser import StrictBrowser
from tests.kit.cast import Cast
from tests.kit.clock import FrozenClock


def _worker(database: Database, clock: FrozenClock) -> None:
    with database.session() as session:
        enlist(session, Worker(host="here", version="1", started_at=clock.now(), seen_at=clock.now()))
        commit(session)


def test_it_is_ready_while_the_database_takes_a_write(client: StrictBrowser, settled: Cast) -> None:
    answer = client.get("/readyz")
    assert (answer.status, answer.json, answer.headers["cache-control"]) == (200, {"ready": True}, "no-store")


def test_a_missing_worker_counts_only_when_asked(
    client: StrictBrowser, settled: Cast, database: Database, clock: FrozenClock
) -> None:
    assert client.get("/readyz?require=worker", may_fail=True).status == 503
    _worker(database, clock)
    assert client.get("/readyz?require=worker").status == 200


def test_details_are_for_tokens(client: StrictBrowser, settled: Cast, database: Database, clock: FrozenClock) -> None:
    _worker(database, clock)
    clock.advance(seconds=20)
    with database.session() as session:
        _, token = create_token(session, "monitor", Scope.READ, None, by=SYSTEM, now=clock.now())
        commit(session)
    answer = client.get("/readyz", headers={"Authorization": f"Bearer {token}"})
    assert answer.json == {
        "ready": True,
        "worker_alive": True,
        "worker_age_seconds": 20,
        "waiting": 0,
        "waiting_seconds": 0,
        "findings": [],
    }
    assert client.get("/readyz", headers={"Authorization": "Bearer made-up"}).json == {"ready": True}


def test_it_is_not_ready_without_a_database(client: StrictBrowser, settled: Cast, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE buckets")
    answer = client.get("/readyz", may_fail=True)
    assert (answer.status, answer.json) == (503, {"ready": False})


def test_findings_of_the_honesty_check_are_for_tokens(
    client: StrictBrowser, settled: Cast, database: Database, clock: FrozenClock
) -> None:
    _worker(database, clock)
    with database.session() as session:
        set_manual_status(session, "web", ComponentStatus.MAJOR_OUTAGE, by=SYSTEM, now=clock.now())
        _, token = create_token(session, "monitor", Scope.READ, None, by=SYSTEM, now=clock.now())
        commit(session)
    answer = client.get("/readyz", headers={"Authorization": f"Bearer {token}"})
    (finding,) = answer.json["findings"]
    assert (answer.status, finding["kind"], finding["subject"]) == (200, "component_without_incident", "web")
    assert "findings" not in client.get("/readyz").json
