"""One way to make a Jinja environment: strict, autoescaping, with the filters every audience needs."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from statuspage.core.clock import rfc3339
from statuspage.core.paths import templates_dir
from statuspage.core.text import plain_text, render_markdown


def local(instant: datetime, zone: str, form: str = "%-d %b %Y, %H:%M") -> str:
    """Write an instant in an IANA zone with a `strftime` form."""
    return instant.astimezone(ZoneInfo(zone)).strftime(form)


def duration(span: timedelta) -> str:
    """Write a span as a person would say it: `1 h 05 min`, `38 min`, `2 d 3 h`; below a minute `under a minute`."""
    minutes = int(span.total_seconds()) // 60
    if minutes < 1:
        return "under a minute"
    days, rest = divmod(minutes, 1440)
    hours, minutes = divmod(rest, 60)
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes:02d} min" if minutes else f"{hours} h"
    return f"{minutes} min"


def markdown(text: str) -> Markup:
    """Render sanitised HTML of CommonMark text."""
    return Markup(render_markdown(text))  # noqa: S704  # render_markdown ends with nh3, which cleans it


FILTERS = {
    "iso": rfc3339,
    "local": local,
    "duration": duration,
    "markdown": markdown,
    "plain": plain_text,
}


def prepare(environment: Environment) -> Environment:
    """Give an environment (ours or Flask's) the house's filters and strictness."""
    environment.undefined = StrictUndefined
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.filters.update(FILTERS)
    return environment


def html_environment() -> Environment:
    """Return an environment for HTML and XML over `templates/`."""
    return prepare(Environment(loader=FileSystemLoader(templates_dir()), autoescape=True))


def text_environment() -> Environment:
    """Return an environment for plain text over `templates/`, without escaping."""
    return prepare(Environment(loader=FileSystemLoader(templates_dir()), autoescape=False))  # noqa: S701  # nothing to escape in plain text
