"""Who may do what, which passwords are good enough, how buckets refill. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from statuspage.domain.accounts.enums import LinkPurpose, Right, Role, Scope

PASSWORD_LENGTH = range(12, 129)
SESSION_IDLE = timedelta(hours=2)
SESSION_LIFE = timedelta(hours=12)
SESSION_TOUCH = timedelta(minutes=5)
LINK_LIFE = {
    LinkPurpose.SETUP: timedelta(hours=24),
    LinkPurpose.INVITE: timedelta(days=7),
    LinkPurpose.RESET: timedelta(minutes=30),
}
_RIGHTS = list(Right)
_OF_ROLE = dict(zip(Role, _RIGHTS, strict=True))
_OF_SCOPE = {
    Scope.READ: Right.VIEW,
    Scope.PUBLISH: Right.PUBLISH,
    Scope.MANAGE: Right.MANAGE,
    Scope.ADMIN: Right.ADMIN,
}
_COMMON = {
    "password",
    "passwort",
    "qwertyuiop",
    "qwerty123456",
    "123456789012",
    "1234567890",
    "letmein",
    "iloveyou",
}


def role_grants(role: Role, right: Right) -> bool:
    """Tell whether a person in `role` holds `right`."""
    return _RIGHTS.index(right) <= _RIGHTS.index(_OF_ROLE[role])


def scope_grants(scope: Scope, right: Right) -> bool:
    """Tell whether a token of `scope` holds `right`."""
    return _RIGHTS.index(right) <= _RIGHTS.index(_OF_SCOPE[scope])


def password_fault(password: str, known_words: list[str]) -> str | None:
    """Return what is wrong with a new password, or None. `known_words` are the site's name and the mail address.

    Length is all that is asked for (NIST SP 800-63B): no mix of characters, no rotation.
    """
    if len(password) not in PASSWORD_LENGTH:
        return f"Use {PASSWORD_LENGTH.start} to {PASSWORD_LENGTH.stop - 1} characters; a sentence is fine."
    folded = password.casefold()
    rest = folded
    for word in sorted({*_COMMON, *(word.casefold() for word in known_words if len(word) > 3)}, key=len, reverse=True):
        rest = rest.replace(word, "")
    if len(set(folded)) < 5 or len(rest) < 6:
        return "This one would be guessed first. Use a few words that have nothing to do with each other."
    return None


def email_key(email: str) -> str:
    """Return the form in which two spellings of one address are equal. Dots and plus signs are kept."""
    return email.strip().casefold()


def session_is_live(created_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Tell whether a session that began at `created_at` and was last seen at `seen_at` still counts at `now`."""
    return now < created_at + SESSION_LIFE and now < seen_at + SESSION_IDLE


@dataclass(frozen=True)
class Allowance:
    """How often: `capacity` times per `window`, refilled evenly."""

    capacity: int
    window: timedelta

    def refilled(self, level: float, since: datetime, now: datetime) -> float:
        """Return what a bucket that held `level` at `since` holds at `now`."""
        gained = max((now - since) / self.window, 0.0) * self.capacity
        return min(level + gained, float(self.capacity))

    def seconds_until_one(self, level: float) -> int:
        """Return the seconds until a bucket holding `level` can be drawn from; 0 when it can be now."""
        missing = max(1.0 - level, 0.0)
        return int(missing / self.capacity * self.window.total_seconds() + 0.999)
