"""Lighthouse looks at the page and at one incident as on a phone. Its fourth category, performance, is measured by
`make bench`: it depends on how busy the machine is."""

from datetime import timedelta

import pytest

from statuspage.core.clock import SYSTEM_CLOCK
from statuspage.core.db import Database, commit
from tests.judges.conftest import Judge
from tests.kit.cast import declare
from tests.kit.chromium import MISSING, executable
from tests.kit.live import LiveSite

CATEGORIES = ("accessibility", "best-practices", "seo")

pytestmark = pytest.mark.chromium


def test_lighthouse_gives_a_hundred(judge: Judge, live_site: LiveSite, database: Database) -> None:
    browser = executable()
    if browser is None:
        pytest.skip(MISSING)
    with database.session() as session:
        code = declare(session, live_site.cast.ben, SYSTEM_CLOCK.now() - timedelta(minutes=5)).code
        commit(session)
    live_site.serving.builder.finish()
    addresses = [f"{live_site.url}/", f"{live_site.url}/incidents/{code}"]
    found = judge("lighthouse.mjs", browser, ",".join(CATEGORIES), *addresses)
    for address in addresses:
        assert found[address]["fault"] is None
        assert found[address]["scores"] == dict.fromkeys(CATEGORIES, 100), "\n".join(found[address]["costs"])
