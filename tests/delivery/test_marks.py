import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.delivery.messages.marks import Marks, Slot, checked_value

GOOD = {Slot.ADDRESS: "sam+status@example.net", Slot.TOKEN: "aZ09_-"}


def test_a_pattern_is_filled_in_one_pass() -> None:
    marks = Marks()
    pattern = marks.pattern(f"To: {marks['address']}; {marks['token']}{marks['token']}!")
    assert pattern.fill(GOOD) == b"To: sam+status@example.net; aZ09_-aZ09_-!"


@given(st.text())
def test_no_text_can_contain_a_mark_drawn_for_it(text: str) -> None:
    assert len(Marks().split(text)) == 1


def test_marks_of_two_messages_differ() -> None:
    assert Marks()["token"] != Marks()["token"]


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        (Slot.ADDRESS, "a@b.example\r\nBcc: eve@example.com"),
        (Slot.ADDRESS, "a@b.example\n"),
        (Slot.ADDRESS, "a b@c.example"),
        (Slot.ADDRESS, "a@b.example>, <eve@example.com"),
        (Slot.ADDRESS, "a@b.example,eve@example.com"),
        (Slot.ADDRESS, "jürgen@example.com"),
        (Slot.ADDRESS, ""),
        (Slot.ADDRESS, "x" * 255),
        (Slot.TOKEN, "a b"),
        (Slot.TOKEN, "a\r\nb"),
        (Slot.TOKEN, "a=b"),
        (Slot.TOKEN, '"><script>'),
        (Slot.MANAGE, ""),
        (Slot.DELIVERY, "a@b"),
        (Slot.RECIPIENT, "a>b"),
    ],
)
def test_a_value_that_could_break_out_is_refused(slot: Slot, value: str) -> None:
    with pytest.raises(ValueError, match=slot):
        checked_value(slot, value)
