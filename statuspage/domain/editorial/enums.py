"""The words of a draft."""

from enum import StrEnum


class DraftState(StrEnum):
    """Where a draft is: with its author (`writing`, `returned`), on its way, or at its end."""

    WRITING = "writing"
    WAITING_APPROVAL = "waiting_approval"
    QUEUED = "queued"
    RETURNED = "returned"
    PUBLISHED = "published"
    DISCARDED = "discarded"
