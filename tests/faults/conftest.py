"""A house of one's own to break things in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.house import House


@pytest.fixture
def house(tmp_path: Path, migrated: Path) -> Iterator[House]:
    """An installation with the cast settled; nothing runs yet."""
    house = House(tmp_path / "var")
    house.settle(migrated)
    yield house
    house.end()


@pytest.fixture
def serving(house: House) -> House:
    """The house, served by one web process and no worker."""
    house.serve("--processes", "1", "--no-worker")
    return house
