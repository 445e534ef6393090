"""The panel's door: one blueprint over all its parts, for people who signed in."""

from flask import Blueprint

from statuspage.web.admin import deliveries, front
from statuspage.web.admin.components import door as components
from statuspage.web.admin.incidents import door as incidents
from statuspage.web.admin.maintenance import door as maintenance
from statuspage.web.admin.readers import door as readers
from statuspage.web.admin.settings import door as settings
from statuspage.web.admin.subscribers import views as subscribers
from statuspage.web.admin.wording import hints
from statuspage.web.kit.entrances import STAFF_BODY_BYTES, Entrance
from statuspage.web.kit.people import ask_to_sign_in, panel_caller, tell_staff

ENTRANCE = Entrance(panel_caller, ask_to_sign_in, tell_staff, browser=True, body_bytes=STAFF_BODY_BYTES)
door = Blueprint("admin", __name__, url_prefix="/admin")
_PARTS = (incidents.part, maintenance.part, components.part, subscribers.blueprint, readers.part, settings.part)
for part in (front.blueprint, deliveries.blueprint, hints.blueprint, *_PARTS):
    door.register_blueprint(part)
