"""The door's blueprint and entrance."""

from flask import Blueprint

from statuspage.web.api import (
    afterwards,
    components,
    feedback,
    groups,
    incidents,
    intervals,
    maintenances,
    records,
    redactions,
    steps,
    subscribers,
    templates,
    updates,
    uptime,
)
from statuspage.web.api.calls import route_of
from statuspage.web.api.elsewhere import elsewhere
from statuspage.web.api.keys import ask_for_token, token_caller
from statuspage.web.api.reference import reading_room
from statuspage.web.api.registry import PREFIX
from statuspage.web.kit.entrances import STAFF_BODY_BYTES, Entrance
from statuspage.web.kit.errors import as_problem

PARTS = (
    incidents.part,
    updates.part,
    redactions.part,
    steps.part,
    afterwards.part,
    records.part,
    maintenances.part,
    templates.part,
    components.part,
    intervals.part,
    groups.part,
    uptime.part,
    subscribers.part,
    feedback.part,
)
ENTRANCE = Entrance(token_caller, ask_for_token, as_problem, programs=True, body_bytes=STAFF_BODY_BYTES)
door = Blueprint("api", __name__)
for one in PARTS:
    for operation in one.operations:
        door.add_url_rule(f"{PREFIX}{operation.path}", operation.name, route_of(operation), methods=[operation.method])
door.register_blueprint(reading_room(PARTS))
door.register_blueprint(elsewhere(PARTS))
