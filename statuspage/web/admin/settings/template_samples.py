"""What a template would say, with values made up for the purpose."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from statuspage.core.errors import Invalid
from statuspage.core.languages import Language
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.queries import components
from statuspage.domain.incidents.enums import Impact
from statuspage.domain.wording.hints import Hint, hints_for
from statuspage.domain.wording.placeholders import PLACEHOLDERS, checked, fill
from statuspage.domain.wording.queries import page_voice
from statuspage.domain.wording.rules import PLANNED
from statuspage.domain.wording.values import Story, Voice, values_of
from statuspage.web.kit.forms import Form

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

EXAMPLES = list(PLACEHOLDERS.items())
_TITLES = {Language.EN: "Some payments fail", Language.DE: "Einige Zahlungen misslingen"}
_PARTS = {Language.EN: ("Checkout", "API"), Language.DE: ("Bezahlen", "Schnittstelle")}


@dataclass(frozen=True)
class Sample:
    """The texts with examples in them, each example's value, and what is to be said about the body."""

    title: str
    body: str
    workaround: str
    values: dict[str, str]
    fault: str
    hints: tuple[Hint, ...]


def sample_of(session: "Session", form: Form, now: datetime) -> Sample:
    """Return what the words in the form would say on this page, in the language chosen there."""
    voice = page_voice(session)
    if form.text("language") in list(Language):
        voice = replace(voice, language=Language(form.text("language")))
    planned = form.text("purpose") in PLANNED
    shown = [row.name for row in components(session, public_only=True)][:2]
    values = _values(voice, shown, now, planned=planned)
    texts = {name: fill(form.text(name), values) for name in ("title", "body", "workaround")}
    return Sample(
        **texts,
        values=values,
        fault=next(iter(_faults(form).values()), ""),
        hints=hints_for(session, texts["body"], planned=planned),
    )


def _values(voice: Voice, shown: list[str], now: datetime, *, planned: bool) -> dict[str, str]:
    names = shown or list(_PARTS[voice.language])
    level = ComponentStatus.UNDER_MAINTENANCE if planned else ComponentStatus.PARTIAL_OUTAGE
    told = Story(
        title=_TITLES[voice.language],
        components=tuple((name, level) for name in names),
        impact=Impact.MAJOR,
        started_at=None if planned else now - timedelta(minutes=38),
        next_update_at=now + timedelta(minutes=30),
        starts_at=now + timedelta(days=3) if planned else None,
        ends_at=now + timedelta(days=3, hours=1) if planned else None,
    )
    return values_of(told, voice, now)


def _faults(form: Form) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("body", "title", "workaround"):
        try:
            checked(form.text(name), name)
        except Invalid as fault:
            found |= fault.fields
    return found
