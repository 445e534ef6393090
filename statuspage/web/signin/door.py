"""The door's blueprint and entrance."""

from flask import Blueprint

from statuspage.web.kit.entrances import Entrance
from statuspage.web.kit.people import tell_staff
from statuspage.web.signin import links, views

ENTRANCE = Entrance(tell=tell_staff, browser=True)
door = Blueprint("access", __name__)
door.register_blueprint(views.blueprint)
door.register_blueprint(links.blueprint)
