"""`statuspage doctor` finds what is not well, and only then fails."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from statuspage.cli.shell import Shell
from statuspage.core.db import commit, new_id
from statuspage.outbox.models import Worker
from tests.cli.conftest import CONFIG, Command
from tests.kit.mail import SmtpSink


def _findings(statuspage: Command, *arguments: str) -> dict[str, dict[str, Any]]:
    return {row["part"]: row for row in json.loads(statuspage("doctor", "--json", *arguments).out)}


def _worker_seen(shell: Shell, ago: timedelta) -> None:
    with shell.ready_database.session() as session:
        now = shell.now()
        session.add(Worker(id=new_id(), host="here", version="1", started_at=now - ago, seen_at=now - ago))
        commit(session)


def _with_mail(place: Path, sink: SmtpSink, **more: object) -> None:
    keys = {"transport": '"smtp"', "host": f'"{sink.host}"', "port": sink.port, "from": '"s@example.com"', **more}
    lines = "\n".join(f"{key} = {value}" for key, value in keys.items())
    (place / "config.toml").write_text(CONFIG.format(data=place / "var") + f"[mail]\n{lines}\n")


def test_a_healthy_installation_passes(
    statuspage: Command, installation: Shell, empty_place: Path, smtp_sink: SmtpSink
) -> None:
    _with_mail(empty_place, smtp_sink)
    (empty_place / "config.toml").chmod(0o600)
    _worker_seen(installation, timedelta(seconds=5))
    statuspage("db", "backup", "copy.backup")
    outcome = statuspage("doctor")
    assert outcome.status == 0, outcome.out
    assert "FAULT" not in outcome.out
    found = _findings(statuspage)
    for part in ("address", "secret", "disk", "database", "worker", "backup", "mail"):
        assert found[part]["level"] == "ok", found[part]


def test_a_test_mail_really_leaves(
    statuspage: Command, installation: Shell, empty_place: Path, smtp_sink: SmtpSink
) -> None:
    _with_mail(empty_place, smtp_sink)
    found = _findings(statuspage, "--mail", "you@example.net")
    assert found["test mail"]["level"] == "ok"
    (mail,) = smtp_sink.mails
    assert mail.recipient == "you@example.net"


def test_a_relay_that_does_not_answer_is_a_fault(
    statuspage: Command, installation: Shell, empty_place: Path, smtp_sink: SmtpSink
) -> None:
    _with_mail(empty_place, smtp_sink, port=9)
    outcome = statuspage("doctor", "--mail", "you@example.net")
    assert outcome.status == 1
    assert "FAULT   mail" in outcome.out
    assert "FAULT   test mail" in outcome.out


def test_a_silent_worker_is_a_fault(statuspage: Command, installation: Shell) -> None:
    _worker_seen(installation, timedelta(hours=2))
    found = _findings(statuspage)
    assert found["worker"]["level"] == "fault"
    assert "no mail leaves" in found["worker"]["sentence"]


def test_what_will_hurt_some_day_is_a_warning(statuspage: Command, installation: Shell, empty_place: Path) -> None:
    (empty_place / "config.toml").chmod(0o644)
    found = _findings(statuspage)
    for part in ("configuration", "proxy", "mail", "worker", "backup"):
        assert found[part]["level"] == "warning", found[part]


def test_a_page_without_https_is_a_fault(
    statuspage: Command, installation: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATUSPAGE_SITE__BASE_URL", "http://status.example.com")
    assert _findings(statuspage)["address"]["level"] == "fault"


def test_a_missing_database_is_a_finding_and_no_crash(statuspage: Command, empty_place: Path) -> None:
    outcome = statuspage("doctor")
    assert outcome.status == 1
    assert "Run `statuspage db upgrade`" in outcome.out
    assert outcome.err == ""
