"""The page itself, as it stands or with what was typed."""

from dataclasses import dataclass
from functools import partial

from flask import url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.core.pictures import FILE_BYTES
from statuspage.domain.branding.queries import branding_or_none, brandings, images_by_code
from statuspage.domain.branding.rules import colour_of, resembles, shown_size
from statuspage.web.admin.desk import show
from statuspage.web.admin.settings.branding.forms import LINK_NUMBERS, PICTURES, Uploads, differences, form_of
from statuspage.web.kit.application import keep
from statuspage.web.kit.current import session
from statuspage.web.kit.forms import Form, overtaken, refused

HOUSE = "house"
FIELDS = (
    *("accent", *(f"{name}_file" for name in PICTURES), "footer", "privacy_url", "imprint_url"),
    *(f"{part}_{number}" for number in LINK_NUMBERS for part in ("label", "url")),
)


@dataclass(frozen=True)
class Chosen:
    """A picture that the form names, as the panel shows it; sizes are CSS pixels."""

    address: str
    width: int
    height: int
    ground: str


def branding_page(form: Form, clash: str = "", stands: Form | None = None) -> str:
    """Return the page with a form; `clash` and `stands` say what somebody else saved meanwhile."""
    accent = _accent(form)
    return show(
        "admin/settings/branding.html",
        form=form,
        fields=FIELDS,
        link_numbers=LINK_NUMBERS,
        pictures=_chosen(form),
        file_bytes=FILE_BYTES,
        sheet=url_for("admin.settings.branding_previews.sheet", look="both", accent=accent.lstrip("#") or HOUSE),
        resembled=resembles(accent) if accent else None,
        earlier=brandings(session())[1:],
        clash=clash,
        differing=differences(form, stands) if stands else [],
    )


def standing() -> Form:
    """Return the form as the page is dressed now."""
    return form_of(branding_or_none(session()))


def refusal(form: Form, fault: Invalid, uploads: Uploads) -> ResponseReturnValue:
    """Answer with the same form and what is wrong; good files stay, so that nobody has to choose them again."""
    return refused(form, fault, lambda typed: _keeping(typed, uploads))


def clashed(form: Form, clash: Conflict, uploads: Uploads) -> ResponseReturnValue:
    """Answer with the same form beside what somebody else saved; saving again replaces that."""
    return overtaken(form, clash, standing, partial(_keeping, uploads=uploads))


def _keeping(form: Form, uploads: Uploads, clash: str = "", stands: Form | None = None) -> str:
    uploads.keep()
    keep()
    return branding_page(form, clash, stands)


def _accent(form: Form) -> str:
    try:
        return colour_of(form.text("accent"))
    except Invalid:
        return ""


def _chosen(form: Form) -> dict[str, Chosen]:
    codes = {name: form.text(name) for name in PICTURES if form.text(name)}
    known = images_by_code(session(), codes.values())
    return {
        name: Chosen(
            url_for("admin.settings.branding_previews.image", code=code),
            *((60, 60) if name == "icon" else shown_size(known[code].width, known[code].height)),
            known[code].ground,
        )
        for name, code in codes.items()
        if code in known
    }
