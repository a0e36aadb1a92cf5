"""Form figures: what can be named in a superior's workbook, the words by which it is known, and its value.

A figure is a path into a sheet of figures (``persons``, ``reached.hired``, ``groups.MIG.hired``), or one of those that
only a form asks for: days, dates, rights. Of several market days figures are sums: who came to two is counted at both.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from models.base.clock import utcnow
from models.figures.breakdown import EVERYONE, FACTS, local_share
from models.figures.outward import outward
from models.figures.suppression import HIDDEN
from models.figures.version import Sheet, has_opened, sheet
from models.market.county import County
from models.market.market_day import MarketDay
from models.vocabulary.code_list import GROUPS, PLACES, TALLY_TOPICS
from models.vocabulary.stage import STAGES

TEXTS = ("market_day.office", "market_day.town", "market_day.place", "market_day.campaign", "market_day.hosts",
         "market_day.co_organisers")  # fmt: skip
RIGHTS = ("wages_owed", "contract", "injury", "insurance", "rights_other")
# What bureaus write beside or above the cell. The longest that is part of a label wins.
LABELS: dict[str, tuple[str, ...]] = {
    "days": ("场次", "活动场次", "举办场次", "招聘会场次", "场数"),
    "dates": ("日期", "活动日期", "举办日期", "活动时间", "举办时间", "统计时间"),
    "market_day.office": ("填报单位", "报送单位", "单位名称"),
    "market_day.town": ("乡镇", "场镇", "镇街", "乡镇街道"),
    "market_day.place": ("地点", "活动地点", "举办地点"),
    "market_day.campaign": ("活动名称", "专项活动"),
    "market_day.hosts": ("主办单位",),
    "market_day.co_organisers": ("协办单位", "承办单位"),
    "market_day.employers_online": ("线上企业", "线上参会企业", "线上用人单位"),
    "market_day.viewers": ("直播观看", "观看人次"),
    "employers_on_site": ("企业数", "参会企业", "现场企业", "用人单位", "用人单位数", "参会单位", "招聘单位"),
    "vacancy_kinds": ("岗位数", "提供岗位", "招聘岗位", "岗位种类", "工种数"),
    "openings": ("招聘人数", "需求人数", "岗位需求", "用工需求", "招工人数", "岗位需求人数"),
    "visits": ("人次", "到访人次", "进场人次", "入场人次", "参加人次", "到场人次"),
    "persons": ("到访人数", "进场人数", "入场人数", "参加人数", "到场人数", "求职人数"),
    "registered": ("登记人数", "求职登记", "求职登记人数", "新登记"),
    "persons_reached.introduced": ("推荐人数", "推荐"),
    "persons_reached.interviewed": ("面谈人数", "面试人数", "面谈", "面试"),
    "persons_reached.agreed": ("意向", "达成意向", "意向人数", "达成意向人数", "达成就业意向"),
    "reached.agreed": ("意向人次", "达成意向人次"),
    "persons_reached.hired": ("录用", "现场录用", "录用人数", "现场录用人数", "签约人数"),
    "reached.hired": ("录用人次", "现场录用人次"),
    "tallies.leaflet": ("宣传资料", "发放资料", "发放宣传资料", "资料份数"),
    "tallies.policy": ("政策咨询", "政策宣讲"),
    "rights": ("维权咨询", "劳动维权", "权益咨询", "法律咨询"),
    "referred.training": ("技能培训", "培训推荐"),
    "referred.business_start": ("创业", "创业服务"),
    "referred.welfare_post": ("公益性岗位",),
    "referred.legal_aid": ("法律援助",),
    "places.town": ("本镇就业", "镇内"),
    "places.county": ("区内", "县内", "区县内"),
    "places.city": ("市内",),
    "places.outside": ("市外", "外省", "跨省"),
    "local_share": ("就地就近", "本地就业率", "就近就业率"),
}
_FACT_LABELS = {"登记": "registered", "意向": "agreed", "录用": "hired", "就业": "hired"}
_PASSED_OVER = re.compile(r"[\s（）()【】：:、,，。;；*＊/]+")
LONGEST_LABEL = 30  # letters
LONGEST_SPAN = 366  # days
MOST_DAYS = 1_500


def figure_paths() -> list[str]:
    """Return every figure that can be named, in the order of a summary."""
    plain = ["nameless", "check_ins", "persons_checked_in", "signed_up"]
    reached = [f"{kind}.{stage}" for stage in STAGES[1:] for kind in ("persons_reached", "reached")]
    rest = [f"{kind}.{code}" for kind in ("places", "migrant_places") for code in PLACES]
    rest += [f"tallies.{topic}" for topic in TALLY_TOPICS]
    rest += [f"groups.{group}.{fact}" for group in (EVERYONE, *GROUPS) for fact in FACTS]
    return list(dict.fromkeys([*LABELS, *plain, *reached, *rest]))


def suggested(left: str, above: str) -> str:
    """Return the figure that a label beside a cell names, or else one right above it; "" where neither does."""
    return _of_label(_plain(left)) or _of_label(_plain(above))


def suggested_group(row: str, column: str, groups: dict[str, str]) -> str:
    """Return the figure of a key group that the heads of a cell's row and column name together, or "".

    ``groups``: their words, and their codes.
    """
    for who, what in ((_plain(row), _plain(column)), (_plain(column), _plain(row))):
        code = next((code for words, code in groups.items() if words in who), "")
        fact = next((fact for part, fact in _FACT_LABELS.items() if part in what), "")
        if code and fact:
            return f"groups.{code}.{fact}"
    return ""


def sheets_between(county: County, start: date, end: date, now: datetime | None = None) -> Iterator[Sheet]:
    """Yield the figures of a county's market days from ``start`` to ``end`` that were held: a closed day's version."""
    now = now or utcnow()
    that_time = (MarketDay.county == county) & (MarketDay.date >= start) & (MarketDay.date <= end)
    that_time &= MarketDay.published_at.is_null(False) & MarketDay.cancelled_at.is_null()
    for day in MarketDay.select().where(that_time).order_by(MarketDay.date, MarketDay.id).limit(MOST_DAYS):
        if has_opened(day, now) and (found := sheet(day)):
            yield found


def sheet_for(day: MarketDay, outside: bool) -> Sheet | None:
    """Return a market day's figures, for readers outside the county if so asked; None where it is not closed then."""
    found = sheet(day)
    if found and outside:
        return outward(found) if found["version"] else None
    return found


def values_of(paths: Iterable[str], sheets: Iterable[Sheet]) -> dict[str, Any]:
    """Return the figures of one market day, or of several together; None of one that no sheet has.

    A figure that is hidden on one of the sheets is hidden.
    """
    wanted = set(paths)
    found: dict[str, list[Any]] = {path: [] for path in wanted | {"market_day.date"}}
    shares: dict[str, int] = dict.fromkeys(PLACES, 0)
    for one in sheets:
        for path in found:
            found[path] += _values(one, path)
        for code in PLACES:
            count = one["migrant_places"][code]
            shares[code] += 0 if count == HIDDEN else count
    values = {path: _together(path, found[path]) for path in wanted}
    dates = sorted(set(found["market_day.date"]))
    if "dates" in wanted:
        values["dates"] = (
            None if not dates else date.fromisoformat(dates[0]) if len(dates) == 1 else f"{dates[0]}至{dates[-1]}"
        )
    if "days" in wanted:
        values["days"] = len(found["market_day.date"])
    if "local_share" in wanted and values["local_share"] != HIDDEN:
        values["local_share"] = local_share(shares)
    return values


def _values(one: Sheet, path: str) -> list[Any]:
    if path == "rights":
        return [one["tallies"].get(topic, 0) for topic in RIGHTS]
    if path.startswith("groups."):
        _groups, group, fact = path.split(".")
        return [row[fact] for row in one["groups"] if row["group"] == group] or [0]
    outer, _dot, inner = path.partition(".")
    value = one.get(outer)
    if inner:
        value = value.get(inner, 0 if outer == "tallies" else None) if isinstance(value, dict) else None
    return [] if value is None else [value]


def _together(path: str, values: list[Any]) -> Any:
    if path in TEXTS:
        return "、".join(dict.fromkeys(filter(None, values)))
    if HIDDEN in values:
        return HIDDEN
    numbers = [value for value in values if isinstance(value, int | float)]
    return sum(numbers) if numbers else None


def _of_label(label: str) -> str:
    if not label or len(label) > LONGEST_LABEL:
        return ""
    fits = [(len(words), path) for path, labels in LABELS.items() for words in labels if words in label]
    return max(fits, key=lambda one: one[0])[1] if fits else ""


def _plain(label: str) -> str:
    return _PASSED_OVER.sub("", label)
