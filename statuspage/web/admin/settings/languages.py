"""The languages of the public page: the one staff write in, and those its frame is also said in."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.core.languages import Editions, Language
from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.profile import LanguagesDraft, change_languages
from statuspage.domain.components.queries import editions
from statuspage.web.admin.desk import done, show
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form, overtaken, refused
from statuspage.web.kit.rights import requires

blueprint = Blueprint("languages", __name__, url_prefix="/languages")


@blueprint.get("")
@requires(Right.MANAGE)
def page() -> ResponseReturnValue:
    """Show the languages, for changing."""
    return _page(_standing())


@blueprint.post("")
@requires(Right.MANAGE)
def change() -> ResponseReturnValue:
    """Change them; every public page moves to its place in the background."""
    form = Form.sent()
    try:
        own = form.word("own", Language)
        others = frozenset(one for one in Language if form.ticked(f"show_{one}"))
        change_languages(session(), LanguagesDraft(own, others, _seen(form)), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, _page)
    except Conflict as clash:
        return overtaken(form, clash, _standing, _page)
    return done("Saved; the public pages follow.", url_for("admin.settings.languages.page"))


def _seen(form: Form) -> Editions | None:
    """Return what the author saw, as the page itself put it into the form."""
    words = form.text("seen").split()
    if not words or not set(words) <= set(Language):
        return None
    own, *others = (Language(word) for word in words)
    return Editions(own, tuple(others))


def _standing() -> Form:
    stands = editions(session())
    shown = {f"show_{one}": "yes" for one in stands.all}
    return Form({"own": stands.own, "seen": " ".join(stands.all), **shown})


def _page(form: Form, clash: str = "", stands: Form | None = None) -> str:
    told = [("Languages", ", ".join(Language(one).own_name for one in stands.text("seen").split()))] if stands else []
    choices = [(one.value, one.own_name) for one in Language]
    return show("admin/settings/languages.html", form=form, choices=choices, clash=clash, differing=told)
