"""Mail: proving the way out, what failed, and the outbox of the file transport."""

from pathlib import Path

from flask import Blueprint, Response, make_response, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.core.headers import CONTENT_SECURITY_POLICY
from statuspage.domain.accounts.actions import clean_email
from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.profile import ask_for_test_mail
from statuspage.outbox.queries import failures_page, newest_test
from statuspage.web.admin.desk import done, show
from statuspage.web.admin.machinery import machinery
from statuspage.web.admin.settings.letters import letter, letters, part_of
from statuspage.web.kit.current import by, installation, now, session
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.people import person
from statuspage.web.kit.rights import requires

blueprint = Blueprint("mail", __name__, url_prefix="/mail")
SHOWN = 100
# A mail's own styles are inline; it runs no script, loads nothing from elsewhere and reaches nothing of the panel.
LETTER_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
FRAMING_POLICY = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"


@blueprint.get("")
@requires(Right.MANAGE)
def page() -> ResponseReturnValue:
    """Show how mail is doing."""
    return _page(Form({"address": person().email}))


@blueprint.post("/test")
@requires(Right.MANAGE)
def test() -> ResponseReturnValue:
    """Send a test mail."""
    form = Form.sent()
    try:
        ask_for_test_mail(session(), clean_email(form.text("address"), "address"), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, _page)
    return done("The test mail is on its way; look below what became of it.", url_for("admin.settings.mail.page"))


def _page(form: Form) -> str:
    settings = installation().settings
    return show(
        "admin/settings/mail.html",
        form=form,
        settings=settings,
        machinery=machinery(),
        test=newest_test(session()),
        failures=failures_page(session(), limit=SHOWN),
        letters=letters(_outbox(), SHOWN) if settings.mail.transport == "file" else None,
    )


def _outbox() -> Path:
    return installation().settings.data.dir / "outbox"


@blueprint.get("/outbox/<name>")
@requires(Right.MANAGE)
def read(name: str) -> ResponseReturnValue:
    """Show a message: its text, its HTML in a frame that can do nothing, its headers."""
    message = letter(_outbox(), name)
    page = show(
        "admin/settings/letter.html",
        name=name,
        subject=str(message["Subject"]),
        text=part_of(message, "plain"),
        has_html=bool(part_of(message, "html")),
        headers=[(header, str(value)) for header, value in message.items()],
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = FRAMING_POLICY
    return response


@blueprint.get("/outbox/<name>/html")
@requires(Right.MANAGE)
def html(name: str) -> Response:
    """Return the HTML part of a message as it was written, under a policy of its own."""
    response = make_response(part_of(letter(_outbox(), name), "html"))
    response.headers["Content-Security-Policy"] = LETTER_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
