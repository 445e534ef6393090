"""Messages about somebody's input: raised in English far from any page, told in the language of the page they reach."""

from statuspage.core.languages import Speech


class Sentence(str):
    """An English sentence that still knows its text of the catalogue and what stands in its gaps."""

    __slots__ = ("text", "values")

    text: str
    values: dict[str, object]


def sentence(text: str, **values: object) -> Sentence:
    """Fill the gaps of a marked text: `sentence(marked("Keep it to %(limit)s characters."), limit=80)`."""
    filled = Sentence(text % values)
    filled.text, filled.values = text, values
    return filled


def told(message: str, speech: Speech) -> str:
    """Return a message in the language of `speech`; one that nobody marked for translation stays as it is."""
    if isinstance(message, Sentence):
        return speech.gettext(message.text, **message.values)
    return speech.translations.gettext(message) if message else ""
