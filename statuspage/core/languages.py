"""The languages there are, and what turns an English text of the product into each of them.

English stands in the code and the templates; the other catalogues are `templates/languages/<language>.po`, read once,
when a language is first spoken. Nothing here knows of a request or of a thread: whoever writes a page or a message
says in which language, and hands the `Speech` on. Dates, durations and numbers are in `core.formats`, the words for
states in `core.words`.
"""

import io
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from gettext import GNUTranslations, NullTranslations

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from statuspage.core.paths import templates_dir


class Language(StrEnum):
    """A language that pages, forms and messages speak, and that a text is written in."""

    EN = "en"
    DE = "de"

    @property
    def own_name(self) -> str:
        """What it is called by those who speak it."""
        return {Language.EN: "English", Language.DE: "Deutsch"}[self]


SOURCE = Language.EN


def spoken(locale: str) -> Language:
    """Return the language for a locale such as `de` or `de-AT`; English for one that we do not speak."""
    tongue = locale.replace("_", "-").partition("-")[0].lower()
    return Language(tongue) if tongue in set(Language) else SOURCE


def marked(text: str) -> str:
    """Return `text` as it is: it stands in a table, belongs to the catalogues, and is translated where it is said."""
    return text


@dataclass(frozen=True)
class Editions:
    """The languages of one page. Staff write in `own`, whose pages stand at plain addresses; in each of `others` the
    frame of every page is said, under that language's prefix."""

    own: Language = SOURCE
    others: tuple[Language, ...] = ()

    @property
    def all(self) -> tuple[Language, ...]:
        """Every language of the page, its own first."""
        return (self.own, *self.others)

    def prefix(self, language: Language) -> str:
        """Return what addresses in `language` begin with: `/de`, or nothing for the page's own and one not shown."""
        return f"/{language}" if language in self.others else ""


@dataclass(frozen=True)
class Speech:
    """One language with its catalogue. Gaps in a text are `%(name)s`; a literal per cent sign is `%%`."""

    language: Language
    translations: NullTranslations = field(repr=False, compare=False)

    def gettext(self, text: str, **values: object) -> str:
        """Say an English text of the product, with `values` in its gaps."""
        return self.translations.gettext(text) % values

    def pgettext(self, context: str, text: str, **values: object) -> str:
        """Say a text whose English means several things; `context` tells which."""
        return self.translations.pgettext(context, text) % values

    def ngettext(self, one: str, many: str, num: int, **values: object) -> str:
        """Say the form of a text that goes with `num` of something; the gap `%(num)s` is filled with it."""
        return self.translations.ngettext(one, many, num) % {"num": num, **values}


@cache
def speech(language: Language) -> Speech:
    """Return how `language` is spoken; its catalogue is read at the first call. Raises `OSError` without one."""
    return Speech(language, NullTranslations() if language is SOURCE else _catalogue(language))


def _catalogue(language: Language) -> GNUTranslations:
    with (templates_dir() / "languages" / f"{language}.po").open("rb") as file:
        found = read_po(file, locale=language.value, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return GNUTranslations(compiled)
