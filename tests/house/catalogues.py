"""The catalogues: `python -m tests.house.catalogues` brings `templates/languages/*.po` up to what the product says.

Every English text in `_()`, `gettext()`, `ngettext()`, `pgettext()` or `marked()` gets an entry, translations that
stand are kept, and entries of texts that nobody says any more go. New entries are empty until somebody translates
them, and the house test names them. Sorted, without line numbers or dates: two branches merge.
"""

import io
import re
import sys
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from statuspage.core.languages import SOURCE, Language
from tests.kit.source import ROOT, files

KEYWORDS = {"_": None, "gettext": None, "marked": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
OPTIONS = {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}
GAPS = re.compile(r"%\((\w+)\)")
HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: {language}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

Text = tuple[str, tuple[str, ...], str | None]  # the file, what is said (one form, or two), the context


def name_of(language: Language) -> str:
    """Return the path of a language's catalogue from the top."""
    return f"templates/languages/{language}.po"


def written() -> list[Language]:
    """Return the languages that have a catalogue: all but the one the product is written in."""
    return [language for language in Language if language is not SOURCE]


def texts() -> Iterator[Text]:
    """Yield every text of the product that is to be translated."""
    for name in (*files("statuspage/", ".py"), *files("templates/", ".html", ".txt")):
        method = "python" if name.endswith(".py") else "jinja2"
        with (ROOT / name).open("rb") as file:
            for _, said, _, context in extract(method, file, KEYWORDS, options=OPTIONS):
                yield name, (said,) if isinstance(said, str) else tuple(said), context


def wanted(language: Language) -> Catalog:
    """Return the catalogue as it has to be, with the translations that stand."""
    with (ROOT / name_of(language)).open("rb") as file:
        standing = read_po(file, locale=language.value, abort_invalid=True)
    found = Catalog(locale=language.value, charset="utf-8")
    for name, said, context in texts():
        key = said if len(said) > 1 else said[0]
        before = standing.get(key, context)
        empty = ("", "") if len(said) > 1 else ""
        found.add(key, before.string if before and before.string else empty, [(name, None)], context=context)
    return found


def as_text(language: Language, catalogue: Catalog) -> str:
    """Return a catalogue as its file holds it."""
    body = io.BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, sort_output=True, no_location=True)
    return HEADER.format(language=language) + body.getvalue().decode()


def faults(catalogue: Catalog) -> Iterator[str]:
    """Yield one sentence per entry that cannot be said."""
    for entry in catalogue:
        if entry.id:
            yield from (f"{_key(entry)!r}: {fault}" for fault in _faults_of(entry))


def _faults_of(entry: Message) -> Iterator[str]:
    forms = (entry.string,) if isinstance(entry.string, str) else entry.string
    known = set(GAPS.findall("".join(entry.id)))
    if not all(forms):
        yield "is not translated"
    if strange := {gap for form in forms for gap in GAPS.findall(form)} - known:
        yield f"has no {', '.join(sorted(strange))}"
    if all(forms) and (lost := known - set(GAPS.findall(forms[-1]))):
        yield f"does not say {', '.join(sorted(lost))}"


def _key(entry: Message) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def main() -> int:
    """Write every catalogue anew; exit status 1 while something in them cannot be said."""
    status = 0
    for language in written():
        catalogue = wanted(language)
        (ROOT / name_of(language)).write_text(as_text(language, catalogue), encoding="utf-8")
        for fault in faults(catalogue):
            print(f"{name_of(language)}: {fault}")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
