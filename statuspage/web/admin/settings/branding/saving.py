"""Changing how the page is dressed, and bringing an earlier look back."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.branding.actions import bring_back, change_branding
from statuspage.web.admin.desk import done
from statuspage.web.admin.settings.branding.forms import UPLOAD_BYTES, Uploads, draft_from, take_files
from statuspage.web.admin.settings.branding.page import branding_page, clashed, refusal, standing
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.entrances import takes
from statuspage.web.kit.forms import Form
from statuspage.web.kit.rights import requires

blueprint = Blueprint("branding", __name__, url_prefix="/branding")


@blueprint.get("")
@requires(Right.MANAGE)
def page() -> ResponseReturnValue:
    """Show how the page is dressed, for changing."""
    return branding_page(standing())


@blueprint.post("")
@requires(Right.MANAGE)
@takes(UPLOAD_BYTES)
def change() -> ResponseReturnValue:
    """Change it; every public page follows."""
    form = Form.sent()
    uploads = take_files(form)
    draft = draft_from(form)
    try:
        uploads.check(draft)
        uploads.keep()
        change_branding(session(), draft, by=by(), now=now())
    except Invalid as fault:
        return refusal(form, fault, uploads)
    except Conflict as clash:
        return clashed(form, clash, uploads)
    return done("Saved; the public pages follow.", url_for("admin.settings.branding.page"))


@blueprint.post("/earlier")
@requires(Right.MANAGE)
def earlier() -> ResponseReturnValue:
    """Dress the page as it was before."""
    form = Form.sent()
    number, seen = form.number_or_none("number") or 0, form.number_or_none("seen") or 0
    try:
        bring_back(session(), number, seen=seen, by=by(), now=now())
    except Conflict as clash:
        return clashed(standing(), clash, Uploads())
    return done("Back as it was; the public pages follow.", url_for("admin.settings.branding.page"))
