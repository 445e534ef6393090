"""Maintenance as one part of the panel."""

from flask import Blueprint

from statuspage.web.admin.maintenance import lists, one, planning, previews, redacting, wording

part = Blueprint("maintenance", __name__, url_prefix="/maintenance")
for page in (lists, planning, one, previews, redacting, wording):
    part.register_blueprint(page.blueprint)
