"""Which template is proposed, what may go together, what placeholders become: as tables."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.core.errors import Invalid
from statuspage.core.languages import Language
from statuspage.domain.components.enums import ComponentStatus as C
from statuspage.domain.incidents.enums import Category, Impact, Severity
from statuspage.domain.wording.enums import Purpose, TemplateStatus
from statuspage.domain.wording.placeholders import PLACEHOLDERS, checked, fill, gaps
from statuspage.domain.wording.rules import Occasion, Traits, faults_of, fitting, said_as
from statuspage.domain.wording.values import Story, Voice, listed, values_of

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
BERLIN = Voice("Acme", Language.EN, "Europe/Berlin")
DEUTSCH = replace(BERLIN, language=Language.DE)


@dataclass(frozen=True)
class Row:
    """A template as far as fitting is concerned."""

    name: str
    purpose: Purpose = Purpose.UPDATE
    status: TemplateStatus | None = TemplateStatus.IDENTIFIED
    category: Category | None = None
    severity: Severity | None = None


ROWS = [
    Row("anything", status=None),
    Row("identified"),
    Row("also identified"),
    Row("network", category=Category.NETWORK),
    Row("any network", status=None, category=Category.NETWORK),
    Row("network, worst", category=Category.NETWORK, severity=Severity.SEV1),
    Row("worst", severity=Severity.SEV1),
    Row("monitoring", status=TemplateStatus.MONITORING),
    Row("first", purpose=Purpose.FIRST),
]


@pytest.mark.parametrize(
    ("category", "severity", "expected"),
    [
        (None, None, ["identified", "also identified", "anything"]),
        (Category.CHANGE, Severity.SEV2, ["identified", "also identified", "anything"]),
        (None, Severity.SEV1, ["worst", "identified", "also identified", "anything"]),
        (Category.NETWORK, Severity.SEV3, ["network", "identified", "also identified", "any network", "anything"]),
        (
            Category.NETWORK,
            Severity.SEV1,
            ["network, worst", "network", "worst", "identified", "also identified", "any network", "anything"],
        ),
    ],
)
def test_the_most_exact_template_comes_first(
    category: Category | None, severity: Severity | None, expected: list[str]
) -> None:
    occasion = Occasion(Purpose.UPDATE, TemplateStatus.IDENTIFIED, category, severity)
    assert [row.name for row in fitting(ROWS, occasion)] == expected


@pytest.mark.parametrize(
    ("status", "first", "expected"),
    [
        (TemplateStatus.INVESTIGATING, True, Purpose.FIRST),
        (TemplateStatus.INVESTIGATING, False, Purpose.UPDATE),
        (TemplateStatus.MONITORING, False, Purpose.UPDATE),
        (TemplateStatus.RESOLVED, False, Purpose.RESOLUTION),
        (TemplateStatus.RESOLVED, True, Purpose.RESOLUTION),
    ],
)
def test_a_status_says_the_purpose(status: TemplateStatus, first: bool, expected: Purpose) -> None:
    assert said_as(status, first=first) is expected


PLAIN = Traits(Purpose.UPDATE, TemplateStatus.IDENTIFIED, None, None, "", "", None, ())
PLANNED = replace(PLAIN, purpose=Purpose.MAINTENANCE, status=TemplateStatus.SCHEDULED)


@pytest.mark.parametrize(
    ("traits", "fields"),
    [
        (PLAIN, []),
        (replace(PLAIN, status=None, category=Category.OTHER, severity=Severity.SEV4, workaround="Wait."), []),
        (replace(PLAIN, purpose=Purpose.FIRST, title="Trouble"), []),
        (replace(PLANNED, title="Work", length_minutes=60, components=("mail",)), []),
        (replace(PLAIN, status=TemplateStatus.RESOLVED), ["status"]),
        (replace(PLAIN, status=TemplateStatus.SCHEDULED), ["status"]),
        (replace(PLAIN, purpose=Purpose.RESOLUTION), ["status"]),
        (replace(PLAIN, title="Trouble"), ["title"]),
        (replace(PLAIN, length_minutes=60), ["length_minutes"]),
        (replace(PLAIN, components=("mail",)), ["components"]),
        (replace(PLANNED, category=Category.CHANGE, severity=Severity.SEV1), ["category", "severity"]),
        (replace(PLANNED, workaround="Wait."), ["workaround"]),
        (replace(PLANNED, length_minutes=4), ["length_minutes"]),
        (replace(PLANNED, length_minutes=43_201), ["length_minutes"]),
        (replace(PLANNED, status=TemplateStatus.COMPLETED), ["status"]),
        (replace(PLANNED, purpose=Purpose.MAINTENANCE_UPDATE, status=TemplateStatus.COMPLETED), []),
    ],
)
def test_what_does_not_go_together_is_named(traits: Traits, fields: list[str]) -> None:
    assert list(faults_of(traits)) == fields


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ title }} and {{title}}", "Checkout and Checkout"),
        ("{{  title  }}", "Checkout"),
        ("{{ next_update }}", "{{ next_update }}"),
        ("{{ empty }}", "{{ empty }}"),
        ("{ title } {{ title", "{ title } {{ title"),
        ("{{ tricky }}", "{{ title }}"),
        ("{{ 7*7 }} {{ title.upper() }} {% x %}", "{{ 7*7 }} {{ title.upper() }} {% x %}"),
        ("{{{ title }}}", "{Checkout}"),
    ],
)
def test_placeholders_are_replaced_once_and_nothing_is_evaluated(text: str, expected: str) -> None:
    assert fill(text, {"title": "Checkout", "empty": "", "tricky": "{{ title }}"}) == expected


@pytest.mark.parametrize("text", ["{{ secret }}", "{{ title.upper() }}", "{{}}", "{% if %}", "{{ title", "title }}"])
def test_a_placeholder_we_do_not_have_is_refused_by_name(text: str) -> None:
    with pytest.raises(Invalid) as fault:
        checked(text, "body")
    assert list(fault.value.fields) == ["body"]


def test_the_refusal_names_what_there_is() -> None:
    with pytest.raises(Invalid, match=r"no placeholder \{\{ secret \}\}.*component, components, title"):
        checked("{{ secret }} {{ title }}", "body")
    assert checked(" ".join(f"{{{{ {name} }}}}" for name in PLACEHOLDERS), "body")


def test_gaps_are_found_where_they_stand() -> None:
    assert gaps("By {{ next_update }} or {{ end }}.") == ((3, 20), (24, 33))


FULL = Story(
    title="Checkout fails",
    components=(("Web", C.DEGRADED_PERFORMANCE), ("API", C.MAJOR_OUTAGE), ("Mail", C.PARTIAL_OUTAGE)),
    impact=Impact.MAJOR,
    started_at=NOON - timedelta(minutes=65),
    next_update_at=NOON + timedelta(minutes=30),
)
WORK = Story(starts_at=NOON + timedelta(days=1), ends_at=NOON + timedelta(days=1, hours=2))


@pytest.mark.parametrize(
    ("story", "voice", "name", "expected"),
    [
        (FULL, BERLIN, "component", "API"),
        (FULL, BERLIN, "components", "Web, API and Mail"),
        (FULL, DEUTSCH, "components", "Web, API und Mail"),
        (FULL, BERLIN, "title", "Checkout fails"),
        (FULL, BERLIN, "impact", "major"),
        (FULL, DEUTSCH, "impact", "erheblich"),
        (FULL, BERLIN, "started", "11:55 CET"),
        (FULL, DEUTSCH, "started", "11:55 Uhr MEZ"),
        (replace(FULL, started_at=NOON - timedelta(days=1)), BERLIN, "started", "17 November 2026, 13:00 CET"),
        (FULL, BERLIN, "next_update", "13:30 CET"),
        (replace(FULL, next_update_at=NOON + timedelta(hours=11)), DEUTSCH, "next_update",
         "19. November 2026, 00:00 Uhr MEZ"),
        (FULL, replace(BERLIN, zone="America/Sao_Paulo"), "next_update", "09:30 UTC-03"),
        (FULL, BERLIN, "duration", "1 h 05 min"),
        (replace(FULL, started_at=NOON), BERLIN, "duration", "under a minute"),
        (replace(FULL, ended_at=NOON - timedelta(minutes=60)), BERLIN, "duration", "5 min"),
        (FULL, BERLIN, "page", "Acme"),
        (FULL, BERLIN, "zone", "Europe/Berlin"),
        (WORK, BERLIN, "start", "19 November 2026, 13:00 CET"),
        (WORK, BERLIN, "end", "15:00 CET"),
        (WORK, DEUTSCH, "end", "15:00 Uhr MEZ"),
        (WORK, BERLIN, "duration", "2 h"),
    ],
)  # fmt: skip
def test_a_placeholder_stands_for_what_is_known(story: Story, voice: Voice, name: str, expected: str) -> None:
    assert values_of(story, voice, NOON)[name] == expected


def test_what_is_not_known_has_no_value() -> None:
    assert values_of(Story(), BERLIN, NOON) == {"page": "Acme", "zone": "Europe/Berlin"}
    assert "duration" not in values_of(Story(starts_at=NOON), BERLIN, NOON)
    assert "impact" not in values_of(Story(impact=Impact.NONE), BERLIN, NOON)


@pytest.mark.parametrize(
    ("names", "expected"), [([], ""), (["Web"], "Web"), (["Web", "API"], "Web and API"), (list("abc"), "a, b and c")]
)
def test_names_are_listed_as_a_person_would(names: list[str], expected: str) -> None:
    assert listed(names, Language.EN) == expected


_NAMES = st.sampled_from(sorted(PLACEHOLDERS))
_PIECES = st.lists(
    st.one_of(st.text().filter(lambda one: "{" not in one and "}" not in one), _NAMES.map(lambda one: (one,)))
)


@given(_PIECES, st.dictionaries(_NAMES, st.text(min_size=1)))
def test_filling_replaces_placeholders_and_nothing_else(pieces: list[str | tuple[str]], values: dict[str, str]) -> None:
    text = "".join(one if isinstance(one, str) else f"{{{{ {one[0]} }}}}" for one in pieces)
    expected = [one if isinstance(one, str) else values.get(one[0], f"{{{{ {one[0]} }}}}") for one in pieces]
    assert fill(text, values) == "".join(expected)
