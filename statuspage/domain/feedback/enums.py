"""The words of what readers tell us."""

from enum import StrEnum


class ReportKind(StrEnum):
    """How a report came: by the form, or under an incident that was said to be over."""

    PROBLEM = "problem"
    STILL = "still"


class Verdict(StrEnum):
    """What a reader answered to "fixed, or still broken?"."""

    FIXED = "fixed"
    BROKEN = "broken"


class Question(StrEnum):
    """What is asked once an incident is over for a day: soon enough?"""

    TOLD = "told"
    FIXED = "fixed"


class Ask(StrEnum):
    """What the page of an incident asks its readers."""

    HELPFUL = "helpful"
    STILL = "still"
    AFTERWARDS = "afterwards"


class Handling(StrEnum):
    """What became of a report: nothing yet, part of an incident, put aside."""

    NEW = "new"
    ATTACHED = "attached"
    DISMISSED = "dismissed"


class Suggestion(StrEnum):
    """What many reports at once suggest; carrying it out is always somebody's act.

    `either`: the last incident there ended some days ago, so this may be the same again or something new.
    """

    DECLARE = "declare"
    REOPEN = "reopen"
    EITHER = "either"
    ATTACH = "attach"
