"""Audited set-up: a row that is made, changed or deleted leaves an entry in the audit log, in the same transaction.

A model takes part by its base class, `Audited`. The entry is written where peewee carries a statement out, so `save`,
`create`, `delete_instance` and statements about many rows are all seen. Who acts is known for the time of a request
or a command (`acting`); outside of both, as while the demo is filled, nothing is noted.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from peewee import CompositeKey, ForeignKeyField, ModelDelete, ModelInsert, ModelUpdate

from models.base.bulk import insert_rows, take_keys
from models.base.clock import milliseconds, utcnow
from models.base.database import BaseModel, insert_many, writing
from models.market.actor import current
from models.market.difference import Changes, changes, whole

MADE, CHANGED, DELETED = "made", "changed", "deleted"
LONGEST_NAME = 120  # letters of what a row is called
SECRET = re.compile(r"hash|salt|pin_|secret|key|pem$|token|cookie|password|totp|recovery|sealed|code_hash")
# Tables of models/market that have no history of this kind, and why.
NOT_AUDITED = {
    "audit_entry": "it is the history",
    "amendment": "it is the history of a closed day",
    "closing": "written once; each version says who made it, when and why",
    "enrolment": "a code for ten minutes; that it was made is an entry of its own",
    "recovery_code": "made and used with the second factor; only hashes",
    "first_run": "the secret of a set-up by nobody yet; the account that ends it is an entry of its own",
    "used_number": "written once by what removes the demo",
    "exemption": "written once, with an entry in the history of its vacancy or employer",
    "log": "how far a source of facts has come; no person writes it",
}


class Audited(BaseModel):
    """Set-up whose changes are noted.

    ``within`` is the foreign key that leads to the county; ``unnoted`` are fields that the program keeps by itself.
    Fields in ``veiled``, and those whose names match ``SECRET``, are noted without their values.
    """

    _pk: Any
    _pk_expr: Any
    within: ClassVar[str] = "county"
    unnoted: ClassVar[frozenset[str]] = frozenset()
    veiled: ClassVar[frozenset[str]] = frozenset()

    def noted_as(self) -> str:
        """Return what people call this row, also when it is gone."""
        return str(getattr(self, "name", self._pk))

    def named_in_log(self) -> dict[str, str]:
        """Return how an entry of the audit log names this row: its table, its key, what it is called."""
        key = "-".join(map(str, self._pk)) if isinstance(self._pk, tuple) else str(self._pk)
        return {"thing": self._meta.table_name, "thing_id": key, "name": self.noted_as()[:LONGEST_NAME]}

    def county_noted(self) -> int | None:
        """Return the id of the county in whose history it stands, or None."""
        if self.within == "county":
            county: int | None = self.__data__["county"]
            return county
        field = self._meta.fields[self.within]
        return _county_of(field.rel_model, self.__data__.get(self.within))

    @classmethod
    def update(cls, __data: Any = None, **update: Any) -> ModelUpdate:
        """As peewee's own; what it changes is noted."""
        return _Update(cls, _fields(cls, __data, update))

    @classmethod
    def insert(cls, __data: Any = None, **insert: Any) -> ModelInsert:
        """As peewee's own; what it makes is noted. ``insert_many`` is not: code lists are loaded with it."""
        return _Insert(cls, _fields(cls, __data, insert))

    @classmethod
    def delete(cls) -> ModelDelete:
        """As peewee's own; what it deletes is noted, with all that goes with it."""
        return _Delete(cls)

    @classmethod
    def noted_fields(cls) -> list[Any]:
        """Return the fields whose changes are noted: neither the row's key nor its county."""
        passed = cls.unnoted | {"county"}
        return [field for field in cls._meta.sorted_fields if field.name not in passed and not field.primary_key]

    @classmethod
    def is_secret(cls, field: Any) -> bool:
        """Say whether the values of a field are never noted."""
        return field.name in cls.veiled or bool(SECRET.search(field.name))

    def _with_all_in_it(self) -> "Iterator[Audited]":
        """Yield this row and those that the database deletes with it."""
        yield self
        for field, model in self._meta.backrefs.items():
            if field.on_delete == "CASCADE" and issubclass(model, Audited):
                for row in model.select().where(field == self):
                    yield from row._with_all_in_it()


def make_many(rows: Sequence[Audited]) -> None:
    """Store new rows of one table and set their ids, each with its entry in the audit log. Inside ``writing()``.

    peewee's own ``create`` takes some ten times as long.
    """
    if not rows:
        return
    model = type(rows[0])
    for row, key in zip(rows, take_keys(model, len(rows)), strict=True):
        setattr(row, model._meta.primary_key.name, key)
    insert_rows(rows)
    for row in rows:
        row._dirty.clear()
    _note_many(rows)


def _note_many(rows: Sequence[Audited]) -> None:
    from models.market.audit import AuditEntry

    if (actor := current()) is None:
        return
    at, who, changes_of = milliseconds(utcnow()), actor.who(), AuditEntry.changes.db_value
    names = _called(rows)
    entries = []
    for row in rows:
        named = row.named_in_log()
        said = changes_of(whole(row, is_new=True, names=names))
        entries.append((
            row.county_noted(), at, who, MADE, "", said, actor.why, named["thing"], named["thing_id"], named["name"]
        ))  # fmt: skip
    columns = "county_id, at, who, action, what, changes, why, thing, thing_id, name"
    insert_many("audit_entry", columns, entries)


def _called(rows: Sequence[Audited]) -> dict[Any, str]:
    """Return what the rows are called that these refer to, by table and key. One query a field."""
    names: dict[Any, str] = {}
    for field in rows[0].noted_fields():
        if isinstance(field, ForeignKeyField) and issubclass(field.rel_model, Audited):
            keys = {row.__data__.get(field.name) for row in rows} - {None}
            others = _matching(field.rel_model, field.rel_model._meta.primary_key.in_(list(keys))) if keys else []
            names |= {(field.rel_model, other._pk): other.noted_as() for other in others}
    return names


class _Noted:
    """What the three kinds of statement share: peewee's own parts, whose types it does not publish."""

    model: Any
    _where: Any
    _update: Any
    _insert: Any
    _on_conflict: Any

    def _carry_out(self, database: Any) -> Any:
        return super()._execute(database)  # type: ignore[misc]  # peewee's statement stands behind this class


class _Update(_Noted, ModelUpdate):
    def _execute(self, database: Any) -> Any:
        model = self.model
        if current() is None or not {field.name for field in self._update} & _names(model):
            return self._carry_out(database)
        with writing():
            before = {row._pk: row for row in _matching(model, self._where)}
            done = self._carry_out(database)
            for row in _again(model, before):
                if found := changes(before[row._pk], row):
                    _note(row, CHANGED, found)
        return done


class _Insert(_Noted, ModelInsert):
    def _execute(self, database: Any) -> Any:
        if current() is None or not isinstance(self._insert, dict) or self._on_conflict:
            return self._carry_out(database)
        with writing():
            done = self._carry_out(database)
            _note_whole(_made(self.model, self._insert, done), MADE)
        return done


class _Delete(_Noted, ModelDelete):
    def _execute(self, database: Any) -> Any:
        if current() is None:
            return self._carry_out(database)
        with writing():
            for found in _matching(self.model, self._where):
                for row in found._with_all_in_it():
                    _note_whole(row, DELETED)
            return self._carry_out(database)


def _note(row: Audited, action: str, found: Changes) -> None:
    from models.market.audit import AuditEntry

    actor = current()
    assert actor is not None
    AuditEntry.create(
        county=row.county_noted(), who=actor.who(), action=action, changes=found, why=actor.why, **row.named_in_log()
    )


def _note_whole(row: Audited, action: str) -> None:
    """Note a row that is new or gone with all that stands in it."""
    _note(row, action, whole(row, is_new=action == MADE))


def _county_of(model: Any, key: Any) -> int | None:
    """Return the county of a row by its key; a booth and its day are asked for once in a request."""
    actor = current()
    known = actor.counties if actor else {}
    place = (model._meta.table_name, key)
    if place not in known:
        row = model.get_or_none(model._meta.primary_key == key)
        known[place] = row.county_noted() if isinstance(row, Audited) else None
    return known[place]


def _matching(model: type[Audited], where: Any) -> list[Audited]:
    rows = model.select()
    return list(rows.where(where) if where is not None else rows)


def _again(model: type[Audited], before: dict[Any, Audited]) -> list[Audited]:
    """Read rows once more by their keys, all at once where a key is one column."""
    key = model._meta.primary_key
    if not isinstance(key, CompositeKey):
        return _matching(model, key.in_(list(before))) if before else []
    return [row for one in before.values() for row in _matching(model, one._pk_expr())]


def _made(model: type[Audited], given: dict[Any, Any], done: Any) -> Audited:
    """Read a row that was just stored, by the key that was given or else by the one that the database made."""
    key, values = model._meta.primary_key, {field.name: value for field, value in given.items()}
    if isinstance(key, CompositeKey):
        where = [model._meta.fields[name] == values[name] for name in key.field_names]
        return next(iter(model.select().where(*where)))
    return _matching(model, key == values.get(key.name, done))[0]


def _names(model: type[Audited]) -> set[str]:
    return {field.name for field in model.noted_fields()}


def _fields(model: Any, data: Any, named: dict[str, Any]) -> Any:
    """Return what a statement sets, by field, as peewee reads it."""
    return model._normalize_data(data, named)
