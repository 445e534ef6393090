"""The words of branding."""

from enum import StrEnum


class Scheme(StrEnum):
    """The two looks of every page; a reader's system chooses."""

    LIGHT = "light"
    DARK = "dark"


class ImageUse(StrEnum):
    """What a picture is for."""

    LOGO = "logo"
    ICON = "icon"


class Ground(StrEnum):
    """What a picture can be seen on."""

    ANY = "any"
    LIGHT = "light"
    DARK = "dark"
