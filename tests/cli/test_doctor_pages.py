"""`statuspage doctor` on the stored pages of the host."""

import errno
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from statuspage.cli.shell import Shell
from statuspage.core.db import commit
from statuspage.outbox.actions import publish
from statuspage.publish.store import Store
from tests.cli.conftest import Command


def pages_of(statuspage: Command) -> dict[str, Any]:
    return next(row for row in json.loads(statuspage("doctor", "--json").out) if row["part"] == "pages")


def publish_something(shell: Shell, ago: timedelta) -> None:
    with shell.ready_database.session() as session:
        publish(session, ["site"], shell.now() - ago)
        commit(session)


def test_a_host_without_pages_is_told_how_to_get_some(statuspage: Command, installation: Shell) -> None:
    assert pages_of(statuspage)["level"] == "warning"


def test_pages_that_follow_are_well(statuspage: Command, installation: Shell) -> None:
    statuspage("site", "build")
    assert pages_of(statuspage)["level"] == "ok"
    publish_something(installation, timedelta(seconds=20))
    assert pages_of(statuspage)["level"] == "ok"


def test_a_disk_without_room_for_news_is_a_fault(
    statuspage: Command, installation: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuspage("site", "build")
    publish_something(installation, timedelta(minutes=2))

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "write_bytes", full)
        refused = statuspage("site", "build")
    assert refused.status == 1
    assert "No space left on device" in refused.err
    found = pages_of(statuspage)
    assert (found["level"], "statuspage site build" in found["sentence"]) == ("fault", True)
    assert statuspage("site", "build").status == 0
    assert pages_of(statuspage)["level"] == "ok"


def test_what_is_left_of_a_wide_change_is_mentioned(statuspage: Command, installation: Shell) -> None:
    statuspage("site", "build")
    store = Store(installation.settings.data.dir / "site")
    known = store.generation()
    assert known is not None
    with store.locked(1):
        store.advance(type(known)(known.number, known.as_of, known.recipe, pending=1200))
    assert pages_of(statuspage)["sentence"].startswith("1,200 pages")
