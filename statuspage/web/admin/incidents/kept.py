"""Forms that are kept as drafts: what of them is kept, and how they come back."""

import uuid
from typing import TYPE_CHECKING

from statuspage.core.errors import Invalid
from statuspage.domain.editorial.actions import Typed
from statuspage.web.admin.incidents.typed import LEVEL_PREFIX
from statuspage.web.kit.forms import FORM_FAULT, Form

if TYPE_CHECKING:
    from statuspage.domain.editorial.models import Draft

_MACHINERY = frozenset({"csrf_token", "send", "draft", "draft_version"})


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
    """Return a draft's form as it was left, about the incident as it is in the `fresh` form.

    Where that moved on since, components are as they are now: nobody publishes yesterday's levels by accident.
    """
    form, moved = Form(draft.fields), has_moved_on(draft, fresh.number_or_none("seen_version"))
    form.values.setlist("seen_version", fresh.many("seen_version"))
    for name in fresh.values:
        if name.startswith(LEVEL_PREFIX) and (moved or name not in form.values):
            form.values.setlist(name, fresh.many(name))
    return belonging_to(form, draft)


def has_moved_on(draft: "Draft", version: int | None) -> bool:
    """Tell whether the incident, now in `version`, changed since the author of a draft saw it."""
    return draft.incident_id is not None and draft.seen_version not in (None, version)


def belonging_to(form: Form, draft: "Draft") -> Form:
    """Note in a form which draft it is."""
    form.values.setlist("draft", [str(draft.id)])
    form.values.setlist("draft_version", [str(draft.version)])
    return form
