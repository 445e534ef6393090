"""The npm client `statuspage.io` reads this page after one change of address, as its users would make it."""

from datetime import timedelta

from statuspage.core.clock import SYSTEM_CLOCK
from statuspage.core.db import Database, commit
from statuspage.domain.incidents.actions import post_update
from statuspage.domain.incidents.enums import PublicStatus
from tests.judges.conftest import Judge
from tests.kit.cast import declare, plan, says
from tests.kit.live import LiveSite


def test_the_published_client_reads_the_whole_page(judge: Judge, live_site: LiveSite, database: Database) -> None:
    now, ben = SYSTEM_CLOCK.now(), live_site.cast.ben
    with database.session() as session:
        over = declare(session, ben, now - timedelta(hours=2), title="Over")
        resolved = says("It is over.", PublicStatus.RESOLVED)
        post_update(session, over, resolved, by=ben, now=now - timedelta(hours=1))
        declare(session, ben, now - timedelta(minutes=5))
        plan(session, ben, now)
        commit(session)
    live_site.serving.builder.finish()
    read = judge("client.mjs", live_site.url)
    assert read["status"]["status"] == {"indicator": "major", "description": "Partial System Outage"}
    assert {name: row["status"] for row in read["components"]["components"] if (name := row["name"])} == {
        "Platform": "major_outage",
        "Web": "major_outage",
        "API": "operational",
        "Mail": "operational",
    }
    assert [story["name"] for story in read["incidents"]["incidents"]] == ["Checkout fails", "Over"]
    (still,) = read["unresolved"]["incidents"]
    assert (still["status"], still["incident_updates"][0]["status"]) == ("investigating", "investigating")
    assert read["summary"]["incidents"] == [still]
    # Whatever it is asked about maintenance, this version of the client asks for what is coming.
    for call in ("upcoming", "active", "maintenances"):
        assert [work["name"] for work in read[call]["scheduled_maintenances"]] == ["New mail servers"]
