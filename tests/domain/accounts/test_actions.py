"""People come in by invitation, leave at once, and the last administrator stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.core.errors import Conflict, Invalid, NotFound, TooMany
from statuspage.domain.accounts.access import (
    create_token,
    draw,
    draw_or_refuse,
    forget_idle_buckets,
    revoke_token,
    sign_in,
)
from statuspage.domain.accounts.actions import (
    NewUser,
    change_role,
    complete_setup,
    disable_user,
    enable_user,
    invite_user,
    open_setup,
    request_password_reset,
    set_password_by_link,
)
from statuspage.domain.accounts.enums import LinkPurpose, Role, Scope
from statuspage.domain.accounts.models import AccountLink, Bucket
from statuspage.domain.accounts.queries import live_session_or_none, live_token_or_none, user_or_none
from statuspage.domain.accounts.rules import Allowance
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event
from tests.domain import stage
from tests.kit import cast
from tests.kit.clock import FrozenClock

DIANA = NewUser("Diana@Example.com", "Diana Prince", Role.RESPONDER)
GOOD = "seven lanterns over water"


def link_for(session: Session, purpose: LinkPurpose) -> AccountLink:
    return session.scalars(select(AccountLink).where(AccountLink.purpose == purpose).order_by(AccountLink.id)).all()[-1]


def test_the_first_administrator_comes_through_the_one_time_link(session: Session, clock: FrozenClock) -> None:
    link = open_setup(session, now=clock.now())
    user = complete_setup(session, link, DIANA, GOOD, now=clock.now())
    assert (user.role, user.active) == (Role.ADMIN, True)
    session.flush()
    with pytest.raises(NotFound):
        complete_setup(session, link, NewUser("eve@example.com", "Eve", Role.ADMIN), GOOD, now=clock.now())
    with pytest.raises(Conflict):
        open_setup(session, now=clock.now())


def test_an_invitation_lets_its_owner_choose_a_password_once(session: Session, clock: FrozenClock) -> None:
    user = invite_user(session, DIANA, by=stage.BEN, now=clock.now())
    assert not user.active
    link = link_for(session, LinkPurpose.INVITE)
    assert session.scalars(select(Event.kind)).all() == [EventKind.ACCOUNT_INVITE]
    set_password_by_link(session, link.id, GOOD, now=clock.advance(days=6))
    assert user.active
    session.expire(link)
    with pytest.raises(NotFound):
        set_password_by_link(session, link.id, GOOD, now=clock.now())


def test_an_invitation_lasts_seven_days(session: Session, clock: FrozenClock) -> None:
    invite_user(session, DIANA, by=stage.BEN, now=clock.now())
    with pytest.raises(NotFound):
        set_password_by_link(session, link_for(session, LinkPurpose.INVITE).id, GOOD, now=clock.advance(days=7))


def test_one_address_is_one_person_in_whatever_spelling(session: Session, clock: FrozenClock) -> None:
    invite_user(session, DIANA, by=stage.BEN, now=clock.now())
    with pytest.raises(Invalid) as refusal:
        invite_user(session, NewUser("dIANA@example.COM", "D", Role.VIEWER), by=stage.BEN, now=clock.now())
    assert list(refusal.value.fields) == ["email"]


def test_signing_in_gives_a_session_that_the_token_opens(session: Session, clock: FrozenClock) -> None:
    cast.add_user(session, cast.ADA, Role.ADMIN, clock.now())
    signed_in = sign_in(session, "ADA@example.com", cast.PASSWORD, agent="Firefox", now=clock.now())
    assert signed_in is not None
    session.flush()
    found = live_session_or_none(session, signed_in.token, clock.now())
    assert found is not None
    assert found.user.email == cast.ADA
    assert signed_in.token not in (found.token_hash, str(found.id))
    assert live_session_or_none(session, signed_in.token, clock.advance(hours=2)) is None


@pytest.mark.parametrize(("email", "password"), [(cast.ADA, "wrong"), ("nobody@example.com", cast.PASSWORD), ("", "")])
def test_every_failed_sign_in_looks_the_same(session: Session, clock: FrozenClock, email: str, password: str) -> None:
    cast.add_user(session, cast.ADA, Role.ADMIN, clock.now())
    assert sign_in(session, email, password, agent="", now=clock.now()) is None


def test_a_new_password_ends_every_session(session: Session, clock: FrozenClock) -> None:
    cast.add_user(session, cast.ADA, Role.ADMIN, clock.now())
    signed_in = sign_in(session, cast.ADA, cast.PASSWORD, agent="", now=clock.now())
    request_password_reset(session, cast.ADA, now=clock.now())
    set_password_by_link(session, link_for(session, LinkPurpose.RESET).id, GOOD, now=clock.advance(minutes=29))
    assert signed_in is not None
    assert live_session_or_none(session, signed_in.token, clock.now()) is None


def test_a_reset_for_an_unknown_address_does_nothing(session: Session, clock: FrozenClock) -> None:
    request_password_reset(session, "nobody@example.com", now=clock.now())
    assert session.scalars(select(Event)).all() == []


def test_disabling_ends_sessions_and_refuses_the_right_password(session: Session, clock: FrozenClock) -> None:
    cast.add_user(session, cast.ADA, Role.ADMIN, clock.now())
    cleo = cast.add_user(session, cast.CLEO, Role.VIEWER, clock.now())
    signed_in = sign_in(session, cast.CLEO, cast.PASSWORD, agent="", now=clock.now())
    assert cleo.id is not None
    disable_user(session, cleo.id, by=stage.BEN, now=clock.now())
    assert signed_in is not None
    assert live_session_or_none(session, signed_in.token, clock.now()) is None
    assert sign_in(session, cast.CLEO, cast.PASSWORD, agent="", now=clock.now()) is None
    enable_user(session, cleo.id, by=stage.BEN, now=clock.now())
    assert sign_in(session, cast.CLEO, cast.PASSWORD, agent="", now=clock.now()) is not None


def test_the_last_administrator_stays(session: Session, clock: FrozenClock) -> None:
    ada = cast.add_user(session, cast.ADA, Role.ADMIN, clock.now())
    assert ada.id is not None
    with pytest.raises(Conflict):
        disable_user(session, ada.id, by=stage.BEN, now=clock.now())
    with pytest.raises(Conflict):
        change_role(session, ada.id, Role.VIEWER, by=stage.BEN, now=clock.now())
    cast.add_user(session, cast.BEN, Role.ADMIN, clock.now())
    assert change_role(session, ada.id, Role.VIEWER, by=stage.BEN, now=clock.now()).role is Role.VIEWER


def test_a_poor_password_is_refused_and_the_link_stays_good(session: Session, clock: FrozenClock) -> None:
    invite_user(session, DIANA, by=stage.BEN, now=clock.now())
    link = link_for(session, LinkPurpose.INVITE).id
    with pytest.raises(Invalid):
        set_password_by_link(session, link, "short", now=clock.now())
    set_password_by_link(session, link, GOOD, now=clock.now())
    assert user_or_none(session, DIANA.email) is not None


def test_a_token_is_good_until_it_expires_or_is_revoked(session: Session, clock: FrozenClock) -> None:
    until = clock.now() + timedelta(days=1)
    token, text = create_token(session, "CI", Scope.PUBLISH, until, by=stage.BEN, now=clock.now())
    assert text not in (token.token_hash, token.name)
    assert live_token_or_none(session, text, clock.now()) is token
    assert live_token_or_none(session, text + "x", clock.now()) is None
    assert live_token_or_none(session, text, until) is None
    revoke_token(session, token.id, by=stage.BEN, now=clock.now())
    assert live_token_or_none(session, text, clock.now()) is None


def test_a_bucket_gives_what_it_holds_and_then_says_how_long_to_wait(session: Session, clock: FrozenClock) -> None:
    allowance = Allowance(2, timedelta(minutes=2))
    assert [draw(session, "k", allowance, clock.now()) for _ in range(3)] == [0, 0, 60]
    with pytest.raises(TooMany) as refusal:
        draw_or_refuse(session, "k", allowance, clock.now())
    assert refusal.value.seconds == 60
    assert draw(session, "k", allowance, clock.advance(seconds=60)) == 0
    forget_idle_buckets(session, clock.advance(days=2))
    assert session.scalars(select(Bucket)).all() == []
