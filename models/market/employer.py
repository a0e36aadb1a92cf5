"""Employers: who wants people. An organiser checks their papers, not this program."""

from typing import Any

from peewee import AutoField, CharField, DateField, ForeignKeyField, ModelSelect, TextField
from stdnum.cn import uscc

from models.base.database import InstantField, fetch
from models.base.lists import ListField
from models.base.typed import same_of
from models.market.audited import Audited
from models.market.county import County

CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class Employer(Audited):
    """An employer as it stands on its licence. An archived one keeps the days it had and is offered for no other."""

    veiled = frozenset({"contact", "phone"})

    id: "AutoField[int]"
    county_id: int
    booths: "ModelSelect[Any]"
    vacancies: "ModelSelect[Any]"
    booth_count: int  # of a query that counts them
    county = ForeignKeyField(County, backref="employers", on_delete="CASCADE")
    name = CharField()
    kind = CharField(max_length=16, default="enterprise")
    credit_code = CharField(max_length=18, default="")
    licence = CharField(default="")  # an agency's, required of it
    hires_for = TextField(default="")  # whom an agency looks for people for: the true employers' names, one a line
    sealed = TextField(default="")  # who is called there (models/keys/employer_contact.py)
    contact = CharField(default="")  # of an earlier release, until `flask migrate` seals it
    phone = CharField(max_length=32, default="")
    papers = ListField(default=())  # which were seen, of code_list.PAPERS
    papers_by = CharField(default="")  # who saw them
    papers_on = DateField(null=True)
    archived_at = InstantField(null=True)

    @property
    def has_contact(self) -> bool:
        """Say whether the office knows whom to call there."""
        return bool(self.sealed or self.contact or self.phone)

    @property
    def true_employers(self) -> list[str]:
        """Whom an agency looks for people for."""
        return [line.strip() for line in self.hires_for.splitlines() if line.strip()]

    @classmethod
    def of_county(cls, county: County, besides: "Employer | None" = None) -> "list[Employer]":
        """Return a county's employers but for ``besides``, archived ones too, by name."""
        others = cls.select().where(cls.county == county, cls.id != (besides.id if besides else 0))
        return list(others.order_by(cls.name, cls.id))

    @classmethod
    def with_same(cls, county: County, field: str, value: str, besides: "Employer | None" = None) -> "Employer | None":
        """Return an employer of the county with this value in a field, other than ``besides``.

        Brackets of another width and the like do not make another employer of it.
        """
        others = cls.select().where(cls.county == county, cls.id != (besides.id if besides else 0)).order_by(cls.id)
        return next((other for other in others if same_of(getattr(other, field)) == same_of(value)), None)


def keys_of(county: County) -> list[tuple[int, str, str, bool]]:
    """Return ``(id, name, credit code, not archived)`` of a county's employers, the oldest first."""
    sql = "SELECT id, name, credit_code, archived_at IS NULL FROM employer WHERE county_id = ? ORDER BY id"
    return fetch(sql, (county.id,))


def is_credit_code(code: str) -> bool:
    """Check a unified social credit code by GB 32100-2015: its letters and its check digit.

    uscc.is_valid() would refuse the codes of village collectives, which begin with the letter N.
    """
    if len(code) != 18 or any(letter not in CREDIT_CODE_ALPHABET for letter in code):
        return False
    return uscc.calc_check_digit(code) == code[17]
