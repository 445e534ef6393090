"""`/readyz`: can something be published right now?"""

from datetime import timedelta
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from statuspage.core.clock import rfc3339
from statuspage.core.db import commit
from statuspage.core.errors import Unavailable
from statuspage.domain.accounts.access import draw
from statuspage.domain.accounts.queries import live_token_or_none
from statuspage.domain.accounts.rules import Allowance
from statuspage.domain.reports.queries import honesty
from statuspage.outbox.duties import last_seen, worker_is_alive
from statuspage.outbox.queries import backlog
from statuspage.web.kit.current import installation, now, session
from statuspage.web.kit.entrances import MACHINES
from statuspage.web.kit.rights import public_route

ENTRANCE = MACHINES
door = Blueprint("ops", __name__)
_OFTEN = Allowance(1_000_000, timedelta(seconds=1))


@door.get("/readyz")
@public_route
def ready() -> ResponseReturnValue:
    """Answer 200 when the database takes a write and gives it back, else 503. `?require=worker` asks for a living
    worker, too. Age of the worker, backlog and findings of the honesty check are told to API tokens alone."""
    try:
        _write()
        alive = worker_is_alive(session(), now())
        fit = alive or request.args.get("require") != "worker"
        told = {"ready": fit} | (_details(alive=alive) if _has_token() else {})
    except Unavailable:
        return jsonify({"ready": False}), 503
    return jsonify(told), 200 if fit else 503


def _write() -> None:
    with installation().database.session() as writing:
        draw(writing, "readyz", _OFTEN, now())
        commit(writing)


def _has_token() -> bool:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and live_token_or_none(session(), token.strip(), now()) is not None


def _details(*, alive: bool) -> dict[str, Any]:
    seen, queue = last_seen(session()), backlog(session())
    return {
        "worker_alive": alive,
        "worker_age_seconds": int((now() - seen).total_seconds()) if seen else None,
        "waiting": queue.waiting,
        "waiting_seconds": int((now() - queue.since).total_seconds()) if queue.since else 0,
        "findings": _findings(),
    }


def _findings() -> list[dict[str, str]]:
    """Return where what customers are told and what is so do not agree."""
    generation = installation().builder.store.generation()
    found = honesty(session(), now(), shown=generation.number if generation else None)
    return [
        {"kind": one.kind, "subject": one.subject, "since": rfc3339(one.since), "message": one.message} for one in found
    ]
