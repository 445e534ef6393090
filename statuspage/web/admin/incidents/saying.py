"""What stands in the composer: kept, noted for the team, sent off; looking at it first carries it out the same way."""

from typing import TYPE_CHECKING

from statuspage.core.errors import Conflict
from statuspage.domain.editorial.actions import Sending, Word, carry_out, discard_draft, save_draft, send_draft
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.queries import drafts_about, latest_words
from statuspage.domain.incidents.actions import FIXED_WORDS, post_update
from statuspage.web.admin.desk import zone
from statuspage.web.admin.incidents.kept import belonging_to, typed
from statuspage.web.admin.incidents.typed import internal_note, public_update
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.times import read_local

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from statuspage.domain.editorial.models import Draft
    from statuspage.domain.incidents.models import Incident, Update
    from statuspage.web.kit.forms import Form

DRAFT = "draft"
UNAPPROVED = "unapproved"


def publish_typed(scratch: "Session", incident: "Incident", form: "Form") -> "Update":
    """Publish the composer's update in a session that nobody commits, whoever would have to approve it.

    Raises `Invalid`, `Conflict`.
    """
    word = _word(incident, form)
    seen = word.update.seen_version
    if seen is not None and seen != incident.version:
        return carry_out(scratch, incident, word, by=by(), now=now())  # refused, with both texts
    return carry_out(scratch, incident, word.cleared(FIXED_WORDS), by=by(), now=now())


def send_typed(incident: "Incident", form: "Form") -> "Draft":
    """Send the composer's update off. Raises `Invalid`, `Conflict`."""
    sending = Sending(
        word=_word(incident, form),
        typed=typed(form),
        publish_at=read_local(form.text("publish_at"), zone(), "publish_at"),
        unapproved_reason=form.text("without_approval") if form.text("send") == UNAPPROVED else None,
    )
    return send_draft(session(), incident, sending, by=by(), now=now())


def keep_typed(incident: "Incident | None", form: "Form") -> "Draft":
    """Keep a form for later. Raises `Invalid`, `Conflict` when its author writes in two windows."""
    return save_draft(session(), incident, typed(form), by=by(), now=now())


def note_typed(incident: "Incident", form: "Form") -> None:
    """Note what stands in the composer for the team. Raises `Invalid`, `Conflict`."""
    try:
        post_update(session(), incident, internal_note(form), by=by(), now=now())
    except Conflict as clash:
        if clash.theirs is not None:
            clash.theirs = latest_words(session(), incident)  # it may be on its way
        raise
    drop_typed(form)


def drop_typed(form: "Form") -> None:
    """Throw away the draft that a form was loaded from, because it has been said another way."""
    if draft_id := typed(form).draft_id:
        discard_draft(session(), draft_id, by=by(), now=now())


def attach_standing(incident: "Incident", form: "Form") -> None:
    """Let a form go on with the draft its author writes in another window, now that they have seen both."""
    standing = [draft for draft in drafts_about(session(), incident.id) if draft.state is DraftState.WRITING]
    for draft in standing:
        if draft.author_id == by().user_id:
            belonging_to(form, draft)


def what_became(draft: "Draft") -> str:
    """Say what became of something that was sent off."""
    if draft.state is DraftState.PUBLISHED:
        return f"Published as {draft.word['status']}." if draft.word else "Published."
    if draft.state is DraftState.WAITING_APPROVAL:
        return "Those who may publish are asked to approve it."
    if draft.state is DraftState.RETURNED:
        return f"It could not go out. {draft.returned_reason}"
    return "It is on its way; until it goes out you can undo it."


def _word(incident: "Incident", form: "Form") -> Word:
    return Word(public_update(form, zone()), form.text("public_title") if incident.public_title is None else None)
