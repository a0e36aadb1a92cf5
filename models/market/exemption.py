"""Exemptions: what a check stops in a text, and a reviewer lets stand, with a reason. A changed text asks again."""

from collections.abc import Iterable
from hashlib import sha256

from peewee import AutoField, CharField, ForeignKeyField, TextField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, fetch_in
from models.checks.facts import TEXTS
from models.checks.text import Find, finds_in
from models.market.employer import Employer
from models.market.vacancy import Vacancy

LONGEST_WORD = 255  # letters


class Exemption(BaseModel):
    """One find that stands, in one text of one vacancy or in an employer's name.

    ``mark`` is that of the field, the rule, the words and the whole text, so that no other text has it.
    """

    id: "AutoField[int]"
    vacancy_id: int | None
    vacancy = ForeignKeyField(Vacancy, null=True, on_delete="CASCADE")
    employer = ForeignKeyField(Employer, null=True, on_delete="CASCADE")
    field = CharField(max_length=32)
    rule = CharField(max_length=32)
    word = CharField()
    mark = CharField(max_length=16)
    why = TextField()
    who = CharField()
    at = InstantField(default=utcnow)

    @classmethod
    def of(cls, row: Vacancy | Employer | None) -> "dict[str, Exemption]":
        """Return what stands in a vacancy or an employer, by mark; nothing in one that is new."""
        if row is None or row.id is None:
            return {}
        found = cls.vacancy == row if isinstance(row, Vacancy) else cls.employer == row
        return {one.mark: one for one in cls.select().where(found)}

    @classmethod
    def give(cls, row: Vacancy | Employer, find: Find, mark: str, why: str, who: str) -> None:
        """Let a find stand. Inside ``writing()``."""
        of = {"vacancy": row} if isinstance(row, Vacancy) else {"employer": row}
        word = find.word[:LONGEST_WORD]
        cls.create(field=find.field, rule=find.rule, word=word, mark=mark, why=why, who=who, **of)


def mark_of(find: Find, text: str) -> str:
    """Return what names a find in a text; a find that stands in no text is named by what it is about."""
    said = "\0".join((find.field, find.rule, find.word, text))
    return sha256(said.encode("utf-8", "replace")).hexdigest()[:16]


def stopped(vacancies: Iterable[Vacancy]) -> set[int]:
    """Return which of these vacancies (their ids) say what a check stops and nobody let stand. One statement.

    Such a vacancy was written before the rule was: no further market day offers it until somebody looked at it.
    """
    marks: dict[int, set[str]] = {}
    for vacancy in vacancies:
        for name in TEXTS:
            if text := getattr(vacancy, name):
                found = {mark_of(find, text) for find in finds_in(text, name) if find.stops}
                if found:
                    marks.setdefault(vacancy.id, set()).update(found)
    if not marks:
        return set()
    for vacancy_id, mark in fetch_in("SELECT vacancy_id, mark FROM exemption WHERE vacancy_id IN (??)", set(marks)):
        marks[vacancy_id].discard(mark)
    return {id for id, left in marks.items() if left}

