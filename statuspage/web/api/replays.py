"""`Idempotency-Key`: the same POST sent twice is carried out once and answered twice.

The answer is remembered in the transaction that carried the request out, per token, for a day. Refusals are not
remembered: nothing was done, so the same key may be used again.
"""

import hashlib
import re

from flask import Response, make_response, request

from statuspage.core.db import translated
from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.access import ANSWER_LIFE, Answer, remember_answer
from statuspage.domain.accounts.queries import remembered_answer
from statuspage.web.kit.current import by, now, session

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
_KEY = re.compile(r"[!-~]{1,255}")


def key_of_request() -> str | None:
    """Return the key of a POST, or None when it has none. Raises `Invalid` for one that is no key."""
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST":
        return None
    if not _KEY.fullmatch(key):
        raise Invalid({HEADER: "Use 1 to 255 visible ASCII characters, a UUID for example."})
    return key


def earlier_answer(key: str) -> Response | None:
    """Return what this POST was answered before. Raises `Invalid` when the key was used for another request."""
    token_id = by().id
    assert token_id is not None
    known = remembered_answer(session(), token_id, key, now() - ANSWER_LIFE)
    if known is None:
        return None
    if known.request_hash != _fingerprint():
        raise Invalid({HEADER: "This key was used for another request. Take a fresh one."})
    response = make_response(known.body, known.status)
    if known.location:
        response.headers["Location"] = known.location
    response.headers[REPLAYED] = "true"
    return response


def remember(key: str, response: Response) -> None:
    """Keep an answer in this request's transaction. Raises `Conflict` when the same POST is being carried out twice."""
    token_id = by().id
    assert token_id is not None
    answer = Answer(_fingerprint(), response.status_code, response.headers.get("Location"), response.get_data(True))
    try:
        with translated():
            remember_answer(session(), token_id, key, answer, now=now())
    except Conflict:
        raise Conflict("The same request is being carried out right now. Send it again to get its answer.") from None


def _fingerprint() -> str:
    asked = f"{request.method} {request.full_path}\n".encode() + request.get_data()
    return hashlib.sha256(asked).hexdigest()
