"""The texts every installation begins with: put into the database once, restored on request.

What somebody changed stays changed, what somebody removed stays away; a restart only adds texts that are new.
"""

import uuid
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.db import mark_changed
from statuspage.core.errors import Conflict
from statuspage.domain.wording.models import MessageTemplate
from statuspage.domain.wording.queries import name_key, template_by_id
from statuspage.domain.wording.shipped import SHIPPED, ShippedTemplate


def seed_templates(session: Session, *, now: datetime) -> int:
    """Add every shipped template that was never there; return how many. Safe to repeat."""
    present = set(session.scalars(select(MessageTemplate.shipped_key).where(MessageTemplate.shipped_key.is_not(None))))
    missing = [one for one in SHIPPED if one.key not in present]
    if not missing:
        return 0
    names = set(session.scalars(select(MessageTemplate.name_key).where(MessageTemplate.name_key.is_not(None))))
    last = session.scalar(select(func.max(MessageTemplate.position))) or 0
    for position, one in enumerate(missing, start=last + 1):
        row = MessageTemplate(shipped_key=one.key, position=position, created_at=now, updated_at=now)
        _write(row, one)
        row.name = _free(one.name, names)
        row.name_key = name_key(row.name)
        names.add(row.name_key)
        session.add(row)
    session.flush()
    return len(missing)


def _write(row: MessageTemplate, one: ShippedTemplate) -> None:
    for name in ("purpose", "status", "category", "severity", "language", "title", "body", "workaround"):
        setattr(row, name, getattr(one, name))
    row.length_minutes = one.length_minutes


def _free(name: str, taken: set[str | None]) -> str:
    number, found = 2, name
    while name_key(found) in taken:
        found, number = f"{name} ({number})", number + 1
    return found


def is_as_shipped(template: MessageTemplate) -> bool:
    """Tell whether the words of a shipped template are those that were shipped; False for one's own."""
    one = next((one for one in SHIPPED if one.key == template.shipped_key), None)
    return one is not None and (one.title, one.body, one.workaround) == (
        template.title, template.body, template.workaround
    )  # fmt: skip


def restore_template(session: Session, template_id: uuid.UUID, *, by: Actor, now: datetime) -> MessageTemplate:
    """Give a shipped template everything it was shipped with, its name apart. Raises `NotFound`, or `Conflict` for
    one that was not shipped."""
    template = template_by_id(session, template_id)
    one = next((one for one in SHIPPED if one.key == template.shipped_key), None)
    if one is None:
        raise Conflict("This template is your own: there is no shipped text of it.")
    _write(template, one)
    template.components.clear()
    mark_changed(template, now)
    session.flush()
    record(session, by, "template.restored", ("template", template.id), now, name=template.name)
    return template


def bring_back_removed(session: Session, *, by: Actor, now: datetime) -> int:
    """Bring back every shipped template that was removed, as shipped; return how many."""
    rows = session.scalars(select(MessageTemplate).where(MessageTemplate.removed_at.is_not(None))).all()
    names = set(session.scalars(select(MessageTemplate.name_key).where(MessageTemplate.name_key.is_not(None))))
    for row in rows:
        row.removed_at = None
        row.name = _free(row.name, names)
        row.name_key = name_key(row.name)
        names.add(row.name_key)
        session.flush()
        restore_template(session, row.id, by=by, now=now)
    return len(rows)
