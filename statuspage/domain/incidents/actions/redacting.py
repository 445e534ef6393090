"""Taking words out of an incident for good.

They go from every wording of an update, from "What you can do", from messages still to be sent and from remembered
answers; pages, feeds and the search follow the rows. Mails that have left, copies in browsers and backups keep what
they have. Audit lines never held a word of it.
"""

import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.db import mark_changed
from statuspage.core.errors import Conflict, Invalid
from statuspage.core.passages import Passage, read_passage
from statuspage.core.text import clean_line
from statuspage.domain.accounts.access import reword_answers
from statuspage.domain.incidents.actions.drafts import Redaction
from statuspage.domain.incidents.models import Incident, Removal, Update, UpdateVersion
from statuspage.domain.incidents.search.tables import forget_old_words
from statuspage.outbox.actions import forget_quotes, publish

Place = tuple[Incident | Update | UpdateVersion, str]
Change = tuple[str, str, str]


def redact_update(session: Session, update: Update, redaction: Redaction, *, by: Actor, now: datetime) -> Removal:
    """Take a passage, or all there is, out of every wording of an update of a loaded incident.

    Readers see when; nobody sees what. "What you can do" is searched for the passage of a public update, too, and goes
    with the whole text of the one that brought it. No mail is sent. Raises `Conflict` when the update was corrected
    since `seen_version`, `Invalid` for a passage that is not there and without a reason.
    """
    incident = update.incident
    if redaction.seen_version is not None and redaction.seen_version != update.current.number:
        raise Conflict("Somebody corrected this update meanwhile. Look at the words that stand, then repeat.")
    passage = None if redaction.passage is None else read_passage(redaction.passage, "passage")
    why = checked_reason(redaction.reason, passage)
    changes = _emptied(update) if passage is None else _without(update, passage)
    if not changes:
        raise absent(passage)
    update.redacted_at = now
    mark_changed(incident, now)
    removal = Removal(
        incident_id=incident.id,
        update_id=update.id,
        whole=not update.current.body,
        places=len(changes),
        reason=why,
        by_name=by.name,
        at=now,
    )
    session.add(removal)
    record(
        session, by, "incident.update_redacted", ("incident", incident.id), now,
        update=str(update.id), whole=removal.whole, places=removal.places, reason=why,
    )  # fmt: skip
    forget_elsewhere(session, [incident], changes)
    forget_quotes(session, incident.id, passage.words if passage else changes[0][1])
    if update.public:
        incident.public_changed_at = now
        publish(session, ["site", f"incident:{incident.code}"], now)
    session.flush()
    return removal


def checked_reason(text: str, passage: Passage | None) -> str:
    """Return why words are to go. Raises `Invalid` without a reason and for one that repeats them."""
    why = clean_line(text, "reason", limit=500)
    if passage and passage.stands_in(why):
        raise Invalid({"reason": "This repeats what is to go, and it is kept. Say why without those words."})
    return why


def absent(passage: Passage | None) -> Invalid:
    """Return what to say when there is nothing to take out."""
    if passage is None:
        return Invalid({"passage": "There is nothing left in this update to be removed."})
    return Invalid({"passage": "This does not stand in the update, letter by letter. Copy it from the text shown."})


def forget_elsewhere(session: Session, incidents: Iterable[Incident], changes: Iterable[Change]) -> None:
    """Let remembered answers about incidents and the index of the search follow what changed in their texts."""
    session.flush()
    about: list[uuid.UUID] = []
    for incident in incidents:
        about += [incident.id, *(update.id for update in incident.updates)]
    reword_answers(session, about, changes)
    forget_old_words(session)


def still_said(incident: Incident, text: str) -> list[Update]:
    """Return the updates of a loaded incident, newest first, in any wording of which a passage stands. Pure."""
    passage = Passage(text)
    return [one for one in incident.updates if any(passage.stands_in(read(place)) for place in texts_of(one))]


def texts_of(update: Update) -> Iterator[Place]:
    """Yield every place that holds words of an update, as row and attribute."""
    for version in update.versions:
        yield from ((version, "body"), (version, "workaround"), (version, "reason"))
    yield update, "retraction_reason"


def read(place: Place) -> str:
    """Return the text that stands in a place."""
    row, name = place
    return str(getattr(row, name))


def put(place: Place, text: str) -> Iterator[Change]:
    """Write a text where another stood; yields field, old and new text unless it is the same."""
    row, name = place
    old = read(place)
    if old != text:
        setattr(row, name, text)
        yield name, old, text


def _advice(incident: Incident) -> Iterator[Place]:
    """Yield every place that holds "What you can do": it stands in each wording since it was said."""
    yield incident, "workaround"
    yield from ((version, "workaround") for update in incident.updates for version in update.versions)


def _without(update: Update, passage: Passage) -> list[Change]:
    """Take a passage out of an update's texts; return what changed."""
    advice = _advice(update.incident) if update.public else ()
    places = dict.fromkeys((*texts_of(update), *advice))
    return [change for place in places for change in put(place, passage.taken_from(read(place)))]


def _emptied(update: Update) -> list[Change]:
    """Take everything out of an update; return what changed."""
    brought = _brought_by(update)
    advice = [place for place in _advice(update.incident) if brought and read(place) == brought]
    return [change for place in dict.fromkeys((*texts_of(update), *advice)) for change in put(place, "")]


def _brought_by(update: Update) -> str:
    """Return the "What you can do" that a public update was the first to say, or nothing."""
    advice = update.current.workaround
    earlier = (other for other in update.incident.updates if other.id < update.id)
    known = any(version.workaround == advice for other in earlier for version in other.versions)
    return advice if update.public and not known else ""
