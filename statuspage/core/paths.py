"""Where the files beside the code are: at the top of a checkout, or inside the installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def _beside(name: str) -> Path:
    shipped = _PACKAGE / "_data" / name
    return shipped if shipped.is_dir() else _PACKAGE.parent / name


def templates_dir() -> Path:
    """Return the directory of the Jinja templates."""
    return _beside("templates")


def static_dir() -> Path:
    """Return the directory of the static assets."""
    return _beside("static")


def migrations_dir() -> Path:
    """Return the directory of the Alembic environment."""
    return _beside("migrations")
