"""Incidents as one part of the panel."""

from flask import Blueprint

from statuspage.web.admin.incidents import (
    declaring,
    endings,
    exports,
    facts,
    lists,
    past,
    previews,
    redacting,
    room,
    speaking,
    steps,
)

part = Blueprint("incidents", __name__, url_prefix="/incidents")
for page in (lists, exports, declaring, past, room, speaking, previews, steps, endings, facts, redacting):
    part.register_blueprint(page.blueprint)
