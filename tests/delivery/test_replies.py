from datetime import timedelta

import pytest

from statuspage.delivery.channels.replies import Stage, judge, readable
from statuspage.outbox.outcomes import Delivered, Gone, Outcome, Retry

RCPT, TEXT = Stage.RECIPIENT, Stage.CONTENT
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("stage", "code", "text", "outcome"),
    [
        (TEXT, 250, "2.0.0 queued as 4711", Delivered("250 2.0.0 queued as 4711")),
        # the address is wrong for good
        (RCPT, 550, "5.1.1 no such user", Gone("550 5.1.1 no such user")),
        (RCPT, 550, "no such user", Gone("550 no such user")),
        (RCPT, 551, "user not local", Gone("551 user not local")),
        (RCPT, 553, "5.1.3 bad address syntax", Gone("553 5.1.3 bad address syntax")),
        (RCPT, 550, "5.1.10 recipient has null MX", Gone("550 5.1.10 recipient has null MX")),
        (RCPT, 550, "5.2.1 mailbox disabled", Gone("550 5.2.1 mailbox disabled")),
        (TEXT, 554, "transaction failed", Gone("554 transaction failed")),
        (TEXT, 552, "5.3.4 message too big", Gone("552 5.3.4 message too big")),
        # it may pass
        (RCPT, 451, "4.2.1 try later", Retry("451 4.2.1 try later")),
        (RCPT, 450, "greylisted", Retry("450 greylisted")),
        (RCPT, 452, "4.5.3 too many recipients", Retry("452 4.5.3 too many recipients")),
        (RCPT, 552, "mailbox full", Retry("552 mailbox full")),
        (RCPT, 552, "5.2.2 mailbox full", Retry("552 5.2.2 mailbox full")),
        (RCPT, 550, "5.4.4 host unknown", Retry("550 5.4.4 host unknown")),
        (TEXT, 452, "4.3.1 disk full", Retry("452 4.3.1 disk full")),
        (TEXT, 554, "5.3.2 system not accepting", Retry("554 5.3.2 system not accepting")),
        # it is about us: configuration, reputation, policy
        (RCPT, 550, "5.7.515 sender not authenticated", Retry("550 5.7.515 sender not authenticated", HOUR)),
        (TEXT, 554, "5.7.1 looks like spam", Retry("554 5.7.1 looks like spam", HOUR)),
        (Stage.SENDER, 553, "sender rejected", Retry("553 sender rejected", HOUR)),
        (Stage.SENDER, 452, "later", Retry("452 later")),
        # nobody could be talked to
        (RCPT, 421, "closing", Retry("421 closing", unreachable=True)),
        (Stage.GREETING, 554, "no service", Retry("554 no service", unreachable=True)),
        (Stage.LOGIN, 535, "5.7.8 wrong password", Retry("535 5.7.8 wrong password", unreachable=True)),
    ],
)
def test_an_answer_means(stage: Stage, code: int, text: str, outcome: Outcome) -> None:
    assert judge(stage, code, text) == outcome


def test_a_servers_words_become_one_short_printable_line() -> None:
    assert readable("550 no\r\nsuch\x00user " + "x" * 400) == ("550 no  such user " + "x" * 400)[:300]
