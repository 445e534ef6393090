"""The page's name, zone and support link."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.clock import known_zones
from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.profile import ProfileDraft, change_profile
from statuspage.domain.components.queries import site_profile
from statuspage.web.admin.desk import done, show
from statuspage.web.kit.current import by, installation, now, session
from statuspage.web.kit.forms import Form, overtaken, refused
from statuspage.web.kit.rights import requires

blueprint = Blueprint("profile", __name__)
_AREAS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/", "UTC")


@blueprint.get("")
@requires(Right.MANAGE)
def page() -> ResponseReturnValue:
    """Show the profile for changing."""
    return _page(_standing())


@blueprint.post("")
@requires(Right.MANAGE)
def change() -> ResponseReturnValue:
    """Change it; every public page shows it."""
    form = Form.sent()
    draft = ProfileDraft(
        name=form.text("name"),
        timezone=form.text("timezone").strip(),
        support_url=form.text("support_url"),
        seen_name=form.text("seen_name"),
        seen_timezone=form.text("seen_timezone"),
    )
    try:
        change_profile(session(), draft, by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, _page)
    except Conflict as clash:
        return overtaken(form, clash, _standing, _page)
    return done("Saved; the public pages follow.", url_for("admin.settings.profile.page"))


def _standing() -> Form:
    profile = site_profile(session())
    return Form(
        {
            "name": profile.name,
            "timezone": profile.timezone,
            "support_url": profile.support_url,
            "seen_name": profile.name,
            "seen_timezone": profile.timezone,
        }
    )


def _page(form: Form, clash: str = "", stands: Form | None = None) -> str:
    labels = {"name": "Name", "timezone": "Time zone"}
    return show(
        "admin/settings/profile.html",
        form=form,
        zones=sorted(name for name in known_zones() if name.startswith(_AREAS)),
        settings=installation().settings,
        backup_at=site_profile(session()).backup_at,
        clash=clash,
        differing=form.differing(stands, labels),
    )
