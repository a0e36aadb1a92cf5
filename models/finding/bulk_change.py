"""Bulk changes: chosen rows of a list are changed at once, each as it would be by itself, and put back as one act.

What stands in the way of a row is found before. A row is put back exactly, unless somebody changed its fields since.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple, Self

from peewee import AutoField, CharField, ForeignKeyField, IntegerField

from models.base.clock import utcnow
from models.base.database import InstantField, writing
from models.base.json_field import JsonField
from models.figures.season import closes_on, season_rows
from models.kiosk.set_up import keep_vacancy, record_closure
from models.kiosk.staffing import archive_operator, restore_operator
from models.market.audited import Audited
from models.market.county import County
from models.market.duty import duties_of
from models.market.employer import Employer
from models.market.market_day import MarketDay
from models.market.operator import Operator
from models.market.vacancy import Vacancy

MOST = 500  # rows at once
UNDONE_WITHIN = timedelta(minutes=30)
VACANCY, EMPLOYER, OPERATOR = THINGS = ("vacancy", "employer", "operator")
SAME, NOT_OFFERED, SOONER, ON_DUTY = HINDRANCES = ("same", "not_offered", "sooner", "on_duty")


class Act(NamedTuple):
    """What is done: to rows of which list (``chosen``), of which table, which fields it may change."""

    chosen: str
    thing: str
    fields: tuple[str, ...]
    takes_a_date: bool = False


ACTS = {
    "verify": Act(VACANCY, VACANCY, ("verified_at", "verified_by", "draft")),
    "extend": Act(VACANCY, VACANCY, ("valid_until",), takes_a_date=True),
    "urgent": Act(VACANCY, VACANCY, ("urgent",)),
    "not_urgent": Act(VACANCY, VACANCY, ("urgent",)),
    "close": Act(VACANCY, VACANCY, ("closed",)),
    "reopen": Act(VACANCY, VACANCY, ("closed",)),
    "archive_employers": Act(EMPLOYER, EMPLOYER, ("archived_at",)),
    "restore_employers": Act(EMPLOYER, EMPLOYER, ("archived_at",)),
    "close_all": Act(EMPLOYER, VACANCY, ("closed",)),
    "archive_operators": Act(OPERATOR, OPERATOR, ("archived_at",)),
    "restore_operators": Act(OPERATOR, OPERATOR, ("archived_at",)),
}
MODELS: Mapping[str, Any] = {VACANCY: Vacancy, EMPLOYER: Employer, OPERATOR: Operator}
CLOSING = {"close": "vacancy.filled", "close_all": "vacancy.filled", "reopen": "vacancy.reopened"}
OPPOSITE = {"vacancy.filled": "vacancy.reopened", "vacancy.reopened": "vacancy.filled"}


class TooLate(Exception):
    """A bulk change was put back already, or is older than half an hour."""


class Step(NamedTuple):
    """What would become of one row: its name, what hinders it (a code, or nothing), in which day's log it closes."""

    row: Any
    name: str
    hindrance: str = ""
    day: MarketDay | None = None


class BulkChange(Audited):
    """Rows that were changed at once. ``rows``: of each its key, its name, and the changed fields before and after.

    ``left`` are the names of those that somebody changed before it was put back: they stay.
    """

    unnoted = frozenset({"rows", "left", "made_at", "made_by"})

    id: "AutoField[int]"
    county_id: int
    county = ForeignKeyField(County, on_delete="CASCADE")
    act = CharField(max_length=24)
    count = IntegerField()
    rows = JsonField()
    left = JsonField(default=list)
    made_at = InstantField(default=utcnow)
    made_by = CharField()
    undone_at = InstantField(null=True)
    undone_by = CharField(default="")

    def noted_as(self) -> str:
        """Return what people call it: what was done, to how many."""
        return f"{self.act} × {self.count}"

    @classmethod
    def of_county(cls, county: County, most: int = 50) -> list[Self]:
        """Return a county's latest bulk changes, the newest first."""
        return list(cls.select().where(cls.county == county).order_by(cls.id.desc()).limit(most))

    @property
    def may_be_undone(self) -> bool:
        """Say whether it can still be put back."""
        return self.undone_at is None and utcnow() - self.made_at < UNDONE_WITHIN


def chosen_rows(county: County, act: str, ids: Collection[int]) -> list[Any]:
    """Return the rows of a county that an act would change; of chosen employers perhaps all their vacancies."""
    of = ACTS[act]
    model, ids = MODELS[of.thing], list(ids)[:MOST]
    if not ids:
        return []
    if of.chosen != of.thing:
        own = [one.id for one in Employer.select(Employer.id).where(Employer.county == county, Employer.id.in_(ids))]
        return list(Vacancy.select().where(Vacancy.employer.in_(own)).order_by(Vacancy.id).limit(MOST)) if own else []
    return list(model.select().where(model.county == county, model.id.in_(ids)).order_by(model.id))


def plan(act: str, rows: list[Any], until: date | None, today: date) -> list[Step]:
    """Return what would become of these rows. Three statements for all, and of operators one each."""
    days = {}
    if act in CLOSING:
        days = {row.vacancy.id: closes_on(row) for row in season_rows(rows, today)}
    found = [(row, days.get(row.id)) for row in rows]
    return [Step(row, row.noted_as(), _hindrance(act, row, until, today, day), day) for row, day in found]


def carry_out(county: County, act: str, steps: Iterable[Step], who: str, until: date | None) -> BulkChange | None:
    """Change the rows that nothing hinders, in one transaction; return what was done, None where there was nothing."""
    fields = ACTS[act].fields
    model = MODELS[ACTS[act].thing]
    done = []
    with writing():
        for step in steps:
            if not step.hindrance:
                before = _stored(step.row, fields)
                _do(act, step, who, until)
                after = _stored(model.get_by_id(step.row.id), fields)
                done.append({"key": step.row.id, "name": step.name[:80], "before": before, "after": after})
        if not done:
            return None
        return BulkChange.create(county=county, act=act, count=len(done), rows=done, made_by=who)


def undo(change: BulkChange, who: str, today: date) -> BulkChange:
    """Put all rows back as they were, but for those whose fields somebody changed since; return it with their names.

    Raises TooLate. What was closed is opened by a fact, for facts are never taken away.
    """
    model, fields = MODELS[ACTS[change.act].thing], ACTS[change.act].fields
    with writing():
        change = BulkChange.get_by_id(change.id)
        if not change.may_be_undone:
            raise TooLate
        found = {row.id: row for row in model.select().where(
            model.county == change.county_id, model.id.in_([one["key"] for one in change.rows])
        )}  # fmt: skip
        left = []
        for one in change.rows:
            row = found.get(one["key"])
            if row is None or _stored(row, fields) != one["after"] or not _put_back(change.act, row, one, who, today):
                left.append(one["name"])
        BulkChange.update(undone_at=utcnow(), undone_by=who, left=left).where(BulkChange.id == change.id).execute()
    return BulkChange.get_by_id(change.id)


def _hindrance(act: str, row: Any, until: date | None, today: date, day: MarketDay | None) -> str:
    """Return the code of what hinders an act on a row, or nothing."""
    is_so = {
        "urgent": lambda: row.urgent, "not_urgent": lambda: not row.urgent,
        "extend": lambda: row.valid_until == until, "close": lambda: row.closed, "close_all": lambda: row.closed,
        "reopen": lambda: not row.closed, "verify": lambda: False,
        "archive_employers": lambda: row.archived_at, "restore_employers": lambda: not row.archived_at,
        "archive_operators": lambda: row.archived_at, "restore_operators": lambda: not row.archived_at,
    }[act]()  # fmt: skip
    if is_so:
        return SAME
    if act == "extend" and until and row.valid_until and until < row.valid_until:
        return SOONER
    if act in CLOSING and day is None:
        return NOT_OFFERED
    if act == "archive_operators" and any(True for _ in duties_of(row, today)):
        return ON_DUTY
    return ""


def _do(act: str, step: Step, who: str, until: date | None) -> None:
    row = step.row
    if act in CLOSING:
        assert step.day is not None
        record_closure(step.day, row, CLOSING[act], who)
    elif act == "verify":
        row.verify(who)
    elif act in ("extend", "urgent", "not_urgent"):
        name, value = ("valid_until", until) if act == "extend" else ("urgent", act == "urgent")
        setattr(row, name, value)
        keep_vacancy(row)
    elif ACTS[act].thing == EMPLOYER:
        _set(row, {"archived_at": utcnow() if act == "archive_employers" else None})
    elif act == "archive_operators":
        archive_operator(row)
    else:
        restore_operator(row)


def _put_back(act: str, row: Any, one: dict[str, Any], who: str, today: date) -> bool:
    """Restore a row; return False where nothing can: a vacancy that no market day offers any more."""
    if act in CLOSING:
        (season,) = season_rows([row], today)
        day = closes_on(season)
        if day is None:
            return False
        record_closure(day, row, OPPOSITE[CLOSING[act]], who)
    elif ACTS[act].thing == VACANCY:
        for name, value in one["before"].items():
            setattr(row, name, row._meta.fields[name].python_value(value))
        keep_vacancy(row)
    else:
        _set(row, one["before"])
    return True


def _set(row: Any, values: Mapping[str, Any]) -> None:
    type(row).update(**values).where(type(row).id == row.id).execute()


def _stored(row: Any, fields: Iterable[str]) -> dict[str, Any]:
    """Return the values of fields as they are kept in JSON: moments as ms, dates as text."""
    found = {}
    for name in fields:
        value = row._meta.fields[name].db_value(getattr(row, name))
        found[name] = value.isoformat() if isinstance(value, date) else value
    return found
