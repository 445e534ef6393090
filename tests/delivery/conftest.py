import pytest

from statuspage.core.db import Database
from tests.delivery.house import Room
from tests.kit.cast import Cast
from tests.kit.clock import FrozenClock


@pytest.fixture
def room(database: Database, settled: Cast, clock: FrozenClock) -> Room:
    """A delivery room with the cast in it; Sam subscribes to everything since ninety days."""
    return Room(database, clock)
