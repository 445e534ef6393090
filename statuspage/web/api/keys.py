"""Who calls: the bearer token of `Authorization`, nothing else. Cookies are not looked at."""

from datetime import timedelta
from http import HTTPStatus

from flask import request
from flask.typing import ResponseReturnValue

from statuspage.audit.actor import Actor, ActorKind
from statuspage.domain.accounts.enums import Right, Scope
from statuspage.domain.accounts.queries import live_token_or_none
from statuspage.domain.accounts.rules import scope_grants
from statuspage.domain.incidents.queries import Reader
from statuspage.web.kit.clients import spend
from statuspage.web.kit.current import installation, now
from statuspage.web.kit.errors import Explanation, as_problem
from statuspage.web.kit.rights import Caller

MINUTE = timedelta(minutes=1)


def token_caller() -> Caller | None:
    """Identify the token a request carries, or None. Raises `TooMany` when it has called too often this minute."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        return None
    with installation().database.session(readonly=True) as looking:
        found = live_token_or_none(looking, text.strip(), now())
    if found is None:
        return None
    spend("api", found.id.hex, installation().settings.limits.api_per_token_minute, MINUTE)
    return Caller(
        actor=Actor(ActorKind.TOKEN, found.name, found.id),
        rights=frozenset(right for right in Right if scope_grants(found.scope, right)),
        reader=Reader(sees_restricted=found.scope is Scope.ADMIN),
    )


def ask_for_token() -> ResponseReturnValue:
    """Tell a caller without a good token what is missing (RFC 6750)."""
    given = "Authorization" in request.headers
    fault = "This token is unknown, expired or revoked." if given else "No token was sent."
    challenge = 'Bearer realm="statuspage"' + (', error="invalid_token"' if given else "")
    return as_problem(
        Explanation(
            status=HTTPStatus.UNAUTHORIZED,
            title="A token is needed",
            message=f"{fault} Make one with `statuspage token add` and send it as `Authorization: Bearer ...`.",
            headers=(("WWW-Authenticate", challenge),),
        )
    )
