"""Sent packages: which vacancies a county handed to which region, signed; kept as they went out."""

from collections.abc import Iterable
from datetime import date
from uuid import uuid4

from peewee import AutoField, CharField, DateField, ForeignKeyField, IntegerField, TextField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, writing
from models.exchange.package import pack, said_of
from models.exchange.partner import Partner
from models.keys.region_key import RegionKey
from models.market.county import County
from models.market.employer import Employer
from models.market.exemption import stopped
from models.market.vacancy import Vacancy

OF_EMPLOYERS = ("name", "kind", "credit_code", "licence")  # what goes out of them


class SentPackage(BaseModel):
    """One package as it was signed. Without a partner it is for every region that trusts this one."""

    id: "AutoField[int]"
    county_id: int
    county = ForeignKeyField(County, backref="sent_packages", on_delete="CASCADE")
    partner = ForeignKeyField(Partner, null=True, on_delete="SET NULL")
    made_at = InstantField(default=utcnow)
    made_by = CharField()
    expires_on = DateField()
    vacancies = IntegerField()
    body = TextField()

    @classmethod
    def of(cls, county: County) -> "list[SentPackage]":
        """Return the latest 50 of a county, the newest first, without their bodies."""
        rows = cls.select(cls.id, cls.county, cls.partner, cls.made_at, cls.made_by, cls.expires_on, cls.vacancies)
        return list(rows.where(cls.county == county).order_by(cls.id.desc()).limit(50))


def sendable(county: County, today: date) -> list[Vacancy]:
    """Return a county's vacancies that may go out: its own, open, still good, checked, stopped by no check."""
    own = (Vacancy.county == county) & ~Vacancy.closed & ~Vacancy.draft & (Vacancy.source != "partner")
    good = Vacancy.employer.is_null(False) & (Vacancy.valid_until >= today)
    rows = Vacancy.select(Vacancy, Employer).join(Employer).where(own & good & Employer.archived_at.is_null())
    vacancies = list(rows.order_by(Employer.name, Vacancy.id))
    held_back = stopped(vacancies)
    return [vacancy for vacancy in vacancies if vacancy.id not in held_back]


def send(
    county: County, vacancies: Iterable[Vacancy], partner: Partner | None, expires_on: date, who: str
) -> SentPackage:
    """Sign vacancies for a partner, or for all. The county has a key."""
    vacancies = list(vacancies)
    employers = {vacancy.employer_id: vacancy.employer for vacancy in vacancies}
    place = {id: at for at, id in enumerate(employers)}
    key, now = RegionKey.newest(county), utcnow()
    assert key is not None
    content = {
        "id": str(uuid4()), "service": county.service_name, "county": county.name,
        "to": partner.public if partner else "", "issued_at": now.isoformat(), "expires_on": expires_on.isoformat(),
        "employers": [{name: getattr(one, name) for name in OF_EMPLOYERS} for one in employers.values()],
        "vacancies": [
            said | {"employer": place[vacancy.employer_id]}
            for said, vacancy in zip(said_of(vacancies), vacancies, strict=True)
        ],
    }  # fmt: skip
    with writing():
        return SentPackage.create(
            county=county, partner=partner, made_at=now, made_by=who, expires_on=expires_on, vacancies=len(vacancies),
            body=pack(content, key),
        )  # fmt: skip
