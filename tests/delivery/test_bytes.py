"""What every mail on the wire must keep: RFC 5322 lines, RFC 2047 words, RFC 2369 headers, and that it reads back."""

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.delivery.messages.facts import SiteFacts
from statuspage.delivery.messages.mime import header
from statuspage.outbox.enums import EventKind
from tests.delivery.stock import LISTS, PERSONAL, SITE, STOCK, parsed, part, story, written

ONE_LINE = {
    *("list-id", "list-unsubscribe", "list-unsubscribe-post", "list-help", "list-archive"),
    *("message-id", "in-reply-to", "references", "to", "feedback-id"),
}
lines = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=150)
titles = lines.map(lambda text: " ".join(text.split())).filter(bool)
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n.=- *"), max_size=400)


def head_of(raw: bytes) -> bytes:
    return raw.partition(b"\r\n\r\n")[0] + b"\r\n"


def check_wire(raw: bytes) -> None:
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw), "every line ends in CRLF"
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.isascii()
    words = re.findall(rb"=\?[^ \r\n]*\?=", head_of(raw))
    assert all(len(word) <= 75 for word in words)
    for line in re.split(rb"\r\n(?![ \t])", head_of(raw)):
        if line.split(b":")[0].decode().lower() in ONE_LINE:
            assert b"=?" not in line, "no list header is encoded"
            assert b"\r\n" not in line, "no list header is folded"
    assert not parsed(raw).defects


@pytest.mark.parametrize("kind", EventKind)
def test_every_message_keeps_the_rules_of_the_wire(kind: EventKind) -> None:
    check_wire(written(kind))


@given(title=titles, name=titles, body=texts)
def test_whatever_people_write_stays_inside_its_place(title: str, name: str, body: str) -> None:
    site = SiteFacts(name[:80].strip() or "x", SITE.zone, SITE.links, SITE.sender)
    raw = written(EventKind.INCIDENT_OPENED, story(title=title, body=body), site)
    check_wire(raw)
    subject = re.search(rb"Subject: ((?:.|\r\n[ \t])*)\r\n", raw)
    assert subject is not None
    said = str(make_header(decode_header(subject[1].decode().replace("\r\n", ""))))
    whole = f"[{site.name}] Investigating: {title}"
    assert said == whole if len(whole) <= 180 else said.endswith("…")
    assert parsed(raw)["From"].addresses[0].addr_spec == "status@example.com"
    assert title in part(raw, "plain").replace("\n", " ") or len(title) > 60


@given(body=texts)
def test_a_text_with_lines_of_any_length_and_dots_reads_back(body: str) -> None:
    raw = written(EventKind.INCIDENT_OPENED, story(body=body))
    assert message_from_bytes(raw, policy=policy.default).get_content_type() == "multipart/alternative"
    assert part(raw, "plain").rstrip().endswith("U" * 43)


@pytest.mark.parametrize("value", ["a\r\nBcc: eve@example.com", "a\nb", "ä", "x" * 1000, "tab\there"])
def test_a_header_that_cannot_stand_on_one_line_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="List-Id"):
        header("List-Id", value)


@pytest.mark.parametrize("kind", LISTS)
def test_bulk_mail_can_be_left_with_one_click(kind: EventKind) -> None:
    message = parsed(written(kind))
    assert message["List-Unsubscribe"] == f"<https://status.example.com/unsubscribe/{'U' * 43}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Id"] == '"Acme Status" <status.example.com>'
    assert (message["Precedence"], message["Auto-Submitted"]) == ("bulk", "auto-generated")
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Feedback-ID"] == f"k3v9x2m4p7qa:{kind}:status.example.com:statuspage"


@pytest.mark.parametrize("kind", PERSONAL)
def test_mail_about_ones_own_account_is_no_list(kind: EventKind) -> None:
    message = parsed(written(kind))
    assert [name for name in message if name.lower().startswith(("list-", "precedence", "feedback", "x-inc"))] == []
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == f"<{kind}.{'d' * 32}@status.example.com>"


def test_a_thread_hangs_together_for_each_recipient() -> None:
    root = f"<{'0' * 31}1.root.{'e' * 32}@status.example.com>"
    first = parsed(written(EventKind.INCIDENT_OPENED))
    assert (first["Message-ID"], first["In-Reply-To"], first["References"]) == (root, None, None)
    for kind in (EventKind.INCIDENT_UPDATED, EventKind.INCIDENT_RESOLVED, EventKind.INCIDENT_CORRECTED):
        later = parsed(written(kind))
        assert (later["In-Reply-To"], later["References"]) == (root, root)
        assert later["Message-ID"] != root
        assert later["Subject"].endswith(": API errors for some requests")


def test_a_name_that_a_list_header_cannot_carry_is_left_out_of_it() -> None:
    site = SiteFacts("Zürich, Ops", SITE.zone, SITE.links, SITE.sender)
    message = parsed(written(EventKind.INCIDENT_OPENED, site=site))
    assert message["List-Id"] == "<status.example.com>"
    assert message["From"].addresses[0].display_name == "Zürich, Ops"


@pytest.mark.parametrize("kind", EventKind)
def test_no_message_is_clipped(kind: EventKind) -> None:
    facts = STOCK[kind]
    assert len(written(kind, facts)) < 100_000
