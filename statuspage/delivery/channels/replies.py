"""What a mail server's answer means for one message (RFC 5321, enhanced codes of RFC 3463). Pure.

A refusal of the address is final; one that is about us (login, policy, reputation: x.7.x) or about the moment
(mailbox full, routing: x.2.2, x.3.x, x.4.x) is worth another try, because the subscriber is not to blame
for it.
"""

import re
from datetime import timedelta
from enum import StrEnum

from statuspage.outbox.outcomes import Delivered, Gone, Outcome, Retry

POLICY_PAUSE = timedelta(hours=1)
_ENHANCED = re.compile(r"^([245])\.(\d{1,3})\.(\d{1,3})\b")
_LONGEST_REASON = 300


class Stage(StrEnum):
    """Where in the conversation an answer came."""

    GREETING = "greeting"
    LOGIN = "login"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"


def judge(stage: Stage, code: int, text: str) -> Outcome:
    """Return what the answer `code text` to `stage` means. A 2xx is `Delivered` after the content only."""
    reason = readable(f"{code} {text}")
    if code // 100 == 2 and stage is Stage.CONTENT:
        return Delivered(reason)
    if code == 421 or stage in (Stage.GREETING, Stage.LOGIN):
        return Retry(reason, unreachable=True)
    if code // 100 != 5:
        return Retry(reason)
    if stage is Stage.SENDER:  # our own address is refused: configuration, not the subscriber's fault
        return Retry(reason, after=POLICY_PAUSE)
    return _refusal(code, text, reason)


def _refusal(code: int, text: str, reason: str) -> Outcome:
    found = _ENHANCED.match(text)
    if not found:
        return Retry(reason) if code == 552 else Gone(reason)
    subject, detail = int(found[2]), int(found[3])
    if subject == 7:
        return Retry(reason, after=POLICY_PAUSE)
    if (subject, detail) == (2, 2) or (subject, detail) in ((3, 1), (3, 2)) or subject == 4:
        return Retry(reason)
    return Gone(reason)


def readable(text: str) -> str:
    """Return a server's words in one printable line, not longer than a delivery row keeps."""
    if text.isprintable():
        return text[:_LONGEST_REASON].strip()
    return "".join(letter if letter.isprintable() else " " for letter in text)[:_LONGEST_REASON].strip()
