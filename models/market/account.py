"""Accounts: how an organiser's role, towns and being switched on change, so that a county always keeps an organiser.

An account is a row of ``organiser``; its towns are rows of ``clerk_town``. An invitation that is accepted makes one.
"""

from collections.abc import Collection

from models.base.clock import utcnow
from models.base.database import writing
from models.market.audit import AuditEntry
from models.market.clerk_town import ClerkTown
from models.market.county import County
from models.market.invitation import Invitation
from models.market.organiser import CLERK, ORGANISER, Organiser, require_length


class LastOrganiser(Exception):
    """Nobody could manage the county's accounts any more."""


class NameTaken(Exception):
    """Somebody signs in by this name already."""


class Used(Exception):
    """The invitation was used or has ended meanwhile."""


def accounts_of(county: County) -> list[Organiser]:
    """Return a county's accounts, by their login, those that are switched off too."""
    return list(Organiser.select().where(Organiser.county == county).order_by(Organiser.login))


def change_role(account: Organiser, role: str, towns: Collection[str] = ()) -> None:
    """Give an account another role, and a clerk the towns with these codes.

    Raises LastOrganiser when the county's last organiser would be one no more.
    """
    with writing():
        if role != ORGANISER:
            _stop_managing(account)
        account.role = role
        account.save(only=[Organiser.role])
        ClerkTown.give(account, towns if role == CLERK else ())


def switch_off(account: Organiser) -> None:
    """Let nobody sign in with an account, and end its sessions and links. Raises LastOrganiser."""
    with writing():
        if account.switched_off_at:
            return
        _stop_managing(account)
        account.switched_off_at = utcnow()
        account.save(only=[Organiser.switched_off_at])
        account.end_sessions()
        Invitation.end_resets(account)


def switch_on(account: Organiser) -> None:
    """Let an account that was switched off sign in again."""
    account.switched_off_at = None
    account.save(only=[Organiser.switched_off_at])


def accept(invitation: Invitation, password: str, login: str = "", name: str = "") -> Organiser:
    """Use an invitation: make its account, or give its account the new password, which ends all its sessions.

    Raises TooShort, NameTaken, and Used when another did so first.
    """
    require_length(password)
    with writing():
        unused = (Invitation.id == invitation.id) & Invitation.used_at.is_null()
        if not Invitation.update(used_at=utcnow()).where(unused).execute():
            raise Used
        account = invitation.organiser or _make(invitation, password, login, name)
        if invitation.organiser_id:
            account.change_password(password)
        action = "password_reset" if invitation.organiser_id else "invitation_accepted"
        AuditEntry.create(county=invitation.county_id, who=account.login, action=action, what=account.role)
    return account


def require_second_factor(county: County, required: bool) -> None:
    """Have every account of a county use a second factor, or leave it to each."""
    county.requires_second_factor = required
    county.save(only=[County.requires_second_factor])


def _make(invitation: Invitation, password: str, login: str, name: str) -> Organiser:
    if Organiser.called(login):
        raise NameTaken
    account = Organiser.enlist(invitation.county, login, password, invitation.role, name)
    ClerkTown.give(account, invitation.town_codes)
    return account


def _stop_managing(account: Organiser) -> None:
    """Look that somebody else is organiser of the county, and end what this one invited."""
    stored = Organiser.get_by_id(account.id)
    if stored.role != ORGANISER or stored.switched_off_at:
        return
    others = (Organiser.county == stored.county_id) & (Organiser.role == ORGANISER) & (Organiser.id != stored.id)
    if not Organiser.select().where(others & Organiser.switched_off_at.is_null()).exists():
        raise LastOrganiser
    Invitation.end_made_by(stored)
