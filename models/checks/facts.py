"""Facts: what the rules find in a vacancy's fields, besides its texts."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from models.checks.text import Find, finds_in
from models.checks.twins import most_alike

# Every text of a vacancy that anybody reads. What a vacancy's form cannot be given is in none of them.
TEXTS = (
    "title", "duties", "place", "hours", "benefits", "requirements", "bring", "pay_includes", "pay_day", "insurance",
    "contract", "probation", "hazard", "starts", "transport", "eligibility", "cluster", "partner", "true_employer",
)  # fmt: skip
SPAN = 2  # the highest pay is at most so many times the lowest
HIGH = 3  # times the trade's median
STALE_DAYS = 14
FEN = 100  # in a yuan
HAZARD_TRADES = frozenset({
    "welder", "electrician", "fitter", "carpenter", "rebar", "mason", "painter", "forester", "forklift",
    "truck_driver", "butcher",
})  # fmt: skip
_NAMES_HAZARD = re.compile("噪声|噪音|粉尘|高温|高空|高处|有毒|有害|油漆|喷漆|焊|化工|电镀|井下|冷库|打磨|抛光|农药")
_DENIED_HAZARD = re.compile("(?:无|不|没有|没得|莫得|非)[^，。；、！？,;!?]{0,4}$")


class Ground(NamedTuple):
    """What a vacancy is compared with: the day, the least wages (fen), the trade's median, its employer, its sisters.

    ``sisters``: ``(number, title, place, duties)`` of the employer's other open vacancies.
    """

    today: date
    month_fen: int | None = None
    hour_fen: int | None = None
    median_fen: int | None = None
    lacks_code: bool = False
    sisters: tuple[tuple[str, str, str, str], ...] = ()
    checked_on: date | None = None  # with its employer; None: it is new


def finds_of(values: Mapping[str, Any], ground: Ground) -> list[Find]:
    """Return all that rules find in a vacancy, field by field: its texts, then its other fields."""
    found = [find for name in TEXTS if (text := values.get(name)) for find in finds_in(text, name)]
    found += _of_pay(values, ground)
    if ground.lacks_code:
        found.append(Find("credit_code", "", field="employer"))
    if _lacks_hazard(values):
        found.append(Find("hazard", "", field="hazard"))
    if twin := most_alike(values, ground.sisters):
        found.append(Find("twin", twin, field="title"))
    if ground.checked_on and (ground.today - ground.checked_on).days > STALE_DAYS:
        found.append(Find("stale", ground.checked_on.isoformat(), field="valid_until"))
    return found


def is_for_adults(finds: list[Find]) -> bool:
    """Say whether what was found keeps a vacancy from people of 16 and 17."""
    return any(find.rule == "juvenile" for find in finds)


def _of_pay(values: Mapping[str, Any], ground: Ground) -> list[Find]:
    low, high = values.get("pay_min_fen"), values.get("pay_max_fen") or values.get("pay_min_fen")
    if not (low and high):
        return []
    found, unit, kind = [], values.get("pay_unit"), values.get("work_kind")
    least = {"month": ground.month_fen, "hour": ground.hour_fen}.get(unit or "")
    # The monthly wage is that of a full month; a public-welfare post's hours are its own.
    if least and kind != "welfare" and (unit == "hour" or kind == "full_time") and low < least:
        found.append(Find("below_minimum" if high < least else "near_minimum", _yuan(low), field="pay_min"))
    if high > SPAN * low:
        found.append(Find("pay_span", f"{_yuan(low)}–{_yuan(high)}", field="pay_max"))
    if unit == "month" and ground.median_fen and low > HIGH * ground.median_fen:
        found.append(Find("pay_high", _yuan(low), field="pay_min"))
    if found_late := _probation_pay(values, low):
        found.append(found_late)
    return found


def _probation_pay(values: Mapping[str, Any], low: int) -> Find | None:
    """Find a probation's wage in yuan that is below 80 % of the pay."""
    said = re.search(r"试用期?\D{0,8}(\d{3,5})\s*元?", values.get("probation") or "")
    if said and values.get("pay_unit") == "month" and int(said[1]) * FEN * 10 < low * 8:
        return Find("probation", said[0], said.start(), said.end(), "probation")
    return None


def _lacks_hazard(values: Mapping[str, Any]) -> bool:
    if values.get("hazard"):
        return False
    said = f"{values.get('title') or ''}，{values.get('duties') or ''}"
    named = any(not _DENIED_HAZARD.search(said[: match.start()]) for match in _NAMES_HAZARD.finditer(said))
    return named or values.get("trade") in HAZARD_TRADES


def _yuan(fen: int) -> str:
    return f"{fen / FEN:g}"
