"""A passage goes wherever it stands, and what is left is never longer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.core.errors import Invalid
from statuspage.core.passages import Passage, read_passage


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("We called Jane Doe.", "Jane Doe", "We called […]."),
        ("Jane\nDoe called, Jane  Doe waits.", "Jane Doe", "[…] called, […] waits."),
        ("Ring 5551 or 5552.", "5551 or 5552", "Ring […]."),
        ("All of it", "All of it", ""),
        ("ok", "ok", ""),
        ("It is ok.", "ok", "It is …."),
        ("jane stays", "Jane", "jane stays"),
        ("a.c abc", "a.c", "[…] abc"),
        ("", "Jane", ""),
    ],
)
def test_a_passage_leaves_a_gap(text: str, words: str, left: str) -> None:
    assert read_passage(words, "passage").taken_from(text) == left


@pytest.mark.parametrize("words", ["", "  \n", "[…]", "...", "…"])
def test_a_passage_has_a_word_in_it(words: str) -> None:
    with pytest.raises(Invalid) as told:
        read_passage(words, "passage")
    assert list(told.value.fields) == ["passage"]


@given(text=st.text("ab […]\n"), words=st.text("ab […]", min_size=1).filter(lambda text: "a" in text or "b" in text))
def test_nothing_of_it_is_left_and_the_text_never_grows(text: str, words: str) -> None:
    passage = Passage(words.strip())
    left = passage.taken_from(text)
    assert not passage.stands_in(left)
    assert len(left) <= len(text)
