"""Every message byte for byte. After a wanted change: `REWRITE_GOLDEN=1 pytest tests/delivery/test_golden.py`, then
read the difference."""

import os
from pathlib import Path

import pytest

from statuspage.outbox.enums import EventKind
from tests.delivery.stock import STOCK, written

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("kind", EventKind)
def test_a_message_is_what_it_was(kind: EventKind) -> None:
    kept = GOLDEN / f"{kind}.eml"
    if "REWRITE_GOLDEN" in os.environ:
        kept.write_bytes(written(kind))
    assert written(kind) == kept.read_bytes()


def test_there_is_stock_for_every_event() -> None:
    assert set(STOCK) == set(EventKind)
