"""The shipped templates as they stand in the TOML files beside this module, checked when they are read. Pure.

`en.toml` and `de.toml` say the same things in the same order. Their words give no blame and promise no repair; a test
reads them with the hints. They leave the next update to the line that always stands below a text.
"""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from statuspage.core.languages import Language
from statuspage.domain.incidents.enums import Category, Severity
from statuspage.domain.wording.enums import Purpose, TemplateStatus


class ShippedTemplate(BaseModel):
    """One of them; `key` names it for ever."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    name: str
    purpose: Purpose
    language: Language
    body: str
    status: TemplateStatus | None = None
    category: Category | None = None
    severity: Severity | None = None
    title: str = ""
    workaround: str = ""
    length_minutes: int | None = None


def _read(language: Language) -> list[ShippedTemplate]:
    text = Path(__file__).with_name(f"{language}.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["template"]
    return [
        ShippedTemplate.model_validate({**row, "key": f"{language}.{row['key']}", "language": language}) for row in rows
    ]


SHIPPED = tuple(one for language in Language for one in _read(language))
