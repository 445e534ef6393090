"""Catalogues: complete, without guesses, and holding nothing that nobody says."""

import pytest
from babel.messages.pofile import read_po

from statuspage.core.languages import Language
from tests.house.catalogues import as_text, faults, name_of, wanted, written
from tests.kit.source import ROOT, report


@pytest.mark.parametrize("language", written())
def test_every_text_is_said_in_every_language(language: Language) -> None:
    report(f"Translate these in {name_of(language)}:", list(faults(wanted(language))))


@pytest.mark.parametrize("language", written())
def test_a_catalogue_holds_what_is_said_and_nothing_else(language: Language) -> None:
    file = ROOT / name_of(language)
    stands, due = file.read_text(encoding="utf-8"), as_text(language, wanted(language))
    differing = sorted(set(stands.splitlines()) ^ set(due.splitlines()))
    report("Run `make messages`; these lines come or go:", differing)
    assert stands == due, "Run `make messages`; entries stand in another order."


@pytest.mark.parametrize("language", written())
def test_no_translation_is_a_guess(language: Language) -> None:
    with (ROOT / name_of(language)).open("rb") as file:
        guesses = [str(entry.id) for entry in read_po(file) if entry.id and entry.fuzzy]
    report("Read these, mend them and take the mark away:", guesses)
