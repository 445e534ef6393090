"""Settings as one part of the panel."""

from flask import Blueprint

from statuspage.web.admin.settings import audit, mail, people, profile, sessions, tokens, uptime

part = Blueprint("settings", __name__, url_prefix="/settings")
for page in (profile, uptime, people, sessions, tokens, mail, audit):
    part.register_blueprint(page.blueprint)
