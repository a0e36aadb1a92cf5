"""Employer twins: two names in the list that are perhaps one employer's, such as 正则绣坊 and 重庆正则绣坊有限公司."""

from collections.abc import Iterable

from models.base.typed import same_of
from models.market.county import County
from models.market.employer import Employer

# What stands at the end of a company's name, the longer ones first.
SUFFIXES = (
    "有限责任公司", "股份有限公司", "集团有限公司", "有限公司", "分公司", "(集团)", "集团", "公司", "经营部",
    "个体工商户",
)  # fmt: skip
PLACES = ("重庆市", "重庆")  # what stands before it, besides the county's own name
SHORTEST = 2  # letters that must be left: 重庆公司 is nobody's name


def folded(name: str, places: Iterable[str] = PLACES) -> str:
    """Return what is left of a name without its place and the form of the company."""
    left = same_of(name)
    for place in places:
        left = _without(left, left.removeprefix(same_of(place)))
    for _round in range(2):  # 集团 before 有限公司
        for suffix in SUFFIXES:
            left = _without(left, left.removesuffix(suffix))
    return left


def twins_of(county: County, name: str, besides: Employer | None = None) -> list[Employer]:
    """Return the county's employers whose names are perhaps the same as ``name``, but for ``besides``."""
    places = places_of(county)
    sought = folded(name, places)
    if not sought:
        return []
    return [other for other in Employer.of_county(county, besides) if folded(other.name, places) == sought]


def twins_among(county: County, employers: Iterable[Employer]) -> dict[int, Employer]:
    """Return of each employer, by its id, another of the list that is perhaps the same one. No query."""
    places, groups = places_of(county), dict[str, list[Employer]]()
    for employer in employers:
        groups.setdefault(folded(employer.name, places), []).append(employer)
    found: dict[int, Employer] = {}
    for group in groups.values():
        for place, employer in enumerate(group):
            if len(group) > 1:
                found[employer.id] = group[place - 1]
    return found


def places_of(county: County) -> tuple[str, ...]:
    """Return what may stand before a name in a county: the city's name and the county's, with its kind and without."""
    short = county.name[:-1] if len(county.name) > 2 else county.name
    return (*PLACES, county.name, short)


def _without(whole: str, rest: str) -> str:
    return rest if len(rest) >= SHORTEST else whole
