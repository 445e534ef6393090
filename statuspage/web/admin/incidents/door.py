"""Incidents as one part of the panel."""

from flask import Blueprint

from statuspage.web.admin.incidents import (
    approving,
    declaring,
    endings,
    exports,
    facts,
    lists,
    past,
    previews,
    queue,
    redacting,
    room,
    saving,
    speaking,
    steps,
    wording,
)

part = Blueprint("incidents", __name__, url_prefix="/incidents")
_SAID = (speaking, wording, previews, saving, queue, approving, redacting)
for page in (lists, exports, declaring, past, room, *_SAID, steps, endings, facts):
    part.register_blueprint(page.blueprint)
