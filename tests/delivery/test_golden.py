"""Every message byte for byte, and as it reads in every other language. After a wanted change:
`REWRITE_GOLDEN=1 pytest tests/delivery/test_golden.py`, then read the difference."""

import os
from pathlib import Path

import pytest

from statuspage.core.languages import SOURCE, Language
from statuspage.outbox.enums import EventKind
from tests.delivery.stock import STOCK, parsed, part, written

GOLDEN = Path(__file__).parent / "golden"
TRANSLATED = [language for language in Language if language is not SOURCE]


def _same(kept: Path, now: bytes) -> None:
    if "REWRITE_GOLDEN" in os.environ:
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(now)
    assert now == kept.read_bytes()


@pytest.mark.parametrize("kind", EventKind)
def test_a_message_is_what_it_was(kind: EventKind) -> None:
    _same(GOLDEN / f"{kind}.eml", written(kind))


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("kind", EventKind)
def test_a_message_reads_as_it_did_in_every_language(kind: EventKind, language: Language) -> None:
    raw = written(kind, language=language)
    said = f"Subject: {parsed(raw)['Subject']}\n\n{part(raw, 'plain')}"
    _same(GOLDEN / language / f"{kind}.txt", said.encode())


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("kind", EventKind)
def test_a_language_changes_the_words_and_no_header_but_its_own(kind: EventKind, language: Language) -> None:
    heads = [dict(parsed(written(kind, language=spoken))) for spoken in (SOURCE, language)]
    differing = {name for name in heads[0] | heads[1] if heads[0].get(name) != heads[1].get(name)}
    assert differing == {"Content-Language", "Content-Type", "Subject"}


def test_there_is_stock_for_every_event() -> None:
    assert set(STOCK) == set(EventKind)
