"""How downtime counts, through the API."""

from tests.web.api.conftest import Program, faults_in


def test_the_counting_is_read_and_changed(api: Program) -> None:
    standing = {"major": 100, "partial": 30, "degraded": 0, "maintenance": 0, "notice_hours": 24}
    assert api.get("/uptime/counting").json == standing
    answer = api.patch("/uptime/counting", {"partial": 50})
    assert (answer.status, answer.json) == (200, {**standing, "partial": 50})
    assert "Partial outage counts with 50 % of its time." in api.browser.get("/uptime").text


def test_impossible_counting_is_refused_by_field(api: Program) -> None:
    assert "degraded" in faults_in(api.patch("/uptime/counting", {"degraded": 40}))
    assert "major" in faults_in(api.patch("/uptime/counting", {"major": 101}))
