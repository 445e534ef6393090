"""Removing words for good, from incidents and maintenance alike: what was typed, and what is left before it is done.

The form is sent twice: first it shows what is left, then it is done. What is to be done has to be what was shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.incidents.actions import Redaction, TitleRedaction
from statuspage.web.admin.desk import done, show
from statuspage.web.kit.forms import FORM_FAULT, Form, Page, refused, start_over

REMOVE = "remove"
_ALL = "all"


class Removal(Protocol):
    """What was taken out of a text."""

    @property
    def whole(self) -> bool:
        """Whether nothing of the text was left."""

    @property
    def places(self) -> int:
        """In how many stored texts the words stood."""


Links = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Left:
    """What will be left: each text under its label, in how many stored texts the words stood, and who still says them
    (label and address)."""

    texts: Sequence[tuple[str, str]]
    places: int
    elsewhere: Links = ()


@dataclass(frozen=True)
class Subject:
    """What a page for removing words is about: its heading, the texts as they stand and their version, the way back."""

    heading: str
    section: str
    texts: Sequence[tuple[str, str]]
    version: int
    back: str


Found = Callable[[], Subject]  # as it stands at that moment: the rows change, and are read anew after a rollback


def removal_page(subject: Subject) -> str:
    """Show every text, for choosing what is to go."""
    return _removal_page(subject, _fresh(subject))


def remove_words(
    form: Form, subject: Found, remove: Callable[[Redaction], Removal], elsewhere: Callable[[], Links] = tuple
) -> ResponseReturnValue:
    """Show what `remove` leaves; sent again, keep it. `elsewhere` is asked once it has removed the words."""

    def again(typed: Form) -> str:
        return _removal_page(subject(), typed)

    try:
        sure = _is_sure(form)
        removal = remove(_redaction_in(form))
    except Invalid as fault:
        return refused(form, fault, again)
    except Conflict as clash:
        return _overtaken(form, clash, subject, again)
    if sure:
        what = "The whole text" if removal.whole else "The passage"
        return done(f"{what} is removed; readers see when.", subject().back)
    left = Left(subject().texts, removal.places, elsewhere())
    start_over()
    return _removal_page(subject(), form, left)


def retitling_page(subject: Subject) -> str:
    """Show the titles that stand."""
    return _retitling_page(subject, _fresh(subject))


def replace_title(form: Form, subject: Found, replace: Callable[[TitleRedaction], object]) -> ResponseReturnValue:
    """Put another title in place of the one that stands, everywhere."""

    def again(typed: Form) -> str:
        return _retitling_page(subject(), typed)

    try:
        replace(_title_in(form))
    except Invalid as fault:
        return refused(form, fault, again)
    except Conflict as clash:
        return _overtaken(form, clash, subject, again)
    return done("The title is replaced; readers see when.", subject().back)


def _overtaken(form: Form, clash: Conflict, subject: Found, again: Page) -> ResponseReturnValue:
    """Say that somebody was faster; sending again means having seen what stands now."""
    start_over()
    form.values.setlist("seen_version", [str(subject().version)])
    return refused(form, Invalid({FORM_FAULT: clash.message}), again, status=409)


def _redaction_in(form: Form) -> Redaction:
    """Return what is to be removed as typed. Raises `Invalid`."""
    whole = form.ticked("whole")
    return Redaction(
        passage=None if whole else form.text("passage"),
        reason=form.text("reason"),
        seen_version=form.number_or_none("seen_version"),
    )


def _title_in(form: Form) -> TitleRedaction:
    """Return the other title as typed. Raises `Invalid`."""
    return TitleRedaction(
        public_title=form.text("public_title"),
        reason=form.text("reason"),
        seen_version=form.number_or_none("seen_version"),
    )


def _is_sure(form: Form) -> bool:
    """Tell whether what was shown is now to be done. Raises `Invalid` when other words were typed meanwhile."""
    if form.text("send") != REMOVE:
        return False
    if form.text("shown") != _wanted(form):
        raise Invalid({"passage": "This is not what was shown. Look at what is left, then remove it."})
    return True


def _wanted(form: Form) -> str:
    """Return what a form asks to be removed, for comparing it with what was shown."""
    return _ALL if form.ticked("whole") else f"passage {form.text('passage')}"


def _fresh(subject: Subject) -> Form:
    return Form({"seen_version": str(subject.version)})


def _removal_page(subject: Subject, form: Form, left: Left | None = None) -> str:
    return show("admin/redaction.html", subject=subject, form=form, left=left, shown=_wanted(form))


def _retitling_page(subject: Subject, form: Form) -> str:
    return show("admin/retitling.html", subject=subject, form=form)
