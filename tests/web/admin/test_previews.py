"""Seeing before sending: page, mail, chat and feed as they will be, and nothing left behind."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from statuspage.audit.actor import SYSTEM
from statuspage.core.clock import Clock
from statuspage.core.config import Settings
from statuspage.core.db import Database, metadata
from statuspage.delivery.expander import Expander
from statuspage.domain.incidents.enums import Impact
from statuspage.domain.subscribers.actions import Choices, add_subscriber
from statuspage.outbox.models import Delivery
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import ADA, BEN, CLEO
from tests.kit.clock import FrozenClock
from tests.kit.statements import statements
from tests.web.admin.conftest import Behind, Staff

CHANNELS = ("on-page", "on-mail", "on-chat", "on-feed")


def channel(page: Answer, name: str) -> str:
    return page.texts(f"//section[@aria-labelledby='{name}']")[0]


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, without what notes that somebody was here."""
    with database.engine.connect() as connection:
        return {
            table.name: sorted((tuple(map(str, row)) for row in connection.execute(sa.select(table))), key=str)
            for table in metadata.sorted_tables
        }


def files(settings: Settings) -> dict[str, bytes]:
    root = settings.data.dir
    return {str(file): file.read_bytes() for file in root.rglob("*") if file.is_file() and ".db" not in file.name}


def test_an_update_is_seen_on_every_channel(declared: Answer, ben: StrictBrowser) -> None:
    page = ben.submit(
        declared, "Preview", {"level.web": "partial_outage"}, body="We *found* it.", status="identified",
        next_update_at="2026-11-18T14:30", workaround="Pay by invoice.",
    )  # fmt: skip
    assert page.h1 == "Preview"
    for name in CHANNELS:
        said = channel(page, name)
        assert "We found it." in said, name
        assert "Checkout fails" in said, name
        assert "Pay by invoice." in said, name
        assert "Web" in said, name
    assert "[Acme] Identified: Checkout fails" in channel(page, "on-mail")
    assert "Identified: Checkout failsCritical impact" in channel(page, "on-chat")
    assert "Next update by18 Nov 2026, 14:30 CET (13:30 UTC)" in channel(page, "on-chat")
    assert "Identified: Checkout fails" in channel(page, "on-feed")
    assert page.root.xpath("//@data-reach") == ["1 subscriber"]


def test_declaring_is_seen_first(ben: StrictBrowser, behind: Behind) -> None:
    form = ben.get("/admin/incidents/new")
    page = ben.submit(form, "Preview", {"level.web": "major_outage"}, public_title="Checkout fails")
    assert all("Checkout fails" in channel(page, name) for name in CHANNELS)
    assert behind.incidents() == 0


def test_a_correction_is_seen_with_the_words_before(declared: Answer, ben: StrictBrowser) -> None:
    form = ben.click(declared, "Correct or retract the update of 13:00")
    page = ben.submit(form, "Preview", body="Payments by card are declined.", reason="Too wide", notify=True)
    assert "Payments by card are declined." in channel(page, "on-page")
    assert "Until" in channel(page, "on-page")
    assert "We corrected what we wrote" in channel(page, "on-mail")
    assert "Reason: Too wide" in channel(page, "on-chat")
    assert page.root.xpath("//@data-reach") == ["0 subscribers"], "nobody has been sent the original yet"
    same = ben.submit(form, "Preview")
    assert "These are the words that stand already." in same.text


@pytest.mark.parametrize("repeat", ["", "weekly"])
def test_announced_work_is_seen_first(repeat: str, ben: StrictBrowser) -> None:
    form = ben.get("/admin/maintenance/new")
    page = ben.submit(form, "Preview", title="New servers", component=["mail"], repeat=repeat, times="4")
    assert all("New servers" in channel(page, name) for name in CHANNELS)
    assert "Begins" in channel(page, "on-chat")


def test_a_word_about_maintenance_is_seen_first(ben: StrictBrowser) -> None:
    planned = ben.submit(ben.get("/admin/maintenance/new"), "Announce to page and 1 subscriber",
                         title="New servers", component=["mail"])  # fmt: skip
    page = ben.submit(planned, "Preview", status="in_progress")
    assert "The maintenance has begun." in channel(page, "on-page")
    assert "Maintenance started" in channel(page, "on-mail")
    assert "Maintenance in progress: New servers" in channel(page, "on-chat")
    over = ben.submit(planned, "Preview", status="cancelled", body="Not today.", notify=False)
    assert "Not today." in channel(over, "on-page")
    assert "Nobody is told by mail." in channel(over, "on-mail")


def test_hints_about_the_wording_stand_above_what_they_are_about(declared: Answer, ben: StrictBrowser) -> None:
    page = ben.submit(declared, "Preview", body="It will be fixed in 5 minutes.", status="identified")
    assert "will be fixed in 5" in page.texts("//ul[@class='hints']/li/q")[0]
    calm = ben.submit(declared, "Preview", body="We have found the cause.", status="identified")
    assert calm.texts("//ul[@class='hints']") == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"body": ""}, "Say what is happening first."),
        ({"body": "b" * 20_001}, "Keep it to 20000 characters; these are 20001."),
        ({"body": "Words.", "next_update_at": "2026-11-18T12:00"}, "The next update must be due in the future."),
        ({"status": "note", "body": "Route B"}, "A note stays inside: nobody but the team reads it."),
    ],
)
def test_what_keeps_words_from_going_out_is_said_instead(
    typed: dict[str, str], sentence: str, declared: Answer, ben: StrictBrowser
) -> None:
    page = ben.submit(declared, "Preview", **typed)
    assert page.status == 200
    assert page.texts("//div[@id='channels']//p") == [sentence]


def test_a_missing_title_is_asked_for(ben: StrictBrowser) -> None:
    page = ben.submit(ben.get("/admin/incidents/new"), "Preview")
    assert page.texts("//div[@id='channels']//p") == ["Say what customers see first."]


def test_words_behind_somebody_else_s_are_not_shown_as_going_out(declared: Answer, ben: StrictBrowser) -> None:
    ben.submit(declared, "Publish to page and 1 subscriber", body="First.", status="identified")
    page = ben.submit(declared, "Preview", body="Second.", status="identified")
    assert "Somebody posted or changed something" in page.text


def test_whoever_may_not_publish_sees_no_preview(declared: Answer, staff: Staff) -> None:
    cleo = staff(CLEO)
    assert "Preview" not in cleo.get(declared.path).texts("//button")
    assert cleo.post(f"{declared.path}/updates/preview", {"body": "x"}).status in (400, 403)


def test_previews_leave_nothing_behind(
    declared: Answer, ben: StrictBrowser, database: Database, settings: Settings
) -> None:
    rows, stored = everything(database), files(settings)
    plan, new = ben.get("/admin/maintenance/new"), ben.get("/admin/incidents/new")
    correct = ben.click(declared, "Correct or retract the update of 13:00")
    for number in range(8):
        ben.submit(declared, "Preview", body=f"Word {number}.", status="resolved")
        ben.submit(new, "Preview", {"level.web": "major_outage"}, public_title=f"Title {number}")
        ben.submit(correct, "Preview", body=f"Better {number}.", notify=True)
        ben.submit(plan, "Preview", title=f"Work {number}", component=["mail"], repeat="weekly", times="3")
    assert everything(database) == rows
    assert files(settings) == stored
    ref = ben.submit(new, "Declare internally", public_title="Next").text
    assert "INC-2026-0002" in ref, "a preview uses up no number"


@pytest.mark.parametrize("status", ["identified", "resolved"])
def test_the_count_is_what_the_worker_then_writes(
    status: str, declared: Answer, ben: StrictBrowser, behind: Behind, clock: FrozenClock
) -> None:
    with behind.writing() as session:
        for number, choices in enumerate(_CHOICES):
            add_subscriber(session, f"s{number}@example.net", choices, confirmed=True, by=SYSTEM, now=clock.now())
    typed = {"level.mail": "partial_outage"}
    page = ben.submit(declared, "Preview", typed, body="Mail, too.", status=status)
    (reach,) = page.root.xpath("//@data-reach")
    ben.submit(declared, "Publish to page and 1 subscriber", typed, body="Mail, too.", status=status)
    assert f"{_written(behind.database, clock)} subscribers" == reach


_CHOICES = (
    Choices(),
    Choices(components=("mail",)),
    Choices(components=("api",)),
    Choices(components=("web",), minimum_impact=Impact.CRITICAL),
)


def _written(database: Database, clock: Clock) -> int:
    expander = Expander(database, clock)
    while expander.step():
        pass
    with database.session(readonly=True) as session:
        newest = sa.select(Delivery.event_id).order_by(Delivery.event_id.desc()).limit(1).scalar_subquery()
        found = session.scalar(sa.select(sa.func.count()).where(Delivery.event_id == newest))
    assert found
    return found


def test_the_truth_about_a_missing_worker_stands_beside_the_button(declared: Answer, ben: StrictBrowser) -> None:
    assert declared.texts("//p[@data-waits]") == ["1 mail will wait: no worker has run yet."]
    page = ben.submit(declared, "Preview", body="Words.", status="identified")
    assert page.texts("//*[@data-waits]") == ["1 mail will wait: no worker has run yet."]


def test_a_preview_costs_the_same_however_long_the_story(declared: Answer, ben: StrictBrowser) -> None:
    ben.submit(declared, "Preview", body="Words.", status="identified")
    with statements() as few:
        ben.submit(declared, "Preview", body="Words.", status="identified")
    room = declared
    for number in range(4):
        room = ben.submit(room, "Publish to page and 1 subscriber", body=f"W {number}.", status="identified")
    with statements() as many:
        ben.submit(room, "Preview", body="Words.", status="identified")
    assert len(many) <= len(few)


@pytest.mark.both_engines
def test_previews_and_real_words_at_once_disturb_nobody(declared: Answer, staff: Staff, behind: Behind) -> None:
    ada, ben = staff(ADA), staff(BEN)
    room, new = ada.get(declared.path), ben.get("/admin/incidents/new")
    done = threading.Event()

    def look() -> int:
        seen = 0
        while not (done.is_set() and seen):
            page = ada.submit(room, "Preview", {"seen_version": ""}, body="Never said.", status="identified")
            assert "Never said." in channel(page, "on-page")
            seen += 1
        return seen

    with ThreadPoolExecutor() as threads:
        looking = threads.submit(look)
        try:
            for number in range(5):
                said = ben.submit(new, "Declare internally", public_title=f"Title {number}")
                assert f"INC-2026-000{number + 2}" in said.text
        finally:
            done.set()
        assert looking.result() > 0
    assert behind.incidents() == 6
    assert "Never said." not in ben.get(declared.path).text
