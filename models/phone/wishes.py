"""Wishes: the second breath of a registration by phone, said by the candidate on their own page."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from models.base.clock import utcnow
from models.base.database import fetch
from models.base.lists import listed
from models.phone.amend import amend
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

    ``values`` are fields of ``Wishes`` as models/phone/amend.py takes them, and ``agrees``: whether a sensitive group
    may be noted. Without that none is, and the consent goes with the last of them.
    """
    agrees = bool(values.pop("agrees", False))
    groups = [code for code in values["groups"] if agrees or code not in SENSITIVE_GROUPS]
    at = before.groups_consent_at if _is_sensitive(before.groups) else utcnow().isoformat(timespec="milliseconds")
    said = values | {"groups": groups, "groups_consent_at": at if _is_sensitive(groups) else ""}
    return amend(page, before._asdict(), before.version, said)


def _is_sensitive(groups: Iterable[str]) -> bool:
    return any(code in SENSITIVE_GROUPS for code in groups)
