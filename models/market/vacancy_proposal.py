"""Vacancy proposals: what an employer wrote by its link about a vacancy, and what the office made of it.

A change waits until somebody of the office took it: what is public was checked by the office. That a vacancy still
holds as it stands counts at once. Both can be taken back. What was ``asked`` and what ``stood`` there are fields of the
vacancy's form, each with its typed values.
"""

from typing import Any

from peewee import AutoField, CharField, ForeignKeyField

from models.base.clock import from_milliseconds, milliseconds, utcnow
from models.base.database import InstantField, writing
from models.market.audit import ChangesField
from models.market.audited import Audited
from models.market.county import County
from models.market.employer import Employer
from models.market.employer_link import EmployerLink
from models.market.vacancy import Vacancy

EDITED, CONFIRMED = "edited", "confirmed"
# Of a change; that a vacancy holds is ``taken`` from the beginning.
WAITING, TAKEN, DECLINED, REPLACED, TAKEN_BACK = "waiting", "taken", "declined", "replaced", "taken_back"
PAGE = 50  # of those that wait no more


class VacancyProposal(Audited):
    """One thing that an employer wrote. ``who`` is the person who got the link, as the office called them."""

    unnoted = frozenset({"asked", "stood", "at", "link", "employer"})

    id: "AutoField[int]"
    county_id: int
    employer_id: int
    vacancy_id: int
    link_id: int | None
    county = ForeignKeyField(County, on_delete="CASCADE", index=False)
    employer = ForeignKeyField(Employer, on_delete="CASCADE")
    vacancy = ForeignKeyField(Vacancy, backref="proposals", on_delete="CASCADE")
    link = ForeignKeyField(EmployerLink, null=True, on_delete="SET NULL")
    who = CharField()
    kind = CharField(max_length=16)
    asked = ChangesField(default="")
    stood = ChangesField(default="")
    at = InstantField(default=utcnow)
    state = CharField(max_length=16, default=WAITING)
    decided_by = CharField(default="")
    decided_at = InstantField(null=True)
    why = CharField(default="")  # of one that was declined

    class Meta:
        indexes = ((("county", "state"), False),)

    def noted_as(self) -> str:
        """Return what people call it."""
        return self.vacancy.noted_as()

    @property
    def is_waiting(self) -> bool:
        """Say whether the office has to look at it."""
        return self.state == WAITING

    def decide(self, state: str, who: str, why: str = "") -> None:
        """Note what the office made of it."""
        self.state, self.decided_by, self.decided_at, self.why = state, who, utcnow(), why
        fields = (VacancyProposal.state, VacancyProposal.decided_by, VacancyProposal.decided_at, VacancyProposal.why)
        self.save(only=fields)


def propose(link: EmployerLink, vacancy: Vacancy, asked: dict[str, Any], stood: dict[str, Any]) -> VacancyProposal:
    """Store a change that an employer asks for, in the place of one that still waits."""
    with writing():
        if earlier := waiting_of(vacancy):
            earlier.decide(REPLACED, link.name)
        return _made(link, vacancy, EDITED, asked=asked, stood=stood)


def confirm(link: EmployerLink, vacancy: Vacancy) -> VacancyProposal:
    """Store that a vacancy holds as it stands; it counts at once. A draft stays one until the office checked it."""
    with writing():
        before = _checked(vacancy)
        now = from_milliseconds(milliseconds(utcnow()))  # as the database keeps it
        vacancy.verified_at, vacancy.verified_by = now, link.noted_as_actor()
        vacancy.save(only=[Vacancy.verified_at, Vacancy.verified_by])
        return _made(link, vacancy, CONFIRMED, asked=_checked(vacancy), stood=before, state=TAKEN)


def take_back_confirmation(proposal: VacancyProposal, who: str) -> bool:
    """Undo that an employer said a vacancy holds; False where somebody checked it since, which stays."""
    with writing():
        vacancy = Vacancy.get_by_id(proposal.vacancy_id)
        if _checked(vacancy) == proposal.asked:
            at, vacancy.verified_by = proposal.stood["at"], proposal.stood["by"]
            vacancy.verified_at = from_milliseconds(at) if at else None
            vacancy.save(only=[Vacancy.verified_at, Vacancy.verified_by])
            proposal.decide(TAKEN_BACK, who)
            return True
    return False


def waiting_of(vacancy: Vacancy) -> VacancyProposal | None:
    """Return the change of a vacancy that waits for the office, or None."""
    found: VacancyProposal | None = VacancyProposal.get_or_none(vacancy=vacancy, state=WAITING)
    return found


def latest_changes(link: EmployerLink) -> dict[int, VacancyProposal]:
    """Return ``{vacancy's id: the newest change}`` of those that were written with a link."""
    rows = VacancyProposal.select().where(VacancyProposal.link == link, VacancyProposal.kind == EDITED)
    return {row.vacancy_id: row for row in rows.order_by(VacancyProposal.id)}


def is_waiting_in(county: County) -> bool:
    """Say whether a change of the county waits."""
    waiting = (VacancyProposal.county == county) & (VacancyProposal.state == WAITING)
    return bool(VacancyProposal.select().where(waiting).exists())


def waiting_in(county: County) -> list[VacancyProposal]:
    """Return the changes of a county that wait, the oldest first, with vacancy and employer."""
    return list(_of(county).where(VacancyProposal.state == WAITING).order_by(VacancyProposal.id))


def proposal_of(county: County, id: int) -> VacancyProposal | None:
    """Return one of a county's, or None."""
    found: VacancyProposal | None = VacancyProposal.get_or_none(id=id, county=county)
    return found


def settled_in(county: County) -> list[VacancyProposal]:
    """Return the newest of a county that wait no more, with vacancy and employer, at most ``PAGE``."""
    return list(_of(county).where(VacancyProposal.state != WAITING).order_by(VacancyProposal.id.desc()).limit(PAGE))


def _checked(vacancy: Vacancy) -> dict[str, Any]:
    """Return when (ms) and by whom a vacancy was checked last."""
    at = vacancy.verified_at
    return {"at": round(at.timestamp() * 1000) if at else None, "by": vacancy.verified_by}


def _of(county: County) -> Any:
    rows = VacancyProposal.select(VacancyProposal, Vacancy, Employer).join(Vacancy).switch(VacancyProposal)
    return rows.join(Employer).where(VacancyProposal.county == county)


def _made(link: EmployerLink, vacancy: Vacancy, kind: str, **fields: Any) -> VacancyProposal:
    return VacancyProposal.create(
        county=link.county_id, employer=link.employer_id, vacancy=vacancy, link=link, who=link.name, kind=kind, **fields
    )
