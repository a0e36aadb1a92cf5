"""Accounts: roles, towns, being switched off, invitations; a county always keeps an organiser."""

from datetime import timedelta

import pytest

from models.base.clock import utcnow
from models.market.account import (
    LastOrganiser,
    NameTaken,
    Used,
    accept,
    accounts_of,
    change_role,
    switch_off,
    switch_on,
)
from models.market.organiser import TooShort
from models.schema import AuditEntry, ClerkTown, Invitation, Organiser

PASSWORD = "赶场天去看一看工作吧"


@pytest.fixture
def invited(fair):
    """Return a function that invites somebody and gives the invitation."""

    def invited(**fields):
        token, _ = Invitation.issue(fair.county, "chen", **{"name": "王", "role": "reader"} | fields)
        return Invitation.by_token(token)

    return invited


def test_the_accounts_of_a_county_are_its_own(fair):
    assert {one.login for one in accounts_of(fair.county)} == {"chen", "tan", "gao", "luo", "shen"}


@pytest.mark.parametrize("act", [lambda one: change_role(one, "reader"), switch_off], ids=["role", "off"])
def test_the_last_organiser_stays(fair, act):
    with pytest.raises(LastOrganiser):
        act(fair.chen)
    Organiser.enlist(fair.county, "wang", PASSWORD)
    act(fair.chen)
    with pytest.raises(LastOrganiser):
        act(Organiser.get(login="wang"))


def test_an_organiser_that_is_switched_off_is_none_to_rely_on(fair):
    wang = Organiser.enlist(fair.county, "wang", PASSWORD)
    switch_off(wang)
    with pytest.raises(LastOrganiser):
        switch_off(fair.chen)
    switch_on(wang)
    switch_off(fair.chen)


def test_who_is_switched_off_signs_in_no_more_and_is_signed_out(fair):
    session = fair.reader.get_id()
    switch_off(fair.reader)
    assert Organiser.authenticate("tan", "market-day-24") is None
    assert Organiser.by_session(session) is None
    switch_on(Organiser.get(login="tan"))
    assert Organiser.authenticate("tan", "market-day-24") == fair.reader
    assert Organiser.by_session(session) is None


def test_towns_are_a_clerk_s_alone(fair):
    change_role(fair.clerk, "clerk", ["500120199"])
    assert ClerkTown.codes_of(fair.clerk) == {"500120199"}
    change_role(fair.clerk, "reader", ["500120199"])
    assert ClerkTown.codes_of(fair.clerk) == frozenset()


def test_an_invitation_makes_one_account(fair, invited):
    invitation = invited(role="clerk", towns="500120100,500120199")
    account = accept(invitation, PASSWORD, "wang", "王工")
    assert (account.role, account.name, account.county) == ("clerk", "王工", fair.county)
    assert ClerkTown.codes_of(account) == {"500120100", "500120199"}
    assert Organiser.authenticate("wang", PASSWORD) == account
    with pytest.raises(Used):
        accept(invitation, PASSWORD, "li")
    assert AuditEntry.get(action="invitation_accepted").who == "wang"


def test_a_refused_password_or_name_leaves_it_open(fair, invited):
    invitation = invited()
    with pytest.raises(TooShort):
        accept(invitation, "123456789", "wang")
    with pytest.raises(NameTaken):
        accept(invitation, PASSWORD, "ｃhen")
    accept(invitation, PASSWORD, "wang")


def test_it_holds_for_seven_days_and_is_kept_as_a_digest(fair):
    then = utcnow() - timedelta(days=7)
    token, until = Invitation.issue(fair.county, "chen", then - timedelta(seconds=1), name="王", role="reader")
    assert Invitation.by_token(token) is None and Invitation.open_of(fair.county) == []
    assert until == then - timedelta(seconds=1) + timedelta(days=7)
    token, _ = Invitation.issue(fair.county, "chen", then + timedelta(minutes=1), name="王", role="reader")
    assert Invitation.by_token(token) and token not in str(list(Invitation.select().dicts()))


def test_a_link_to_a_new_password_ends_every_session(fair):
    token, _ = Invitation.issue(fair.county, "chen", organiser=fair.reader, role="reader")
    session = fair.reader.get_id()
    accept(Invitation.by_token(token), PASSWORD)
    assert Organiser.authenticate("tan", PASSWORD) and Organiser.by_session(session) is None
    assert Invitation.by_token(token) is None


def test_nor_does_a_link_open_an_account_that_is_switched_off(fair):
    token, _ = Invitation.issue(fair.county, "chen", organiser=fair.reader, role="reader")
    Organiser.update(switched_off_at=1).where(Organiser.id == fair.reader.id).execute()
    assert Invitation.by_token(token) is None


@pytest.mark.parametrize("act", [lambda one: change_role(one, "reader"), switch_off], ids=["role", "off"])
def test_who_manages_no_more_leaves_no_open_invitation_behind(fair, act):
    wang = Organiser.enlist(fair.county, "wang", PASSWORD)
    token, _ = Invitation.issue(fair.county, "wang", name="X", role="organiser")
    kept, _ = Invitation.issue(fair.county, "chen", name="Y", role="reader")
    act(wang)
    assert Invitation.by_token(token) is None and Invitation.by_token(kept)
