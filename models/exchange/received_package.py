"""Received packages: what a partner handed in, each once, and what became of its vacancies.

A newer package of a partner takes the place of the one before: what changed waits for the office again, and what is no
longer in it is withdrawn. Nothing of one is offered before somebody of the office accepted it.
"""

from datetime import timedelta
from typing import Any

import msgspec
from peewee import AutoField, CharField, DateField, ForeignKeyField, IntegerField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, writing
from models.exchange.package import Content, Package, SentEmployer, SentVacancy, read
from models.exchange.partner import Partner
from models.keys.region_key import RegionKey
from models.kiosk.set_up import keep_vacancy
from models.market.audit import ChangesField
from models.market.county import County
from models.market.employer import Employer
from models.market.planning import date_in
from models.market.vacancy import Vacancy

WAITING, ACCEPTED, DECLINED, WITHDRAWN = STATES = ("waiting", "accepted", "declined", "withdrawn")
AHEAD = timedelta(days=1)  # a partner's clock may be before ours by so much
REFUSALS = ("unknown_partner", "ended_partner", "other_recipient", "expired", "repeated", "older", "clock", "empty")


class Refused(Exception):
    """A package that is not taken; ``reason`` is one of ``REFUSALS``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ReceivedPackage(BaseModel):
    """One package of a partner that was taken in."""

    id: "AutoField[int]"
    county_id: int
    partner_id: int
    county = ForeignKeyField(County, on_delete="CASCADE", index=False)
    partner = ForeignKeyField(Partner, backref="packages", on_delete="CASCADE")
    package = CharField(max_length=36)  # its own id
    issued_at = InstantField()
    expires_on = DateField()
    received_at = InstantField(default=utcnow)
    received_by = CharField()
    vacancies = IntegerField()

    class Meta:
        indexes = ((("county", "package"), True),)

    @classmethod
    def of(cls, county: County) -> "list[ReceivedPackage]":
        """Return the latest 50 of a county with their partners, the newest first."""
        rows = cls.select(cls, Partner).join(Partner).where(cls.county == county)
        return list(rows.order_by(cls.id.desc()).limit(50))


class ReceivedVacancy(BaseModel):
    """A vacancy of a partner by its number there, as its latest package has it; ``vacancy`` is ours once accepted."""

    id: "AutoField[int]"
    county_id: int
    partner_id: int
    vacancy_id: int | None
    county = ForeignKeyField(County, on_delete="CASCADE", index=False)
    partner = ForeignKeyField(Partner, backref="vacancies", on_delete="CASCADE", index=False)
    number = CharField(max_length=20)
    package = ForeignKeyField(ReceivedPackage, on_delete="CASCADE")
    said = ChangesField()  # {"vacancy": …, "employer": …} as in the package
    state = CharField(max_length=16, default=WAITING)
    decided_by = CharField(default="")
    decided_at = InstantField(null=True)
    vacancy = ForeignKeyField(Vacancy, null=True, on_delete="SET NULL")

    class Meta:
        indexes = ((("partner", "number"), True), (("county", "state"), False))

    @property
    def work(self) -> SentVacancy:
        """What the vacancy says."""
        return msgspec.convert(self.said["vacancy"], SentVacancy)

    @property
    def wanted_by(self) -> SentEmployer:
        """The employer that wants the people."""
        return msgspec.convert(self.said["employer"], SentEmployer)

    @classmethod
    def waiting_in(cls, county: County) -> "list[ReceivedVacancy]":
        """Return what waits for the office, with partner and package, the oldest first."""
        rows = cls.select(cls, Partner, ReceivedPackage).join(Partner).switch(cls).join(ReceivedPackage)
        return list(rows.where(cls.county == county, cls.state == WAITING).order_by(cls.id))

    @classmethod
    def find(cls, county: County, id: int) -> "ReceivedVacancy | None":  # type: ignore[override]
        """Return one of a county's, or None."""
        found: ReceivedVacancy | None = cls.get_or_none(id=id, county=county)
        return found

    def decide(self, state: str, who: str, vacancy: Vacancy | None = None) -> None:
        """Note what the office made of it. Inside ``writing()``."""
        self.state, self.decided_by, self.decided_at = state, who, utcnow()
        if vacancy is not None:
            self.vacancy = vacancy
        self.save(only=["state", "decided_by", "decided_at", "vacancy"])


def receive(county: County, text: str, who: str) -> ReceivedPackage:
    """Take a package in. Raises Unreadable, Tampered, Vague, and Refused: then nothing of it is kept."""
    package = read(text)
    with writing():
        partner = _admit(county, package)
        content = package.content
        found = ReceivedPackage.create(
            county=county, partner=partner, package=content.id, issued_at=content.issued_at, received_by=who,
            expires_on=content.expires_on, vacancies=len(content.vacancies),
        )  # fmt: skip
        _take_in(found, content, who)
    return found


def _admit(county: County, package: Package) -> Partner:
    """Return whose package it is. Raises Refused."""
    content, own = package.content, RegionKey.newest(county)
    partner = Partner.by_key(county, package.key)
    if partner is None:
        raise Refused("unknown_partner")
    if partner.ended_at:
        raise Refused("ended_partner")
    if content.to and (own is None or content.to != own.public):
        raise Refused("other_recipient")
    if ReceivedPackage.get_or_none(county=county, package=content.id):
        raise Refused("repeated")
    earlier = ReceivedPackage.select().where(ReceivedPackage.partner == partner)
    latest = earlier.order_by(ReceivedPackage.issued_at.desc()).first()
    if latest and content.issued_at <= latest.issued_at:
        raise Refused("older")
    if content.issued_at > utcnow() + AHEAD:
        raise Refused("clock")
    if content.expires_on < date_in(county):
        raise Refused("expired")
    return partner


def _take_in(package: ReceivedPackage, content: Content, who: str) -> None:
    before = {row.number: row for row in ReceivedVacancy.select().where(ReceivedVacancy.partner == package.partner_id)}
    for vacancy in content.vacancies:
        employer = content.employers[vacancy.employer]
        said = {"vacancy": msgspec.to_builtins(vacancy) | {"employer": 0}, "employer": msgspec.to_builtins(employer)}
        row = before.pop(vacancy.number, None)
        if row is None:
            ReceivedVacancy.create(
                county=package.county_id, partner=package.partner_id, number=vacancy.number, package=package, said=said
            )
            continue
        row.package = package
        if row.said != said or row.state == WITHDRAWN:
            row.said, row.state = said, WAITING
        row.save(only=["package", "said", "state"])
    for row in before.values():
        withdraw(row, who)


def withdraw(row: ReceivedVacancy, who: str) -> None:
    """Withdraw what a partner has no longer: it is good no more from today on. Inside ``writing()``."""
    if row.state == WITHDRAWN:
        return
    vacancy = row.vacancy
    if vacancy is not None and not vacancy.closed:
        yesterday = date_in(vacancy.county) - timedelta(days=1)
        if vacancy.valid_until is None or vacancy.valid_until > yesterday:
            vacancy.valid_until = yesterday
            keep_vacancy(vacancy)
    row.decide(WITHDRAWN, who)


def end(partner: Partner, who: str) -> None:
    """Take no more of a partner's packages, and withdraw what it handed in."""
    with writing():
        partner.ended_at = utcnow()
        partner.save(only=[Partner.ended_at])
        for row in ReceivedVacancy.select().where(ReceivedVacancy.partner == partner):
            withdraw(row, who)


def employer_for(county: County, said: SentEmployer) -> Employer:
    """Return the county's employer that a partner's is, by code or name; else a new one, which is not stored."""
    for name in ("credit_code", "name"):
        value = getattr(said, name)
        if value and (found := Employer.with_same(county, name, value)):
            return found
    return Employer(county=county, name=said.name, kind=said.kind, credit_code=said.credit_code, licence=said.licence)


def form_fields(row: ReceivedVacancy) -> dict[str, Any]:
    """Return what a partner's vacancy says, for a form: the partner and where it comes from stand in it."""
    said = msgspec.to_builtins(row.work)
    return {name: value for name, value in said.items() if name not in ("number", "employer")} | {
        "source": "partner", "partner": row.partner.name, "origin": row.partner.origin,
    }  # fmt: skip
