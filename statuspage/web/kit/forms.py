"""What was typed into a form, kept for the next try together with what is wrong with it."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Protocol, TypeVar

from flask import request
from werkzeug.datastructures import MultiDict

from statuspage.core.errors import Conflict, Invalid
from statuspage.core.languages import marked
from statuspage.core.sentences import sentence
from statuspage.outbox.actions import PUBLISHED
from statuspage.web.kit.current import session

Words = TypeVar("Words", bound=StrEnum)
FORM_FAULT = "form"
_UNSHOWN = {code: None for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF) if chr(code) not in "\t\n\r"}


class Form:
    """The values of a form by field, and its faults: one sentence per field."""

    def __init__(self, values: Mapping[str, str | Iterable[str]] | None = None) -> None:
        self.values: MultiDict[str, str] = MultiDict()
        for name, value in (values or {}).items():
            self.values.setlist(name, [value] if isinstance(value, str) else list(value))
        self.faults: dict[str, str] = {}

    @classmethod
    def sent(cls) -> "Form":
        """Return what this request brought, empty fields included, without characters that no page can show."""
        form = cls()
        form.values = MultiDict([(name, value.translate(_UNSHOWN)) for name, value in request.form.items(multi=True)])
        return form

    def text(self, name: str) -> str:
        """Return a field as it was typed; empty when it is missing."""
        found = self.values.getlist(name)  # a missing key costs `get` an exception, and forms have hundreds of fields
        return found[0] if found else ""

    def many(self, name: str) -> list[str]:
        """Return every value ticked or selected under a name."""
        return self.values.getlist(name)

    def filled(self, beginning: str) -> set[str]:
        """Return the names that begin so, of fields that hold something."""
        return {name for name in self.values if name.startswith(beginning) and self.text(name)}

    def ticked(self, name: str) -> bool:
        """Tell whether a box is ticked."""
        return bool(self.text(name))

    def word(self, name: str, words: type[Words]) -> Words:
        """Return the chosen word. Raises `Invalid` when it is none of those offered."""
        try:
            return words(self.text(name))
        except ValueError:
            raise Invalid({name: sentence(marked("Choose one of: %(words)s."), words=", ".join(words))}) from None

    def word_or_none(self, name: str, words: type[Words]) -> Words | None:
        """Return the chosen word, or None when nothing was chosen. Raises `Invalid`."""
        return self.word(name, words) if self.text(name) else None

    def number_or_none(self, name: str) -> int | None:
        """Return a whole number that the page itself put there, or None when it is missing. Raises `Invalid`."""
        text = self.text(name)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise Invalid({FORM_FAULT: "The form is damaged. Load the page again."})
        return int(text)

    def numbers(self, *names: str) -> list[int]:
        """Return whole numbers of at most five digits, as somebody typed them. Raises `Invalid`, naming the others."""
        typed = {name: self.text(name).strip() for name in names}
        other = [name for name, text in typed.items() if not (text.isascii() and text.isdigit() and len(text) < 6)]
        if other:
            raise Invalid(dict.fromkeys(other, "Write a whole number."))
        return [int(text) for text in typed.values()]

    def differing(self, stands: "Form | None", labels: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return label and value in `stands` of each field that holds something else there; nothing without it."""
        if stands is None:
            return []
        other = [name for name in labels if stands.text(name) != self.text(name).strip()]
        return [(labels[name], stands.text(name)) for name in other]


Page = Callable[[Form], str]
_SEEN = "seen"  # how every field begins that holds what the author had before them


class PageBeside(Protocol):
    """A page with a form on it, beside what somebody else saved meanwhile."""

    def __call__(self, form: Form, *, clash: str, stands: Form) -> str:
        """Return it; `clash` says what happened, `stands` holds the values that stand now."""


def start_over() -> None:
    """Roll back what this request wrote before it was refused; rows are read anew when they are next looked at."""
    session().rollback()
    session().info.pop(PUBLISHED, None)


def refused(
    form: Form, fault: Invalid, page: Page, *, renamed: Mapping[str, str] | None = None, status: int = 422
) -> tuple[str, int]:
    """Answer with the same form, what was typed, and what is wrong; `renamed` maps the domain's names of fields to the
    form's. Nothing of the request is kept."""
    start_over()
    names = renamed or {}
    form.faults = {names.get(name, name): sentence for name, sentence in fault.fields.items()}
    return page(form), status


def overtaken(form: Form, clash: Conflict, standing: Callable[[], Form], page: PageBeside) -> tuple[str, int]:
    """Answer with the same form beside what somebody else saved meanwhile; sending it again means having seen that.
    Nothing of the request is kept."""
    start_over()
    stands = standing()
    for name in stands.values:
        if name.startswith(_SEEN):
            form.values.setlist(name, stands.many(name))
    return page(form, clash=clash.message, stands=stands), 409
