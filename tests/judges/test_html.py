"""Every sort of page, held against the HTML standard by html-validate: public pages, the way of a subscriber, errors,
and the panel."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from statuspage.core.config import Settings
from statuspage.core.db import Database, commit
from statuspage.core.secrets import Keys, Purpose
from statuspage.domain.incidents.actions import Correction, correct_update, post_update, retract_update
from statuspage.domain.incidents.enums import PublicStatus
from statuspage.domain.maintenance.actions import start_maintenance
from statuspage.domain.subscribers.actions import Choices, add_subscriber
from statuspage.publish.pages import all_paths
from tests.judges.conftest import Judge
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import ADA, Cast, declare, plan, says
from tests.kit.clock import FrozenClock

# What the standard asks, and what readers by ear need. A button without a type submits its form, which is what ours do;
# a list may have a name of its own; what comes from this site needs no second proof.
RULES = {
    "extends": ["html-validate:standard", "html-validate:document", "html-validate:a11y"],
    "rules": {
        "no-implicit-button-type": "off",
        "aria-label-misuse": ["error", {"allowAnyNamable": True}],
        "require-sri": ["error", {"target": "crossorigin"}],
    },
}
# Kept on purpose: without "off" Firefox puts an old number of the draft back into a form that is loaded again, and
# without scripts nothing but this tells a frame on another site to look again.
KEPT = ('"off" cannot be used on <input type="hidden">', "Meta refresh must be instant")
ADDRESS = "reader@example.net"
PANEL = (
    *("", "incidents", "incidents/new", "incidents/past", "incidents/INC-2026-0001", "incidents/INC-2026-0002"),
    *("incidents/INC-2026-0001/facts", "incidents/INC-2026-0001/ending", "maintenance", "maintenance/new"),
    *("maintenance/MNT-2026-0001", "components", "components/new", "components/web/edit", "components/web/intervals"),
    *("subscribers", "settings/profile", "settings/people", "settings/tokens", "settings/templates", "settings/audit"),
)


@pytest.fixture
def reader(database: Database, settled: Cast, clock: FrozenClock) -> str:
    """The id of a subscriber of a page on which everything happened that pages have a form for."""
    with database.session() as session:
        over = declare(session, settled.ben, clock.now(), title="Over")
        wrong = post_update(session, over, says("The moon fell."), by=settled.ben, now=clock.advance(minutes=2))
        retract_update(session, wrong, "It did not.", by=settled.ben, now=clock.advance(minutes=1))
        done = post_update(session, over, says("Ovr.", PublicStatus.RESOLVED), by=settled.ben, now=clock.now())
        correct_update(session, done, Correction("Over."), by=settled.ben, now=clock.advance(minutes=2))
        more = {"next_update_at": clock.now() + timedelta(minutes=30), "workaround": "Use the *phone*."}
        still = declare(session, settled.ben, clock.now())
        draft = says("# Found\n\n- a [link](https://example.com/)\n\n| a | b |\n|---|---|\n| 1 | 2 |", **more)
        post_update(session, still, draft, by=settled.ben, now=clock.advance(minutes=5))
        start_maintenance(session, plan(session, settled.ben, clock.now()), by=settled.ben, now=clock.now())
        plan(session, settled.ben, clock.now(), title="Later")
        subscriber = add_subscriber(session, ADDRESS, Choices(), confirmed=True, by=settled.ada, now=clock.now())
        commit(session)
        return subscriber.id


@pytest.fixture
def seen(
    database: Database, reader: str, clock: FrozenClock, client: StrictBrowser, settings: Settings
) -> list[Answer]:
    """Public pages, the way of a subscriber (asking, asking wrongly, managing, leaving), and errors."""
    with database.session(readonly=True) as session:
        public = [path for path in all_paths(session, clock.now()) if "." not in path or path == "/embed.html"]
    keys, form = Keys([settings.secret_key]), client.get("/subscribe")
    manage = f"/subscriptions/{keys.seal(Purpose.MANAGE, reader)}"
    return [
        *(client.get(path) for path in public),
        client.submit(form, "Send me updates", email="newcomer@example.org"),
        client.submit(form, "Send me updates", email="nobody"),
        *(
            client.get(path)
            for path in (manage, f"{manage}x", f"/unsubscribe/{keys.seal(Purpose.UNSUBSCRIBE, reader)}")
        ),
        *(client.get(path) for path in ("/nothing", "/signin")),
        client.post("/history", {}),
    ]


def test_every_page_is_valid_html(judge: Judge, seen: list[Answer], staff: Callable[[str], StrictBrowser]) -> None:
    ada = staff(ADA)
    answers = [*seen, *(ada.get(f"/admin/{place}") for place in (*PANEL, "nothing"))]
    pages = {f"{number} {answer.path} ({answer.status})": answer.html for number, answer in enumerate(answers)}
    assert len(pages) > 40
    faults = judge("validate.mjs", json.dumps(RULES), given=pages)
    faults = [fault for fault in faults if not any(words in fault for words in KEPT)]
    assert not faults, "\n".join(faults)
