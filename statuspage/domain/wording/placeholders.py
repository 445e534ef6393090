"""The closed list of placeholders and their plain substitution. Pure.

Nothing is evaluated: `{{ name }}` is looked up in a mapping, once; what a value brings along is never looked at again.
"""

import re
from collections.abc import Mapping

from statuspage.core.errors import Invalid

# What each stands for, as the panel explains it.
PLACEHOLDERS = {
    "component": "the component that is worst off",
    "components": "every public component that is affected",
    "title": "the title customers see",
    "impact": "minor, major or critical",
    "started": "when customers began to feel it",
    "next_update": "when the next update is promised",
    "duration": "how long it has lasted, or how long the work takes",
    "page": "the name of this page",
    "start": "when the maintenance begins",
    "end": "when the maintenance ends",
    "zone": "the time zone of the page",
}
_PLACEHOLDER = re.compile(r"\{\{\s*([^{}\n]{0,60}?)\s*\}\}")
_HALF = re.compile(r"\{\{|\}\}|\{%|%\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with every placeholder that has a value replaced; one without stays as it is, to be seen."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1]) or found[0], text)


def gaps(text: str) -> tuple[tuple[int, int], ...]:
    """Return begin and end of everything in `text` that still looks like a placeholder."""
    return tuple(found.span() for found in _PLACEHOLDER.finditer(text))


def checked(text: str, field: str) -> str:
    """Return `text` as it is. Raises `Invalid` naming `field` for a placeholder we do not have, or half of one."""
    unknown = sorted({found[1] for found in _PLACEHOLDER.finditer(text)} - PLACEHOLDERS.keys())
    known = ", ".join(PLACEHOLDERS)
    if unknown:
        named = ", ".join(f"{{{{ {name} }}}}" for name in unknown)
        raise Invalid({field: f"There is no placeholder {named}. These can be used: {known}."})
    if half := _HALF.search(_PLACEHOLDER.sub("", text)):
        raise Invalid({field: f"{half[0]} belongs to no placeholder. Write one as {{{{ component }}}}."})
    return text
