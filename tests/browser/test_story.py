"""The whole story by hand: an incident manager, a customer, a subscriber; real processes, real mail, real feeds."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import feedparser
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kit.mail import Mail, SmtpSink

BEN, PASSWORD, SAM = "ben@example.com", "violet anchors drift slowly", "sam@example.net"
PATIENCE = 30.0


class Installation:
    """An installation of the product's own commands: `url` once it serves."""

    def __init__(self, directory: Path, sink: SmtpSink) -> None:
        self._directory = directory
        self._environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("STATUSPAGE_")},
            "STATUSPAGE_DATA__DIR": str(directory / "var"),
            "STATUSPAGE_SITE__NAME": "Acme",
            "STATUSPAGE_MAIL__TRANSPORT": "smtp",
            "STATUSPAGE_MAIL__HOST": sink.host,
            "STATUSPAGE_MAIL__PORT": str(sink.port),
            "STATUSPAGE_MAIL__FROM": "status@acme.example",
        }
        self.url = ""

    def run(self, *arguments: str, typed: str = "") -> str:
        """Run a command to its end and return what it printed."""
        done = subprocess.run(
            self._command(*arguments), env=self._environ, cwd=self._directory, input=typed, capture_output=True,
            text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def serve(self) -> "subprocess.Popen[str]":
        """Start web processes and worker on a free port and wait until they take requests."""
        process = subprocess.Popen(
            self._command("serve", "--port", "0", "--processes", "2"), env=self._environ, cwd=self._directory,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said.startswith("Listening on "), said
        self.url = said.split()[-1]
        return process

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "statuspage", *arguments]


@pytest.fixture
def installation(tmp_path: Path, smtp_sink: SmtpSink) -> Iterator[Installation]:
    """A running installation with one incident manager, mailing through the sink."""
    made = Installation(tmp_path, smtp_sink)
    made.run("db", "upgrade")
    made.run("user", "add", BEN, "--role", "manager", "--password-stdin", typed=PASSWORD + "\n")
    with made.serve() as process:
        yield made
        process.terminate()
        assert process.wait(timeout=20) == 0


def fetched(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:  # our own loopback address
        return str(answer.read().decode())


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for `holds`; a limit, not a pace."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"not within {PATIENCE:.0f} s: {what}"
        time.sleep(0.1)


def first_link(mail: Mail, part: str) -> str:
    found = re.search(rf"https?://\S*{part}\S*", mail.text)
    assert found, mail.text
    return found[0].rstrip(").>")


def sign_in(page: Page, url: str) -> None:
    page.goto(f"{url}/admin/")
    page.get_by_label("Mail address").fill(BEN)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/admin/$"))


def subscribe(page: Page, url: str, sink: SmtpSink) -> None:
    page.goto(url)
    page.get_by_role("link", name="Get updates").click()
    page.get_by_label("Mail address").fill(SAM)
    page.get_by_role("button", name="Send me updates").click()
    page.goto(first_link(sink.wait_for(1)[0], "/confirm/"))
    page.get_by_role("button", name="Yes, send me updates").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def say(page: Page, status: str, words: str) -> None:
    page.get_by_role("radio", name=status).check()
    page.get_by_label("What is happening").fill(words)
    page.get_by_role("button", name="Publish to page and 1 subscriber").click()
    publish_now(page, words)


def publish_now(page: Page, words: str) -> None:
    """Do not wait for the time to undo it."""
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".line.outside").first).to_contain_text(words)


def test_the_main_job_from_first_word_to_last(
    installation: Installation, smtp_sink: SmtpSink, chromium: Browser, chromium_page: Page
) -> None:
    staff, url = chromium_page, installation.url
    sign_in(staff, url)
    staff.goto(f"{url}/admin/components/new")
    staff.get_by_label("Name").fill("Checkout")
    staff.get_by_role("button", name="Add component").click()
    with chromium.new_context() as context:
        customer = context.new_page()
        subscribe(customer, url, smtp_sink)

        staff.goto(f"{url}/admin/incidents/new")
        staff.get_by_label("Title on the page").fill("Card payments fail")
        staff.get_by_label("Checkout").select_option("partial_outage")
        staff.get_by_label("SEV2").check()
        staff.get_by_label("What is happening").fill("One payment in five is refused.")
        staff.get_by_role("button", name="Declare and publish to page and 1 subscriber").click()
        expect(staff.get_by_role("heading", name="Card payments fail")).to_be_visible()
        assert "One payment in five is refused." not in fetched(url), "there is time to undo it"
        publish_now(staff, "One payment in five is refused.")

        until(lambda: "One payment in five is refused." in fetched(url), "the first word on the page")
        say(staff, "Identified", "A bad certificate; we are replacing it.")
        say(staff, "Resolved", "All payments work again.")
        until(lambda: "All payments work again." in fetched(f"{url}/history.atom"), "the last word in the feed")
        customer.goto(url)
        expect(customer.get_by_role("heading", level=1)).to_have_text("All systems operational")

    the_feeds_tell_it(url)
    the_mails_tell_it(smtp_sink, url)


def the_feeds_tell_it(url: str) -> None:
    for name in ("updates.rss", "updates.atom"):
        feed = feedparser.parse(fetched(f"{url}/{name}"))
        assert not feed.bozo, feed.bozo_exception
        assert len(feed.entries) == len({entry.id for entry in feed.entries}) == 3
    for name in ("history.rss", "history.atom"):
        assert len(feedparser.parse(fetched(f"{url}/{name}")).entries) == 1


def the_mails_tell_it(sink: SmtpSink, url: str) -> None:
    sink.wait_for(4)
    told = sink.to(SAM)[1:]
    words = ["One payment in five", "A bad certificate", "All payments work again"]
    assert [next(word for word in words if word in mail.text) for mail in told] == words
    root = told[0].message["Message-ID"]
    assert all(mail.message["References"].split()[0] in (root, told[1].message["References"].split()[0])
               for mail in told[1:])  # fmt: skip
    one_click = str(told[-1].message["List-Unsubscribe"]).split(",")[0].strip("<> ")
    assert one_click.startswith(url)
    request = urllib.request.Request(one_click, data=b"List-Unsubscribe=One-Click", method="POST")  # ours
    with urllib.request.urlopen(request, timeout=10) as answer:  # ours
        assert (answer.status, answer.url) == (200, one_click)
