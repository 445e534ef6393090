"""Templates in the database: made, changed, ordered, removed, seeded and restored."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from statuspage.audit.queries import lines_about
from statuspage.core.errors import Conflict, Invalid, NotFound
from statuspage.core.languages import Language
from statuspage.domain.incidents.enums import Severity
from statuspage.domain.wording.actions import (
    TemplateDraft,
    change_template,
    create_template,
    draft_of,
    order_templates,
    remove_template,
    switch_template,
)
from statuspage.domain.wording.enums import Purpose, TemplateStatus
from statuspage.domain.wording.models import MessageTemplate
from statuspage.domain.wording.queries import (
    TemplateFilter,
    offered_templates,
    removed_shipped_count,
    template_by_id,
    templates,
    usable_template,
)
from statuspage.domain.wording.shipped import SHIPPED
from statuspage.domain.wording.shipping import bring_back_removed, is_as_shipped, restore_template, seed_templates
from tests.kit.cast import Cast
from tests.kit.clock import FrozenClock
from tests.kit.statements import statements

DRAFT = TemplateDraft(
    name="Route B",
    purpose=Purpose.UPDATE,
    language=Language.EN,
    body="Route B of {{ components }} is slow.",
    status=TemplateStatus.IDENTIFIED,
    severity=Severity.SEV2,
)
PLANNED = TemplateDraft(
    name="New mail servers",
    purpose=Purpose.MAINTENANCE,
    language=Language.EN,
    title="Work on {{ components }}",
    body="From {{ start }} to {{ end }}.",
    length_minutes=90,
    components=("mail", "web"),
)
Make = Callable[..., MessageTemplate]


@pytest.fixture
def make(session: Session, cast: Cast, clock: FrozenClock) -> Make:
    """Make a template; keywords replace fields of the draft."""
    return lambda draft=DRAFT, **more: create_template(session, replace(draft, **more), by=cast.ben, now=clock.now())


def test_a_template_is_kept_as_it_was_drafted(session: Session, make: Make) -> None:
    for draft in (DRAFT, PLANNED):
        row = make(draft)
        session.expire_all()
        kept = draft_of(template_by_id(session, row.id))
        assert replace(kept, components=tuple(sorted(kept.components))) == draft
        assert [line.action for line in lines_about(session, "template", row.id)] == ["template.created"]


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"name": " "}, "name", "This is needed."),
        ({"name": "x" * 121}, "name", "Keep it to 120"),
        ({"name": "ROUTE b"}, "name", "Another template has this name"),
        ({"body": ""}, "body", "Write a sentence."),
        ({"body": "x" * 20_001}, "body", "Keep it to 20000"),
        ({"body": "{{ password }}"}, "body", "There is no placeholder {{ password }}"),
        ({"workaround": "{{ env }}"}, "workaround", "There is no placeholder"),
        ({"status": TemplateStatus.RESOLVED}, "status", "choose any, or one of: investigating"),
        ({"components": ("web",)}, "components", "Untick them"),
    ],
)
def test_a_fault_is_named_by_its_field(change: dict[str, object], field: str, sentence: str, make: Make) -> None:
    make()
    with pytest.raises(Invalid) as fault:
        make(**{"name": "Another", **change})
    assert sentence in fault.value.fields[field]


def test_all_faults_are_named_at_once(make: Make) -> None:
    with pytest.raises(Invalid) as fault:
        make(name="", body="{{ x }}", status=TemplateStatus.CANCELLED)
    assert set(fault.value.fields) == {"name", "body", "status"}


def test_unknown_components_are_named(make: Make) -> None:
    with pytest.raises(Invalid, match="There is no component gone"):
        make(PLANNED, components=("gone",))


def test_a_change_says_which_fields_and_keeps_no_text(
    session: Session, make: Make, cast: Cast, clock: FrozenClock
) -> None:
    row = make(PLANNED)
    seen = row.version
    wanted = replace(PLANNED, name="NEW mail servers", body="Shorter.", components=("mail",))
    change_template(session, row.id, wanted, version=seen, by=cast.ben, now=clock.now())
    assert draft_of(row) == wanted
    line = lines_about(session, "template", row.id)[0]
    assert line.details == {"name": "NEW mail servers", "fields": ["name", "body", "components"]}
    with pytest.raises(Conflict) as clash:
        change_template(session, row.id, PLANNED, version=seen, by=cast.ada, now=clock.now())
    assert clash.value.theirs == wanted
    assert clash.value.yours == PLANNED


def test_saving_the_same_again_still_counts_as_a_change(
    session: Session, make: Make, cast: Cast, clock: FrozenClock
) -> None:
    row = make()
    seen = row.version
    change_template(session, row.id, DRAFT, version=seen, by=cast.ben, now=clock.now())
    assert row.version == seen + 1


def test_one_that_is_switched_off_is_not_offered(session: Session, make: Make, cast: Cast, clock: FrozenClock) -> None:
    row = make()
    assert usable_template(session, "route B") is row
    assert usable_template(session, str(row.id)) is row
    switch_template(session, row.id, active=False, by=cast.ben, now=clock.now())
    assert list(offered_templates(session, Language.EN)) == []
    with pytest.raises(Invalid, match="switched off"):
        usable_template(session, "Route B")
    with pytest.raises(Invalid, match="no template “Route C”"):
        usable_template(session, "Route C")


def test_an_order_moves_only_those_it_names(session: Session, make: Make, cast: Cast, clock: FrozenClock) -> None:
    rows = [make(name=name) for name in "abcd"]
    order_templates(session, [rows[3].id, rows[1].id], by=cast.ben, now=clock.now())
    session.flush()
    assert [row.name for row in templates(session, TemplateFilter())] == ["a", "d", "c", "b"]


def test_a_list_is_narrowed_by_every_trait(session: Session, make: Make) -> None:
    make()
    make(PLANNED)
    make(name="Anders", language=Language.DE, body="Hundert % sicher.", status=None, severity=None)

    def names(**wanted: object) -> list[str]:
        return [row.name for row in templates(session, TemplateFilter(**wanted))]

    assert names(language=Language.DE) == ["Anders"]
    assert names(purpose=Purpose.MAINTENANCE) == ["New mail servers"]
    assert names(status=TemplateStatus.IDENTIFIED) == names(severity=Severity.SEV2) == ["Route B"]
    assert names(search="ROUTE") == ["Route B"]
    assert names(search="%") == ["Anders"]
    assert names(active=False) == []


def test_ones_own_is_deleted_and_its_name_is_free_again(
    session: Session, make: Make, cast: Cast, clock: FrozenClock
) -> None:
    row = make(PLANNED)
    remove_template(session, row.id, by=cast.ben, now=clock.now())
    session.flush()
    with pytest.raises(NotFound):
        template_by_id(session, row.id)
    assert make(PLANNED).id != row.id


@pytest.fixture
def shipped(session: Session, cast: Cast, clock: FrozenClock) -> MessageTemplate:
    """The first of the shipped templates; all of them are there."""
    assert seed_templates(session, now=clock.now()) == len(SHIPPED)
    return templates(session, TemplateFilter())[0]


def test_seeding_again_adds_nothing_and_changes_nothing(
    session: Session, shipped: MessageTemplate, cast: Cast, clock: FrozenClock
) -> None:
    mine = replace(draft_of(shipped), body="Our own words.", name="Our own name")
    change_template(session, shipped.id, mine, version=None, by=cast.ben, now=clock.now())
    session.flush()
    with statements() as asked:
        assert seed_templates(session, now=clock.now()) == 0
    assert len(asked) == 1
    assert draft_of(template_by_id(session, shipped.id)) == mine


def test_the_shipped_text_can_be_restored(
    session: Session, shipped: MessageTemplate, cast: Cast, clock: FrozenClock, make: Make
) -> None:
    stood = draft_of(shipped)
    assert is_as_shipped(shipped)
    change_template(session, shipped.id, replace(stood, body="Ours."), version=None, by=cast.ben, now=clock.now())
    assert not is_as_shipped(shipped)
    restore_template(session, shipped.id, by=cast.ben, now=clock.now())
    assert is_as_shipped(shipped)
    assert draft_of(shipped) == stood
    own = make()
    assert not is_as_shipped(own)
    with pytest.raises(Conflict, match="your own"):
        restore_template(session, own.id, by=cast.ben, now=clock.now())


def test_a_removed_one_stays_away_until_it_is_brought_back(
    session: Session, shipped: MessageTemplate, cast: Cast, clock: FrozenClock, make: Make
) -> None:
    name = shipped.name
    remove_template(session, shipped.id, by=cast.ben, now=clock.now())
    session.flush()
    assert seed_templates(session, now=clock.now()) == 0
    assert removed_shipped_count(session) == 1
    with pytest.raises(Invalid):
        usable_template(session, name)
    make(name=name)
    assert bring_back_removed(session, by=cast.ben, now=clock.now()) == 1
    assert template_by_id(session, shipped.id).name == f"{name} (2)"
    assert removed_shipped_count(session) == 0


def test_a_name_that_is_taken_does_not_stop_the_seed(session: Session, make: Make, clock: FrozenClock) -> None:
    make(name=SHIPPED[0].name.upper())
    seed_templates(session, now=clock.now())
    assert usable_template(session, f"{SHIPPED[0].name} (2)").shipped_key == SHIPPED[0].key
