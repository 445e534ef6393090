"""What the pages about templates offer, as (value, words), and how a template's traits are said."""

from statuspage.core.languages import Language
from statuspage.domain.incidents.enums import Category, Severity
from statuspage.domain.wording.enums import Purpose, TemplateStatus

Options = list[tuple[str, str]]

PURPOSES = {
    Purpose.FIRST: "First notice",
    Purpose.UPDATE: "Update",
    Purpose.RESOLUTION: "Resolution",
    Purpose.MAINTENANCE: "Maintenance notice",
    Purpose.MAINTENANCE_UPDATE: "Maintenance update",
}
LANGUAGES = {one: one.own_name for one in Language}


def spoken(word: str) -> str:
    """Return an enum's word as a person says it."""
    return word.replace("_", " ").capitalize()


ANY: Options = [("", "any")]
PURPOSE_CHOICES: Options = [(one.value, words) for one, words in PURPOSES.items()]
LANGUAGE_CHOICES: Options = [(one.value, words) for one, words in LANGUAGES.items()]
STATUS_CHOICES: Options = [*ANY, *((one.value, spoken(one)) for one in TemplateStatus)]
CATEGORY_CHOICES: Options = [*ANY, *((one.value, spoken(one)) for one in Category)]
SEVERITY_CHOICES: Options = [*ANY, *((one.value, one.upper()) for one in Severity)]
USED_CHOICES: Options = [("", "all"), ("on", "offered"), ("off", "not offered")]
FIELDS = {
    "name": "Name",
    "purpose": "For",
    "status": "Status",
    "category": "Category",
    "severity": "Severity",
    "language": "Language",
    "title": "Title for customers",
    "workaround": "What you can do",
    "length_minutes": "Usual length in minutes",
}
