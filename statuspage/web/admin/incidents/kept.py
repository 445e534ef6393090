"""Forms that are kept as drafts: what of them is kept, and how they come back."""

import uuid
from typing import TYPE_CHECKING

from statuspage.core.errors import Invalid
from statuspage.domain.editorial.actions import Typed
from statuspage.web.kit.forms import FORM_FAULT, Form

if TYPE_CHECKING:
    from statuspage.domain.editorial.models import Draft

_MACHINERY = frozenset({"csrf_token", "send", "draft", "draft_version", "seen_version"})


def typed(form: Form) -> Typed:
    """Return a form as it was typed, and the draft it was loaded from. Raises `Invalid` for a damaged form."""
    fields = {name: form.many(name) for name in form.values if name not in _MACHINERY}
    return Typed(fields, _draft_id(form), form.number_or_none("draft_version"))


def _draft_id(form: Form) -> uuid.UUID | None:
    try:
        return uuid.UUID(form.text("draft")) if form.text("draft") else None
    except ValueError:
        raise Invalid({FORM_FAULT: "The form is damaged. Load the page again."}) from None


def restored(fresh: Form, draft: "Draft") -> Form:
    """Return a draft's form as it was left; of the `fresh` one only the version of the incident counts."""
    form = Form(draft.fields)
    form.values.setlist("seen_version", fresh.many("seen_version"))
    return belonging_to(form, draft)


def belonging_to(form: Form, draft: "Draft") -> Form:
    """Note in a form which draft it is."""
    form.values.setlist("draft", [str(draft.id)])
    form.values.setlist("draft_version", [str(draft.version)])
    return form
