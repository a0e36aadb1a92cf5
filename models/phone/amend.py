"""Amend: what candidates correct, add and take back of their own registration, from their own page.

It is the fact ``candidate.amended``, as a booth makes it. What the registration is known by (name, birth year,
telephone) may change with it, and so who counts as one person (models/derived/person.py).
"""

from collections.abc import Mapping
from typing import Any

from models.base.clock import utcnow
from models.intake.ingest import record
from models.market.market_day import MarketDay
from models.phone.own_page import OwnPage

GOES_WITH = {"phone": "phone_owner"}  # of a number that nobody has any more nobody is the owner


def amend(page: OwnPage, before: Mapping[str, Any], version: int, values: Mapping[str, Any]) -> bool:
    """Record what somebody says otherwise than it stood ``before``, in a version; say whether that was anything.

    ``values`` by the names of the fact's fields: "" takes back what was said, and so does an empty list; None says
    nothing of the field.
    """
    said = {name: value for name, value in values.items() if value is not None and _differs(before[name], value)}
    if not said:
        return False
    cleared = [name for name, value in said.items() if value == ""]
    cleared += [GOES_WITH[name] for name in cleared if name in GOES_WITH]
    data: dict[str, Any] = {name: value for name, value in said.items() if value != ""}
    data |= {"based_on": version} | ({"cleared": cleared} if cleared else {})
    at = utcnow().isoformat(timespec="milliseconds")
    fact = {"id": page.candidate, "kind": "candidate.amended", "at": at, "operator": None, "data": data}
    record(MarketDay.get_by_id(page.market_day), [fact])
    return True


def _differs(before: object, now: object) -> bool:
    """Say whether a value is another; the order of a list says nothing, and None is what nobody said."""
    if isinstance(now, list):
        return set(now) != set(before or ())  # type: ignore[call-overload]
    return now != ("" if before is None else before)
