"""Removing words for good, from incidents and maintenance alike: what was typed, and what is left before it is done.

The form is sent twice: first it shows what is left, then it is done. What is to be done has to be what was shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from statuspage.core.errors import Invalid
from statuspage.domain.incidents.actions import Redaction, TitleRedaction
from statuspage.web.admin.desk import show

if TYPE_CHECKING:
    from statuspage.web.kit.forms import Form

REMOVE = "remove"
_ALL = "all"


@dataclass(frozen=True)
class Left:
    """What will be left: each text under its label, in how many stored texts the words stood, and who still says them
    (label and address)."""

    texts: Sequence[tuple[str, str]]
    places: int
    elsewhere: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Subject:
    """What a page for removing words is about: its heading, the texts as they stand, the way back."""

    heading: str
    section: str
    texts: Sequence[tuple[str, str]]
    back: str


def redaction_in(form: "Form") -> Redaction:
    """Return what is to be removed as typed. Raises `Invalid`."""
    whole = form.ticked("whole")
    return Redaction(
        passage=None if whole else form.text("passage"),
        reason=form.text("reason"),
        seen_version=form.number_or_none("seen_version"),
    )


def title_in(form: "Form") -> TitleRedaction:
    """Return the other title as typed. Raises `Invalid`."""
    return TitleRedaction(
        public_title=form.text("public_title"),
        reason=form.text("reason"),
        seen_version=form.number_or_none("seen_version"),
    )


def is_sure(form: "Form") -> bool:
    """Tell whether what was shown is now to be done. Raises `Invalid` when other words were typed meanwhile."""
    if form.text("send") != REMOVE:
        return False
    if form.text("shown") != wanted(form):
        raise Invalid({"passage": "This is not what was shown. Look at what is left, then remove it."})
    return True


def wanted(form: "Form") -> str:
    """Return what a form asks to be removed, for comparing it with what was shown."""
    return _ALL if form.ticked("whole") else f"passage {form.text('passage')}"


def removal_page(subject: Subject, form: "Form", left: Left | None = None) -> str:
    """Show the form, and once it was looked at what will be left."""
    return show("admin/redaction.html", subject=subject, form=form, left=left, shown=wanted(form))


def retitling_page(subject: Subject, form: "Form") -> str:
    """Show the form for another title."""
    return show("admin/retitling.html", subject=subject, form=form)
