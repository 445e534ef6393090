"""Readers as one part of the panel."""

from flask import Blueprint

from statuspage.web.admin.readers import exports, handling, lists

part = Blueprint("readers", __name__, url_prefix="/readers")
for page in (lists, exports, handling):
    part.register_blueprint(page.blueprint)
