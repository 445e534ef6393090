"""From what was typed to words to look for."""

import pytest

from statuspage.domain.incidents.search.words import WORDS_LIMIT, likeness, search_words, telling_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("  ", []),
        ("Checkout  fails", ["checkout", "fails"]),
        ("card-payments", ["card", "payments"]),
        ('"quoted" OR NOT (x*)', ["quoted", "or", "not", "x"]),
        ("'; DROP TABLE incidents; --", ["drop", "table", "incidents"]),
        ("a & b | !c :* <->", ["a", "b", "c"]),
        ("snake_case", ["snake", "case"]),
        ("Über ÜBER", ["über"]),
        ("again again", ["again"]),
    ],
)
def test_only_letters_and_digits_reach_the_engine(text: str, words: list[str]) -> None:
    assert search_words(text) == words


def test_a_novel_is_cut_to_some_words() -> None:
    found = search_words(" ".join(f"word{number}" for number in range(100)) + "x" * 10_000)
    assert len(found) == WORDS_LIMIT


def test_short_words_tell_nothing() -> None:
    assert telling_words("The API is down for all") == ["down"]


@pytest.mark.parametrize(
    ("slugs", "title", "expected"),
    [
        ({"api"}, "Something else", 2),
        ({"api", "web"}, "Payments fail", 5),
        ({"mail"}, "Payments slow", 1),
        (set(), "Nothing shared", 0),
    ],
)
def test_a_shared_component_counts_more_than_a_shared_word(slugs: set[str], title: str, expected: int) -> None:
    assert likeness({"api", "web"}, ["payments"], (slugs, title)) == expected
