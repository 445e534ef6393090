"""The languages of the page: which there are at first, and changing them."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from statuspage.audit.queries import recent_lines
from statuspage.core.errors import Conflict
from statuspage.core.languages import Editions, Language
from statuspage.domain.components.profile import LanguagesDraft, change_languages
from statuspage.domain.components.queries import editions
from statuspage.outbox.publications import publications_since
from tests.domain import stage
from tests.kit.clock import FrozenClock

EN, DE = Language.EN, Language.DE


@pytest.mark.parametrize(
    ("draft", "are"),
    [
        (LanguagesDraft(EN), Editions(EN)),
        (LanguagesDraft(DE), Editions(DE)),
        (LanguagesDraft(DE, frozenset({EN, DE})), Editions(DE, (EN,))),
    ],
)
def test_languages_change_for_every_page_and_in_the_audit_log(
    session: Session, clock: FrozenClock, draft: LanguagesDraft, are: Editions
) -> None:
    stage.profile(session, clock.now())
    assert editions(session) == Editions(EN, (DE,)), "everything we speak is shown at first"
    assert change_languages(session, draft, by=stage.BEN, now=clock.now()) == are
    assert publications_since(session, 0)[-1].touches == ["everything"]
    line = recent_lines(session)[0]
    assert (line.action, line.details) == (
        "site.languages_changed",
        {"were": ["en", "de"], "are": [str(one) for one in are.all]},
    )


def test_a_stale_change_of_languages_is_refused(session: Session, clock: FrozenClock) -> None:
    stage.profile(session, clock.now())
    with pytest.raises(Conflict):
        change_languages(session, LanguagesDraft(DE, seen=Editions(EN)), by=stage.BEN, now=clock.now())


@pytest.mark.parametrize("column", ["locale", "languages"])
def test_the_database_keeps_languages_that_nobody_speaks_out(session: Session, clock: FrozenClock, column: str) -> None:
    stage.profile(session, clock.now())
    session.flush()
    with pytest.raises(IntegrityError):
        session.execute(sa.text(f"UPDATE site_profile SET {column} = 'fr'"))


def test_addresses_begin_with_a_language_only_where_it_is_another_one() -> None:
    assert [Editions(EN, (DE,)).prefix(one) for one in Language] == ["", "/de"]
    assert [Editions(DE, (EN,)).prefix(one) for one in Language] == ["/en", ""]
    assert [Editions(EN).prefix(one) for one in Language] == ["", ""]
