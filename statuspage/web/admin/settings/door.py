"""Settings as one part of the panel."""

from flask import Blueprint

from statuspage.web.admin.settings import (
    audit,
    languages,
    mail,
    people,
    profile,
    publishing,
    reports,
    sessions,
    template_editing,
    templates,
    tokens,
    uptime,
)
from statuspage.web.admin.settings.branding import previews, saving

part = Blueprint("settings", __name__, url_prefix="/settings")
for page in (
    profile,
    saving,
    previews,
    languages,
    uptime,
    publishing,
    reports,
    templates,
    template_editing,
    people,
    sessions,
    tokens,
    mail,
    audit,
):
    part.register_blueprint(page.blueprint)
