"""Roles, scopes, rights and the purposes of one-time links."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in the team; each includes the ones before it."""

    VIEWER = "viewer"
    RESPONDER = "responder"
    PUBLISHER = "publisher"
    MANAGER = "manager"
    ADMIN = "admin"


class Scope(StrEnum):
    """What an API token may do; each includes the ones before it."""

    READ = "read"
    PUBLISH = "publish"
    MANAGE = "manage"
    ADMIN = "admin"


class Right(StrEnum):
    """What a route may ask for."""

    VIEW = "view"
    RESPOND = "respond"
    PUBLISH = "publish"
    MANAGE = "manage"
    ADMIN = "admin"


class LinkPurpose(StrEnum):
    """What a one-time link is for."""

    SETUP = "setup"
    INVITE = "invite"
    RESET = "reset"
