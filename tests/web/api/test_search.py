"""Searching through the API."""

import pytest

from tests.web.api.conftest import Program, faults_in


def declared(api: Program, title: str, component: str = "api") -> str:
    down = [{"slug": component, "status": "partial_outage"}]
    return str(api.post("/incidents", {"title": title, "severity": "sev2", "components": down}).json["ref"])


def refs(api: Program, path: str) -> list[str]:
    return [one["ref"] for one in api.get(path).json["items"]]


@pytest.mark.both_engines
def test_words_narrow_the_list_together_with_its_filters(api: Program) -> None:
    first, second = declared(api, "Payments fail"), declared(api, "Payments slow", "mail")
    api.post(f"/incidents/{first}/updates", {"visibility": "internal", "body": "The *wallet* times out."})
    assert refs(api, "/incidents?q=payments") == [second, first]
    assert refs(api, "/incidents?q=wallet") == [first]
    assert refs(api, "/incidents?q=payments&component=mail") == [second]
    assert refs(api, f"/incidents?q={first}") == [first]
    assert refs(api, "/incidents?q=%22%27%3B--*") == []


def test_a_search_has_an_end(api: Program) -> None:
    assert set(faults_in(api.get(f"/incidents?q={'x' * 201}"))) == {"q"}


def test_earlier_incidents_like_one_are_listed(api: Program) -> None:
    first, _, third = declared(api, "Payments fail"), declared(api, "Inbox", "mail"), declared(api, "Payments again")
    assert refs(api, f"/incidents/{third}/similar") == [first]
    assert refs(api, f"/incidents/{first}/similar") == []
