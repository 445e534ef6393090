"""Incidents as one part of the panel."""

from flask import Blueprint

from statuspage.web.admin.incidents import declaring, facts, lists, room, speaking, steps

part = Blueprint("incidents", __name__, url_prefix="/incidents")
for page in (lists, declaring, room, speaking, steps, facts):
    part.register_blueprint(page.blueprint)
