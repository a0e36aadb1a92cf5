"""The office's pages as its search finds them: by their name, and by what people call them besides."""

from collections.abc import Iterable
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from models.finding.sought import Sought, rank_of
from models.market.market_day import MarketDay
from models.vocabulary.code_list import N_
from routes.web import rights

MOST = 6  # pages


class Place(NamedTuple):
    """A page: its endpoint, its name (English, to be translated), other words for it; ``of_a_day``: of the next one."""

    endpoint: str
    name: str
    words: str = ""
    of_a_day: bool = False


PLACES = (
    Place("market_days.index", N_("Market days"), "赶场日 场次 活动"),
    Place("market_days.new", N_("Plan a market day"), "新增 新建 add new"),
    Place("calendar.index", N_("Planner"), "日历 假期 节假日 放假 holiday calendar month"),
    Place("calendar.show", N_("Season"), "季度 全季"),
    Place("series.new", N_("A season at once"), "批量 系列 series"),
    Place("many_days.index", N_("Several days at once"), "批量 移动 取消 延期 改期 move cancel copy"),
    Place("season_posters.index", N_("Season poster"), "打印 海报 print"),
    Place("posters.index", N_("Posters"), "打印 海报 二维码 print", of_a_day=True),
    Place("pass_sheets.index", N_("Paper passes"), "打印 求职卡 纸卡 print cards", of_a_day=True),
    Place("summaries.show", N_("Summary"), "打印 汇总表 统计 签字 盖章 print figures", of_a_day=True),
    Place("checklists.sheet", N_("Checklist"), "打印 清单 准备 print", of_a_day=True),
    Place("loudspeaker_lists.show", N_("Loudspeaker text"), "打印 喇叭 广播 print", of_a_day=True),
    Place("day_papers.index", N_("Papers to print"), "打印 海报 桌签 小票 签到表 print", of_a_day=True),
    Place("walls_of_day.show", N_("Wall"), "大屏 电视 投影 screen", of_a_day=True),
    Place("live.show", N_("Live"), "实时 现场 大屏", of_a_day=True),
    Place("tablets.index", N_("Tablets"), "平板", of_a_day=True),
    Place("employers.index", N_("Employers"), "单位 企业 公司"),
    Place("employers.new", N_("Add an employer"), "新增 新建 new"),
    Place("season.index", N_("Vacancies of the season"), "岗位 职位 招聘 jobs"),
    Place("vacancy_proposals.index", N_("Changes by employers"), "审核 review"),
    Place("people.index", N_("Job seekers"), "求职者 群众 people"),
    Place("same_people.index", N_("One person or two?"), "重复 合并 twins merge"),
    Place("follow_ups.index", N_("Follow-up"), "回访 跟进 电话"),
    Place("placements.index", N_("Placements"), "录用 入职 就业 hired"),
    Place("assistances.index", N_("Who is helped"), "帮扶"),
    Place("notices.index", N_("Inbox"), "通知 待办 消息"),
    Place("surveys.index", N_("Plans for work"), "调查 意愿 摸底 survey"),
    Place("mailings.index", N_("Text messages"), "短信 SMS"),
    Place("programmes.index", N_("Courses and trips"), "培训 课程 专车 包车 创业 法律援助 报名 course trip"),
    Place("reports.show", N_("Reports"), "报表 汇总 统计 同比 打印 figures print"),
    Place("superior_forms.index", N_("Superior's forms"), "上级表格 模板 填报 template"),
    Place("paper_batches.index", N_("Papers of several days"), "批量打印 PDF print"),
    Place("partners.index", N_("Exchange"), "岗位交换 劳务协作 川渝 鲁渝 partner"),
    Place("campaigns.index", N_("Campaigns"), "专项 活动 春风行动"),
    Place("complaints.index", N_("Complaints"), "投诉 举报"),
    Place("incidents.index", N_("Lost tablets"), "丢失 平板 事件 incident"),
    Place("market_rules.index", N_("Market rules"), "赶场规则 场期 逢场 乡镇 假期 例外 towns holiday"),
    Place("devices.index", N_("Devices"), "平板 设备 tablets"),
    Place("operators.index", N_("Operators"), "工作人员 展位 PIN"),
    Place("imports.index", N_("Spreadsheets"), "表格 导入 Excel WPS import"),
    Place("county_settings.show", N_("County"), "设置 区县 锁屏 语言 settings"),
    Place("divisions.index", N_("Towns"), "乡镇 街道 设置"),
    Place("service_points.index", N_("Service points"), "服务点 设置"),
    Place("notice_versions.index", N_("Privacy notice"), "隐私 告知 privacy"),
    Place("retention.show", N_("Retention periods"), "保存期限 删除 隐私 deletion"),
    Place("ledger.show", N_("What the office holds"), "台账 隐私 打印 print"),
    Place("accounts.index", N_("Accounts"), "账号 用户 权限 密码 password users"),
    Place("own_account.show", N_("Your account"), "密码 修改密码 我的账号 动态口令 两步验证 password"),
    Place("keys.index", N_("Keys"), "密钥 签名"),
    Place("backups.index", N_("Backups"), "备份 恢复 backup"),
    Place("minimum_wages.index", N_("Minimum wage"), "最低工资 标准 设置"),
    Place("helps.index", N_("Help"), "帮助 指南 说明 help guide"),
    Place("history.index", N_("History"), "记录 日志 审计 audit log"),
    Place("city_totals.show", N_("City's totals"), "全市 合计"),
)  # fmt: skip


class FoundPage(NamedTuple):
    """A page that fits: its address, its name, and the market day that it is of, if any."""

    href: str
    name: str
    day: MarketDay | None = None


def pages_for(sought: Sought, day: MarketDay | None) -> tuple[list[FoundPage], bool]:
    """Return the pages that fit and the reader may see, the best first; and whether one is called just that.

    ``day`` is the next market day that the reader may see: some pages are of one.
    """
    found = sorted(((rank, place) for rank, place in _fitting(sought, day)), key=lambda one: one[0])
    pages = [_page(place, day if place.of_a_day else None) for _rank, place in found[:MOST]]
    return pages, bool(found) and found[0][0] == 0


def _fitting(sought: Sought, day: MarketDay | None) -> Iterable[tuple[int, Place]]:
    for place in PLACES:
        if (place.of_a_day and day is None) or not _sees(place):
            continue
        ranks = [rank_of(word, sought.all_words) for word in (_(place.name), *place.words.split())]
        known = [rank for rank in ranks if rank is not None]
        if known:
            yield min(known), place


def _page(place: Place, day: MarketDay | None) -> FoundPage:
    href = url_for(place.endpoint, market_day_id=day.id) if day else url_for(place.endpoint)
    return FoundPage(href, _(place.name), day)


def _sees(place: Place) -> bool:
    if place.endpoint == "own_account.show":
        return True
    is_new = place.endpoint.endswith((".new", ".create"))
    resource = place.endpoint.partition(".")[0]
    if is_new and not rights.changes(current_user.role, resource, place.of_a_day):
        return False
    if resource == "accounts" and not rights.changes(current_user.role, resource, place.of_a_day):
        return False
    return rights.sees(current_user.role, place.endpoint, place.of_a_day)
