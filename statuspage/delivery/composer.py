"""From claimed deliveries to finished messages: written once per event and language, filled in per recipient.

What was written is kept for seconds only, so that a correction or a redaction reaches the mails still to go.
"""

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from statuspage.core.db import Database
from statuspage.core.secrets import Keys, Purpose
from statuspage.delivery.audience import is_story
from statuspage.delivery.channels.envelope import Envelope
from statuspage.delivery.messages.marks import Slot
from statuspage.delivery.messages.writing import Writer, Written
from statuspage.delivery.queries import standing_reports, standing_subscribers
from statuspage.outbox.claims import Claimed
from statuspage.outbox.enums import DeliveryState, EventKind, Lane
from statuspage.outbox.fanout import messages_of_threads

_KEPT_SECONDS = 5.0
_KEPT_MESSAGES = 64


@dataclass(frozen=True)
class Nothing:
    """There is nobody or nothing left to send; `reason` is for the delivery's row."""

    reason: str


@dataclass(frozen=True)
class Desk:
    """What a batch needs to know of its recipients: address and locale of those who still want mail, the locale of
    those who reported a problem, and which updates each has missed because later ones overtook them."""

    subscribers: dict[uuid.UUID, tuple[str, str]] = field(default_factory=dict)
    reporters: dict[uuid.UUID, str] = field(default_factory=dict)
    missed: dict[uuid.UUID, tuple[uuid.UUID, ...]] = field(default_factory=dict)


class Composer:
    """Finishes messages for claimed deliveries. Used by one thread."""

    def __init__(self, database: Database, keys: Keys, writer: Writer) -> None:
        self._database = database
        self._keys = keys
        self._writer = writer
        self._kept: dict[tuple[object, ...], tuple[float, Written | None]] = {}

    def lay_out(self, batch: Sequence[Claimed]) -> Desk:
        """Read what the messages of a batch need, in a fixed number of queries."""
        with self._database.session(readonly=True) as session:
            subscribers = standing_subscribers(session, {row.recipient_id for row in batch})
            reporters = standing_reports(session, {row.recipient_id for row in batch if row.lane is not Lane.LIVE})
            threads = messages_of_threads(
                session, {row.thread_id for row in batch}, {row.recipient_id for row in batch}
            )
        missed = {row.id: _missed(threads.get((row.thread_id, row.recipient_id), []), row.event_id) for row in batch}
        return Desk(subscribers, reporters, missed)

    def write(self, row: Claimed, desk: Desk) -> Envelope | Nothing:
        """Return the finished message for one delivery. Raises `ValueError` for a recipient that no mail can carry."""
        reporter = (row.address, desk.reporters.get(row.recipient_id, ""))
        address, locale = desk.subscribers.get(row.recipient_id, reporter)
        written = self._written(row.event_id, locale, desk.missed[row.id])
        if written is None:
            return Nothing("What this was about was taken back before it was sent.")
        if is_story(written.kind) and row.recipient_id not in desk.subscribers:
            return Nothing("The subscriber left before this was sent.")
        values = {Slot.ADDRESS: address, Slot.DELIVERY: row.id.hex, Slot.RECIPIENT: row.recipient_id.hex}
        return Envelope(
            sender=self._writer.sender,
            recipient=address,
            message=written.pattern.fill(values | self._tokens(written, row.recipient_id)),
            name=f"{written.stamp}-{row.id}",
        )

    def _tokens(self, written: Written, recipient_id: uuid.UUID) -> dict[Slot, str]:
        if is_story(written.kind):
            return {
                Slot.MANAGE: self._keys.seal(Purpose.MANAGE, recipient_id),
                Slot.UNSUBSCRIBE: self._keys.seal(Purpose.UNSUBSCRIBE, recipient_id),
            }
        if written.kind is EventKind.REPORT_FOLLOW_UP:
            return {Slot.TOKEN: self._keys.seal(Purpose.REPORT, recipient_id)}
        purpose = Purpose.CONFIRM if written.kind is EventKind.SUBSCRIBER_CONFIRM else Purpose.ACCOUNT
        return {Slot.TOKEN: self._keys.seal(purpose, written.subject_id)}

    def _written(self, event_id: uuid.UUID, locale: str, missed: tuple[uuid.UUID, ...]) -> Written | None:
        key = (event_id, locale, missed)
        kept = self._kept.get(key)
        if kept and time.monotonic() - kept[0] < _KEPT_SECONDS:
            return kept[1]
        if len(self._kept) >= _KEPT_MESSAGES:
            self._kept.clear()
        with self._database.session(readonly=True) as session:
            written = self._writer.write(session, event_id, locale, missed)
        self._kept[key] = (time.monotonic(), written)
        return written


def _missed(thread: Sequence[tuple[uuid.UUID, DeliveryState]], event_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """Return the updates dropped since the last message that was sent: those directly before `event_id`."""
    dropped: list[uuid.UUID] = []
    for one, state in thread:
        if one >= event_id:
            break
        dropped = [*dropped, one] if state is DeliveryState.COLLAPSED else []
    return tuple(dropped)
