"""The door's blueprint and entrance."""

from flask import Blueprint

from statuspage.web.kit.entrances import STREET
from statuspage.web.subscribe import answering, confirming, leaving, reporting, views

ENTRANCE = STREET
door = Blueprint("subscribe", __name__)
door.register_blueprint(views.blueprint)
door.register_blueprint(confirming.blueprint)
door.register_blueprint(leaving.blueprint)
door.register_blueprint(reporting.blueprint)
door.register_blueprint(answering.blueprint)
