"""Components as one part of the panel."""

from flask import Blueprint

from statuspage.web.admin.components import editing, grouping, lists

part = Blueprint("components", __name__, url_prefix="/components")
for page in (lists, grouping, editing):
    part.register_blueprint(page.blueprint)
