"""A message raised in English is told in the language of the page it ends on."""

import pytest

from statuspage.core.languages import Language, speech
from statuspage.core.sentences import sentence, told

LIMIT = "Keep it to %(limit)s characters; these are %(count)s."


@pytest.mark.parametrize(
    ("message", "german"),
    [
        (sentence(LIMIT, limit=80, count=81), "Höchstens 80 Zeichen sind möglich; das sind 81."),
        ("This is needed.", "Diese Angabe fehlt."),
        ("Nobody marked this, 100 % sure.", "Nobody marked this, 100 % sure."),
        ("", ""),
    ],
)
def test_it_is_said_in_german_where_the_catalogue_has_it(message: str, german: str) -> None:
    assert told(message, speech(Language.DE)) == german
    assert told(message, speech(Language.EN)) == message


def test_it_reads_as_english_everywhere_else() -> None:
    filled = sentence(LIMIT, limit=80, count=81)
    assert filled == "Keep it to 80 characters; these are 81."
    assert f"{filled}" == str(filled)
