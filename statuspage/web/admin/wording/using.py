"""A template's texts put into a form: where nothing stands yet, or what stands there came from a template untouched.

The form carries, as `was.<field>`, a digest of what was last put there; so nobody's own words are ever replaced.
"""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from statuspage.core.errors import Invalid
from statuspage.domain.wording.filling import filled
from statuspage.domain.wording.placeholders import gaps
from statuspage.domain.wording.queries import offered_templates, usable_template
from statuspage.domain.wording.values import Story
from statuspage.web.admin.desk import zone
from statuspage.web.kit.current import now, session
from statuspage.web.kit.forms import Form
from statuspage.web.kit.times import read_local

if TYPE_CHECKING:
    from statuspage.domain.wording.models import MessageTemplate

PICKED = "picked"


def instant_in(form: Form, name: str) -> datetime | None:
    """Return a time typed in the page's zone; None for an empty or damaged one, which sending names."""
    try:
        return read_local(form.text(name), zone(), name)
    except Invalid:
        return None


def use_template(form: Form, story: Story, *, title: str = "") -> "MessageTemplate":
    """Put the texts of the template chosen in the form into it; `title` names the field a title goes to.

    What happened is said in the form's `picked`. Raises `Invalid` naming `template`.
    """
    template = usable_template(session(), form.text("template"))
    texts = filled(session(), template, story, now())
    rows = offered_templates(session(), template.language)
    usual = {_plain(filled(session(), one, told, now()).body) for one in rows for told in (story, Story())}
    used = _put(form, "body", texts.body, usual)
    if title:
        _put(form, title, texts.title, set())
    _put(form, "workaround", texts.workaround, set())
    form.values.setlist(PICKED, [_said(template, form.text("body") if used else "", used=used)])
    return template


def put_unless_touched(form: Form, name: str, value: str, usual: str) -> None:
    """Put a value into a field that is empty, holds the `usual` one, or what was put there before."""
    _put(form, name, value, {_plain(usual)})


def _put(form: Form, name: str, text: str, usual: set[str]) -> bool:
    """Put a text into a field unless somebody wrote there; tell whether it stands there now."""
    stands = form.text(name)
    untouched = not stands.strip() or form.text(f"was.{name}") == _digest(stands) or _plain(stands) in usual
    if not text:
        return False
    if untouched:
        form.values.setlist(name, [text])
        form.values.setlist(f"was.{name}", [_digest(text)])
    elif name == "body" and form.ticked("append") and _plain(text) not in _plain(stands):
        form.values.setlist(name, [f"{stands.rstrip()}\n\n{text}"])
    return _plain(text) in _plain(form.text(name))


def _said(template: "MessageTemplate", text: str, *, used: bool) -> str:
    if not used:
        return "Your words stand. Tick “Add below my words” to have the template's too."
    missing = dict.fromkeys(text[start:end] for start, end in gaps(text))
    return f"“{template.name}” is in the text." + (f" Fill in {', '.join(missing)}." if missing else "")


def _plain(text: str) -> str:
    return " ".join(text.split())


def _digest(text: str) -> str:
    return hashlib.sha256(_plain(text).encode()).hexdigest()[:16]
