"""Wishes: the second breath of a registration by phone, said by the candidate on their own page."""

from typing import Any, NamedTuple

from models.base.clock import utcnow
from models.base.database import fetch
from models.base.lists import listed
from models.intake.ingest import record
from models.market.market_day import MarketDay
from models.phone.own_page import OwnPage
from models.vocabulary.code_list import SENSITIVE_GROUPS
from models.vocabulary.trade import TRADES

LIKELY = 9  # trades shown before the others
LISTS = ("trades", "work_kinds", "groups", "wishes")


class Wishes(NamedTuple):
    """What a candidate said in the second breath."""

    trades: tuple[str, ...]
    wanted_place: str
    wanted_pay_min_fen: int | None
    work_kinds: tuple[str, ...]
    groups: tuple[str, ...]
    groups_consent_at: str
    wishes: tuple[str, ...]
    last_province: str
    version: int

    @property
    def has_sensitive(self) -> bool:
        """Say whether a sensitive group is noted."""
        return any(code in SENSITIVE_GROUPS for code in self.groups)

    @classmethod
    def of(cls, candidate: str) -> "Wishes":
        """Return what a candidate said. One statement."""
        names = ", ".join(cls._fields)
        ((*row,),) = fetch(f"SELECT {names} FROM candidate WHERE id = ?", (candidate,))
        said = dict(zip(cls._fields, row, strict=True))
        lists = {name: tuple(listed(said[name] or "")) for name in LISTS}
        texts = {name: said[name] or "" for name in ("wanted_place", "groups_consent_at", "last_province")}
        return cls(**said | lists | texts)


def likely_trades(market_day: int, chosen: tuple[str, ...]) -> list[str]:
    """Return the trades that are likely meant: those chosen, then the day's own by their places. One statement."""
    rows = fetch(
        "SELECT v.trade FROM offer AS o JOIN vacancy AS v ON v.id = o.vacancy_id WHERE o.market_day_id = ?"
        " GROUP BY v.trade ORDER BY SUM(v.openings) DESC, v.trade",
        (market_day,),
    )
    likely = dict.fromkeys([*chosen, *(trade for (trade,) in rows), *TRADES])
    return [trade for trade in likely if trade in TRADES][: max(LIKELY, len(chosen))]


def say(page: OwnPage, before: Wishes, values: dict[str, Any]) -> bool:
    """Record what a candidate says otherwise than before; say whether that was anything.

    ``values`` are fields of ``Wishes``. A list that is empty now is said too: groups can be taken back. A sensitive
    group is kept only with the time of its own consent among the values or before.
    """
    known = before._asdict()
    at = utcnow().isoformat(timespec="milliseconds")
    agreed = bool(values.pop("agrees", False) or before.groups_consent_at)
    groups = [code for code in values.get("groups", ()) if agreed or code not in SENSITIVE_GROUPS]
    said = values | {"groups": groups}
    changed = {name: value for name, value in said.items() if _differs(known[name], value)}
    if not changed:
        return False
    if any(code in SENSITIVE_GROUPS for code in changed.get("groups", ())) and not before.groups_consent_at:
        changed["groups_consent_at"] = at
    data = changed | {"based_on": before.version}
    fact = {"id": page.candidate, "kind": "candidate.amended", "at": at, "operator": None, "data": data}
    record(MarketDay.get_by_id(page.market_day), [fact])
    return True


def _differs(before: object, now: object) -> bool:
    if isinstance(before, tuple):
        return isinstance(now, list) and set(before) != set(now)
    return now not in (None, "") and now != before
