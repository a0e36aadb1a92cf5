"""The contract of a derived noun: all that the rest of the house knows about something that follows from facts.

A noun is one entry in models/derived/nouns.py. It owns its kinds of facts, its reasons and its tables: nobody else
writes them. Whatever it has no need of does nothing. docs/adding-a-kind-of-fact.md is the recipe.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from models.base.database import BaseModel, execute_many
from models.derived.batch import Batch, Regrouping
from models.derived.scope import Scope
from models.log.kind import Kind
from models.log.operation import Key
from models.market.tablet import Tablet

Links = tuple[set[str], set[Key]]  # nodes, operations
Draw = Callable[[Tablet, Iterable[str]], dict[str, dict[str, object]]]  # (tablet, keys) -> {key: what it may see}


def _nothing(*_: object) -> None:
    """Do nothing."""


def _no_links(_: set[Key]) -> Links:
    return set(), set()


@dataclass(frozen=True)
class Noun:
    """Something that is derived from facts.

    A batch goes through ``read``, ``judge``, ``store``, ``regroup``, ``review`` and ``announce``, each for all nouns in
    their order before the next begins. To replay operations, ``links`` says which others go with them, ``note`` what
    they touched, ``take_back`` deletes the noun's rows, and ``finish`` comes when all batches were derived again. When
    candidates are forgotten, ``forget`` takes out of the noun's rows what is personal (models/derived/forget.py).
    """

    name: str
    kinds: Mapping[str, type[Kind]] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()  # the remarks that it adds and drops
    tables: tuple[type[BaseModel], ...] = ()  # that it alone writes
    records: Mapping[str, Draw] = field(default_factory=dict)  # what tablets keep, by kind of record
    read: Callable[[Batch], None] = _nothing  # facts change, or are refused, by what else is known
    judge: Callable[[Batch], None] = _nothing  # remarks on facts, by what else is known
    store: Callable[[Batch], None] = _nothing  # rows; the operations are stored already
    regroup: Callable[[Batch, Regrouping], None] = _nothing  # people with older facts proved to be others
    review: Callable[[Batch], None] = _nothing  # what depends on the rows of several nouns
    announce: Callable[[Batch], None] = _nothing  # put into batch.told and batch.own what booths hear
    links: Callable[[set[Key]], Links] = _no_links
    note: Callable[[Scope], None] = _nothing
    take_back: Callable[[Scope], None] = _nothing
    finish: Callable[[Scope, list[Batch]], None] = _nothing
    forget: Callable[[set[str]], None] = _nothing  # make rows of candidates what their shortened operations say


def delete_by_key(table: str, keys: Iterable[Key]) -> None:
    """Delete the rows of a table that each belong to one operation."""
    execute_many(f"DELETE FROM {table} WHERE tablet_id = ? AND seq = ?", keys)


def delete_by(column: str, table: str, values: Iterable[str]) -> None:
    """Delete the rows of a table in which a column has one of these values."""
    execute_many(f"DELETE FROM {table} WHERE {column} = ?", [(value,) for value in values])
