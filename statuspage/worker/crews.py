"""The couriers' threads: one crew for first attempts and account mail, one for retries and bulk.

A crew works with one connection as long as that is enough, which keeps the number of messages under way, and so the
number a kill can send twice, at one. When one would need more than half a minute for all that waits, up to
`mail.connections` couriers share the work.
"""

import threading
from dataclasses import dataclass

from statuspage.delivery.courier import Courier
from statuspage.delivery.office import Office
from statuspage.outbox.enums import Lane
from statuspage.worker.bell import Bell
from statuspage.worker.loop import repeat

PATIENCE_SECONDS = 30.0


@dataclass(frozen=True)
class CrewPlan:
    """Which lanes a crew serves, first things first, with how many connections at most."""

    name: str
    lanes: tuple[Lane, ...]
    connections: int


class _Helper:
    """A courier that works only while the crew's first one has too much before it."""

    def __init__(self, courier: Courier, leader: Courier) -> None:
        self._courier = courier
        self._leader = leader

    def step(self) -> bool:
        """Send a batch if help is wanted."""
        return self._leader.seconds_of_work > PATIENCE_SECONDS and self._courier.step()

    def blame(self, fault: BaseException) -> None:
        """Pass it on."""
        self._courier.blame(fault)

    def rest_seconds(self) -> float:
        """Rest when the relay is out of reach."""
        return self._courier.rest_seconds()

    def close(self) -> None:
        """Let go of the connections."""
        self._courier.close()


def start_crew(plan: CrewPlan, office: Office, bell: Bell) -> list[threading.Thread]:
    """Start the threads of a crew. They end soon after `office.stop` is set, each with its message finished."""
    leader = Courier(office, plan.lanes)
    jobs: list[Courier | _Helper] = [leader]
    jobs += [_Helper(Courier(office, plan.lanes), leader) for _ in range(1, plan.connections)]
    threads = []
    for number, job in enumerate(jobs, 1):
        name = f"{plan.name}-{number}"
        threads.append(threading.Thread(target=_serve, args=(name, job, office, bell), name=name, daemon=True))
    for thread in threads:
        thread.start()
    return threads


def _serve(name: str, job: Courier | _Helper, office: Office, bell: Bell) -> None:
    try:
        repeat(name, job, office.stop, bell)
    finally:
        job.close()
