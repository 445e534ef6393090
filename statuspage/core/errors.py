"""What can go wrong, as the domain says it. `web.kit.errors` turns each into HTML or problem+json, the CLI into a line.

    Refused                 the request was understood and is not carried out
    |-- NotAllowed          the actor lacks the right
    |-- NotFound            there is no such thing, or not for this reader
    |-- Invalid(fields)     one sentence per field
    |-- Conflict            somebody else was faster; carries both versions
    `-- TooMany(seconds)    asked too often; try again after that many seconds
    Unavailable             the database did not answer; nothing was changed
    `-- Outdated            it answered, and has the tables of an older version

Every message says what to do next.
"""

from typing import Any

from statuspage.core.languages import marked


class Refused(Exception):
    """The request was understood and is not carried out."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(Refused):
    """The actor lacks the right."""


class NotFound(Refused):
    """There is no such thing, or not for this reader."""


class Invalid(Refused):
    """The input has faults: `fields` maps a field's name to one sentence about it."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(f"{name}: {text}" for name, text in fields.items()))
        self.fields = fields


class Conflict(Refused):
    """The state changed meanwhile. `theirs` is what stands now, `yours` what was asked for; both may be None."""

    def __init__(self, message: str, *, theirs: Any = None, yours: Any = None) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.yours = yours


class TooMany(Refused):
    """Asked too often: `seconds` tells when it is worth trying again."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class Unavailable(Exception):
    """The database did not answer in time. Nothing was changed; the same request may be sent again."""

    def __init__(self, message: str = marked("The database does not answer. Nothing was changed; try again.")) -> None:
        super().__init__(message)
        self.message = message


class Outdated(Unavailable):
    """The database has the tables of an older version, or none. Nothing works until it is upgraded."""

    def __init__(self) -> None:
        super().__init__(marked("The tables of the database are older than the program. Run `statuspage db upgrade`."))
