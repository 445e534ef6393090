"""The shipped texts: complete in both languages, and words one can stand by."""

import pytest

from statuspage.core.languages import Language
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.enums import Category, PublicStatus, Severity
from statuspage.domain.wording.actions import TemplateDraft, checked_draft
from statuspage.domain.wording.enums import Purpose, TemplateStatus
from statuspage.domain.wording.hints import Known, find_hints
from statuspage.domain.wording.placeholders import fill, gaps
from statuspage.domain.wording.rules import PLANNED, Occasion, fitting
from statuspage.domain.wording.shipped import SHIPPED, ShippedTemplate
from statuspage.domain.wording.values import Story, Voice, values_of
from tests.kit.clock import FrozenClock

NOW = FrozenClock().now()
CLICHES = ("apologi", "inconvenience", "entschuldig", "unannehmlichkeit", "patience", "geduld", "schnellstmöglich")


@pytest.mark.parametrize("one", SHIPPED, ids=lambda one: one.key)
def test_every_shipped_text_is_one_that_could_be_saved(one: ShippedTemplate) -> None:
    draft = TemplateDraft(**one.model_dump(exclude={"key"}))
    assert checked_draft(draft) == draft


@pytest.mark.parametrize("one", SHIPPED, ids=lambda one: one.key)
def test_every_shipped_text_is_calm_short_and_without_hints(one: ShippedTemplate) -> None:
    parts = (("Bezahlen im Netz", ComponentStatus.MAJOR_OUTAGE), ("API", ComponentStatus.PARTIAL_OUTAGE))
    work = one.purpose in PLANNED
    known = {"starts_at": NOW, "ends_at": NOW} if work else {"started_at": NOW}
    text = fill(one.body, values_of(Story(components=parts, **known), Voice("Acme", one.language, "UTC"), NOW))
    assert find_hints(text, Known(shown=("Bezahlen im Netz", "API")), planned=work) == ()
    assert len(text) < 400
    assert not [word for word in CLICHES if word in text.lower()]
    assert not gaps(text)


@pytest.mark.parametrize("language", Language)
def test_there_is_a_text_for_every_occasion(language: Language) -> None:
    mine = [one for one in SHIPPED if one.language is language]
    for severity in Severity:
        occasion = Occasion(Purpose.FIRST, TemplateStatus.INVESTIGATING, None, severity)
        assert fitting(mine, occasion)[0].severity is severity
    for status in PublicStatus:
        purpose = Purpose.RESOLUTION if status is PublicStatus.RESOLVED else Purpose.UPDATE
        for category in (None, *Category):
            best = fitting(mine, Occasion(purpose, TemplateStatus(status), category))[0]
            assert best.category is (None if category is Category.OTHER else category)
    for status in ("in_progress", "verifying", "completed", "cancelled"):
        assert fitting(mine, Occasion(Purpose.MAINTENANCE_UPDATE, TemplateStatus(status)))
    assert fitting(mine, Occasion(Purpose.MAINTENANCE, TemplateStatus.SCHEDULED))[0].length_minutes == 60


def test_both_languages_say_the_same_things() -> None:
    said = {language: [one for one in SHIPPED if one.language is language] for language in Language}
    bare = [
        [one.model_dump(exclude={"key", "name", "language", "title", "body", "workaround"}) for one in rows]
        for rows in said.values()
    ]
    assert bare[0] == bare[1]
    assert len({one.name.casefold() for one in SHIPPED}) == len(SHIPPED)
    assert len({one.key for one in SHIPPED}) == len(SHIPPED)
