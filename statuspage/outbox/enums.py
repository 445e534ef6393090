"""The words of the outbox."""

from enum import StrEnum


class EventKind(StrEnum):
    """What happened that somebody is told about. Every kind has a text and an HTML in `templates/messages/`."""

    INCIDENT_OPENED = "incident.opened"
    INCIDENT_UPDATED = "incident.updated"
    INCIDENT_CURRENT = "incident.current"
    INCIDENT_CORRECTED = "incident.corrected"
    INCIDENT_RETRACTED = "incident.retracted"
    INCIDENT_RESOLVED = "incident.resolved"
    MAINTENANCE_ANNOUNCED = "maintenance.announced"
    MAINTENANCE_REMINDER = "maintenance.reminder"
    MAINTENANCE_UPDATED = "maintenance.updated"
    MAINTENANCE_STARTED = "maintenance.started"
    MAINTENANCE_COMPLETED = "maintenance.completed"
    MAINTENANCE_CANCELLED = "maintenance.cancelled"
    SUBSCRIBER_CONFIRM = "subscriber.confirm"
    ACCOUNT_INVITE = "account.invite"
    ACCOUNT_RESET = "account.reset"
    APPROVAL_ASKED = "approval.asked"
    APPROVAL_WAIVED = "approval.waived"
    REPORT_FOLLOW_UP = "report.follow_up"
    MAIL_TEST = "mail.test"


class Lane(StrEnum):
    """Which queue a delivery waits in; each is served on its own, so that none holds up another."""

    ACCOUNT = "account"
    LIVE = "live"
    RETRY = "retry"
    BULK = "bulk"


class Channel(StrEnum):
    """How a message leaves."""

    EMAIL = "email"


class DeliveryState(StrEnum):
    """What became of one message to one recipient: the first two are on their way, the others are final.

    `collapsed`: a newer message told the same recipient more. `skipped`: the recipient had left meanwhile.
    `gone`: refused for good by the other side. `dead`: given up after too many faults or too long a time.
    """

    QUEUED = "queued"
    CLAIMED = "claimed"
    DELIVERED = "delivered"
    UNCERTAIN = "uncertain"
    COLLAPSED = "collapsed"
    SKIPPED = "skipped"
    GONE = "gone"
    DEAD = "dead"
