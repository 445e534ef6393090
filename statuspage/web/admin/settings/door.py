"""Settings as one part of the panel."""

from flask import Blueprint

from statuspage.web.admin.settings import (
    audit,
    mail,
    people,
    profile,
    publishing,
    sessions,
    template_editing,
    templates,
    tokens,
    uptime,
)

part = Blueprint("settings", __name__, url_prefix="/settings")
for page in (profile, uptime, publishing, templates, template_editing, people, sessions, tokens, mail, audit):
    part.register_blueprint(page.blueprint)
