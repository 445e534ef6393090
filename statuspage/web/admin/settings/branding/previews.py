"""What is seen before it is public: the home page as it would be, pictures that were just sent, and both schemes side
by side under any accent."""

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid, NotFound
from statuspage.domain.accounts.enums import Right
from statuspage.domain.branding.actions import BrandDraft, cleaned
from statuspage.domain.branding.enums import Scheme
from statuspage.domain.branding.queries import image_or_none, images_by_code
from statuspage.domain.branding.rules import colour_of, shown_size
from statuspage.publish.brand import Brand, Icon, Link, Logo, scheme_sheet
from statuspage.publish.pages.branding import home_under
from statuspage.web.admin.settings.branding.forms import UPLOAD_BYTES, draft_from, take_files
from statuspage.web.admin.settings.branding.page import HOUSE, refusal
from statuspage.web.kit.current import installation, now, session
from statuspage.web.kit.entrances import takes
from statuspage.web.kit.forms import Form
from statuspage.web.kit.redirects import see
from statuspage.web.kit.rights import requires

blueprint = Blueprint("branding_previews", __name__, url_prefix="/branding")


@blueprint.get("/preview")
@requires(Right.MANAGE)
def without_form() -> ResponseReturnValue:
    """Send on who loads a preview again without its form."""
    return see(url_for("admin.settings.branding.page"))


@blueprint.post("/preview")
@requires(Right.MANAGE)
@takes(UPLOAD_BYTES)
def preview() -> ResponseReturnValue:
    """Show the home page as it would be in the scheme that `look` names. Saves nothing; pictures are kept for a day."""
    form = Form.sent()
    uploads = take_files(form)
    draft = draft_from(form)
    try:
        uploads.check(draft)
        scheme = form.word("look", Scheme)
    except Invalid as fault:
        return refusal(form, fault, uploads)
    uploads.keep()
    page = home_under(session(), installation().site, now(), _worn(cleaned(draft), scheme))
    return Response(page.body, content_type=page.content_type)


@blueprint.get("/images/<code>")
@requires(Right.MANAGE)
def image(code: str) -> ResponseReturnValue:
    """Send a kept picture."""
    found = image_or_none(session(), code)
    if found is None:
        raise NotFound("This picture is kept no longer. Choose the file again.")
    return Response(found.body, content_type=found.content_type)


@blueprint.get("/sheets/<look>/<accent>.css")
@requires(Right.MANAGE)
def sheet(look: str, accent: str) -> ResponseReturnValue:
    """Send the colours of a scheme under an accent (six hex digits, or `house`): `light` and `dark` for a whole page,
    `both` for samples side by side."""
    tokens = installation().site.assets.text("css/tokens.css")
    colour = "" if accent == HOUSE else colour_of(accent)
    if look == "both":
        written = "".join(scheme_sheet(tokens, colour, scheme, f".in-{scheme}") for scheme in Scheme)
    elif look in set(Scheme):
        written = scheme_sheet(tokens, colour, Scheme(look), ":root")
    else:
        raise NotFound("There is no such look; it is light, dark or both.")
    return Response(written, content_type="text/css; charset=utf-8")


def _worn(draft: BrandDraft, scheme: Scheme) -> Brand:
    """Return what the page would wear, in the one scheme: its logo stands for both."""
    dark = scheme is Scheme.DARK and bool(draft.dark_logo)
    sheet_url = url_for(".sheet", look=scheme, accent=draft.accent.lstrip("#") or HOUSE)
    icon = url_for(".image", code=draft.icon)
    return Brand(
        logo=_logo(draft.dark_logo if dark else draft.logo),
        icon=Icon(icon, icon) if draft.icon else None,
        sheet=sheet_url,
        links=tuple(Link(link.label, link.url) for link in draft.links),
        footer=draft.footer,
        privacy_url=draft.privacy_url,
        imprint_url=draft.imprint_url,
    )


def _logo(code: str) -> Logo | None:
    found = images_by_code(session(), [code]).get(code)
    if found is None:
        return None
    return Logo(url_for(".image", code=code), *shown_size(found.width, found.height), found.ground)
