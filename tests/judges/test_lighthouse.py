"""Lighthouse looks at the page during an incident as on a phone. Its fourth category, performance, is measured by
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
        declare(session, live_site.cast.ben, SYSTEM_CLOCK.now() - timedelta(minutes=5))
        commit(session)
    live_site.serving.builder.finish()
    address = f"{live_site.url}/"
    found = judge("lighthouse.mjs", browser, ",".join(CATEGORIES), address)[address]
    assert found["fault"] is None
    assert found["scores"] == dict.fromkeys(CATEGORIES, 100), "\n".join(found["costs"])
