"""The worker's first job: expanding events, and waking the couriers for what came of it."""

from statuspage.delivery.expander import Expander
from statuspage.delivery.messages.rendering import warm_up
from statuspage.delivery.office import Office
from statuspage.worker.bell import Bell

_COURIERS_TURN_SECONDS = 0.03


class FanOut:
    """Expands events and tells the couriers that there is something to send."""

    def __init__(self, office: Office, bell: Bell) -> None:
        warm_up()
        self._expander = Expander(office.database, office.clock)
        self._bell = bell
        self._rest = 0.0

    def step(self) -> bool:
        """Expand one page."""
        self._rest = 0.0
        done = self._expander.step()
        if done:
            self._rest = _COURIERS_TURN_SECONDS
            self._bell.ring()
        return done

    def blame(self, fault: BaseException) -> None:
        """Count the fault against the event."""
        self._expander.blame(fault)

    def rest_seconds(self) -> float:
        """Let the couriers have the database between two pages: SQLite serves whoever happens to ask."""
        return self._rest
