"""The states of a subscription."""

from enum import StrEnum


class SubscriberState(StrEnum):
    """Whether the owner of the address has agreed."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
