"""Components as one part of the panel."""

from flask import Blueprint

from statuspage.web.admin.components import editing, grouping, intervals, lists

part = Blueprint("components", __name__, url_prefix="/components")
for page in (lists, grouping, editing, intervals):
    part.register_blueprint(page.blueprint)
