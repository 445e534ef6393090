"""What a page weighs on the wire: HTML, stylesheet and scripts, compressed."""

import pytest
from sqlalchemy.orm import Session

from statuspage.domain.components.actions import ComponentDraft, create_component
from statuspage.publish.records import Page, encode
from tests.kit.cast import Cast, declare
from tests.kit.clock import NOON, FrozenClock
from tests.publish.rendered import SITE, page, root

pytestmark = pytest.mark.soak_on("postgresql")

LIMIT = 40_000


def _on_the_wire(body: bytes, content_type: str) -> int:
    record = encode(Page("/", content_type, body, NOON))
    return min(len(variant.body) for variant in record.variants)


def test_the_page_with_eighty_components_and_three_incidents_stays_light(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    for number in range(80):
        create_component(session, ComponentDraft(f"Component {number}"), by=cast.ada, now=clock.now())
    for _ in range(3):
        declare(session, cast.ben, clock.now())
    home = page(session, "/", clock.now())
    tree = root(session, "/", clock.now())
    addresses = tree.xpath("//link[@rel='stylesheet']/@href | //script/@src")
    assert len(tree.xpath("//link[@rel='stylesheet']")) == 1
    weight = _on_the_wire(home.body, home.content_type)
    for address in addresses:
        asset = SITE.assets.at(address)
        assert asset is not None, address
        weight += _on_the_wire(asset.body, asset.content_type)
    assert weight < LIMIT, f"{weight} bytes"
