"""Importing vacancies: a row is what the vacancy's form would be given, and the form's own rules are asked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.clock import utcnow
from models.base.typed import same_of
from models.imports.import_kind import CHANGED, FAULTY, NEW, UNCHANGED, Checked, Made, json_value
from models.kiosk.in_use import names_vacancy
from models.kiosk.set_up import drop_vacancy, keep_vacancy
from models.market.audited import make_many
from models.market.comparison import Comparison
from models.market.county import County
from models.market.employer import Employer
from models.market.vacancy import Vacancy, keys_of
from models.spreadsheet.heading import columns_of
from models.spreadsheet.meant import Pay, code_of, count_of, date_of, pay_of, unit_in
from models.vocabulary.code_list import INDUSTRIES, N_, PAY_UNITS, SHIFTS, SUITS, VACANCY_KINDS
from models.vocabulary.trade import TRADES
from routes.office.import_employers import EmployerRows, note_errors
from routes.office.import_reading import Reading, joined, words_of
from routes.office.import_sheet import Sheet
from routes.office.import_words import DAY_WORK, INDUSTRY_WORDS, SHIFT_WORDS, UNIT_WORDS, WORK_KIND_WORDS, YES, trade_in
from routes.office.market_dates import today_in
from routes.office.vacancy_form import VacancyForm, Wanted, start_of, town_names
from routes.web.editing import change
from routes.web.forms import listed

LABELS = VacancyForm.labels | {
    "employer": N_("Employer"), "credit_code": N_("Unified social credit code"), "pay": N_("Pay"),
    "adults_only": N_("Not for 16 and 17 year-olds"), "urgent": N_("Urgently wanted"),
}  # fmt: skip
COLUMNS = columns_of(LABELS, {
    "employer": (
        "单位名称 企业名称 用人单位 用人单位名称 招聘单位 招聘企业 公司名称 用工单位 用工企业 单位 企业 公司 "
        "employer company"
    ),
    "credit_code": (
        "统一社会信用代码 社会信用代码 信用代码 credit_code"
    ),
    "title": (
        "岗位名称 招聘岗位 岗位 职位 职位名称 招聘职位 工种岗位 需求岗位 用工岗位 岗位(工种) 岗位/工种 招聘工种 "
        "title position vacancy"
    ),
    "trade": (
        "工种 工种类别 岗位类别 职业 职业类别 职业工种 trade"
    ),
    "openings": (
        "招聘人数 需求人数 人数 用工人数 招工人数 岗位数 需求数 招聘数量 用工需求 缺工人数 名额 openings number"
    ),
    "duties": (
        "工作内容 岗位职责 岗位描述 主要工作 工作职责 岗位内容 职责 duties"
    ),
    "place": (
        "工作地点 工作地址 上班地点 地点 工作地 单位地址 地址 place address"
    ),
    "work_division": (
        "所属镇街 乡镇 镇街 工作镇街 所在乡镇 街道 township"
    ),
    "pay": (
        "工资待遇 薪资待遇 工资 薪资 薪酬 待遇 月薪 日薪 月工资 日工资 薪酬待遇 工资范围 薪资范围 月薪酬 薪水 "
        "劳动报酬 工资水平 pay wage salary"
    ),
    "pay_min": (
        "最低工资 最低月薪 工资下限 薪资下限 月薪下限 起薪 工资待遇/最低 薪资待遇/最低 工资/最低 薪资/最低 "
        "工资待遇/下限 薪酬/最低 lowest_pay"
    ),
    "pay_max": (
        "最高工资 最高月薪 工资上限 薪资上限 月薪上限 工资待遇/最高 薪资待遇/最高 工资/最高 薪资/最高 "
        "工资待遇/上限 薪酬/最高 highest_pay"
    ),
    "pay_unit": (
        "计薪方式 工资单位 薪资单位 计薪单位 结算方式 per"
    ),
    "work_kind": (
        "用工形式 用工性质 工作性质 用工类型 岗位性质 form_of_work"
    ),
    "hours": (
        "工作时间 上班时间 工时 作息时间 工作时长 hours"
    ),
    "benefits": (
        "福利 福利待遇 食宿 食宿情况 包吃住 住宿 吃住 benefits"
    ),
    "requirements": (
        "岗位要求 任职要求 招聘条件 招聘要求 要求 条件 学历 学历要求 文化程度 年龄 年龄要求 年龄范围 技能要求 "
        "证书要求 经验要求 工作经验 专业 专业要求 性别 性别要求 其他要求 岗位要求/学历 岗位要求/年龄 requirements"
    ),
    "bring": (
        "携带资料 需带材料 what_to_bring"
    ),
    "valid_until": (
        "有效期 有效期至 截止日期 招聘截止 截止时间 有效期限 招聘有效期 招聘截止日期 valid_until"
    ),
    "work_date": (
        "用工日期 干活日期 work_date"
    ),
    "industry": (
        "行业 所属行业 industry"
    ),
    "shift": (
        "班次 班制 倒班 shift"
    ),
    "insurance": (
        "社保 社会保险 五险 五险一金 insurance"
    ),
    "contract": (
        "合同 合同期限 劳动合同 contract"
    ),
    "probation": (
        "试用期 probation"
    ),
    "hazard": (
        "职业危害 职业病危害 危害 hazards"
    ),
    "starts": (
        "到岗时间 上岗时间 入职时间 start_of_work"
    ),
    "transport": (
        "交通 交通方式 乘车路线 transport"
    ),
    "pay_includes": (
        "工资构成 薪资构成 工资说明"
    ),
    "pay_day": (
        "发薪日 工资发放日 发薪时间 pay_day"
    ),
    "suits": (
        "适合人群 suits"
    ),
    "urgent": (
        "是否紧缺 紧缺 急招 urgent"
    ),
    "adults_only": (
        "仅限成年人 adults_only"
    ),
    "eligibility": (
        "安置对象 对象条件"
    ),
    "true_employer": (
        "实际用工单位 实际用人单位 true_employer"
    ),
}, {"duties": "；", "hours": "；", "benefits": ",", "requirements": "；"})
UNKNOWN = N_("No such employer in the county's list. Take the employers in first.")
NEEDED = ("employer", "title", "openings", "duties", "place", "pay")
AS_WRITTEN = (
    "title", "duties", "place", "hours", "benefits", "requirements", "bring", "insurance", "contract", "probation",
    "hazard", "starts", "transport", "pay_includes", "pay_day", "eligibility", "true_employer",
)  # fmt: skip
FIELD_OF = {"pay_min": "pay", "pay_max": "pay", "trade": "title"}


class VacancyRows:
    """Looks at rows about vacancies: which are there by employer, title, place and form of work."""

    def __init__(self, county: County, labels: Mapping[str, str], is_checked: bool, who: str) -> None:
        self.county, self.labels, self.is_checked, self.who = county, labels, is_checked, who
        self.today = today_in(county)
        self.employers = EmployerRows(county)
        self.towns = town_names(Wanted(county, None, self.today))
        self.comparison = Comparison(county, self.today, of_sheet=True)
        self.unit = unit_in(labels.get("pay") or labels.get("pay_min") or "")
        # Where a list has one column for two of our fields, what is wrong is said of that column.
        self.field_of = {name: field for name, field in FIELD_OF.items() if name not in labels}
        self._by: dict[tuple, int] = {}
        self._employers: dict[tuple[str, str], Employer | None] = {}  # by name and code, as far as they were met
        for id, employer, *said in keys_of(county):
            if employer:
                self._by.setdefault(key_of(employer, *said), id)

    def check(self, texts: Mapping[str, str]) -> Checked:
        """Return what a row is. An empty cell changes nothing."""
        reading = Reading(texts)
        title = reading.text("title")
        employer = self._employer_of(reading)
        given = self._given(reading)
        if employer is None:
            return Checked(FAULTY, title, faults=list(reading.faults.values()))
        kind = given.get("work_kind") or "full_time"
        id = self._by.get(key_of(employer.id, title, given.get("place", ""), kind))
        vacancy = Vacancy.get_by_id(id) if id else None
        wanted = Wanted(self.county, employer, self.today, self.towns, self.comparison)
        typed = start_of(wanted, vacancy) | given
        if vacancy and "pay_max" not in given and "pay_min" in given:
            typed["pay_max"] = ""

        def form() -> VacancyForm:
            return VacancyForm(wanted, MultiDict(listed(typed)), vacancy)

        read = form()
        fields = read.read()
        note_errors(reading, read.errors, form, lambda one: one.read(), self.field_of)
        key = " ".join(map(str, key_of(employer.id, title, fields["place"] or "", fields["work_kind"] or "")))
        if reading.faults:
            return Checked(FAULTY, title, (key,), faults=list(reading.faults.values()))
        values = {name: json_value(value) for name, value in fields.items()}
        if vacancy is None:
            return Checked(NEW, title, (key,), values=values | {"employer": employer.id})
        before = _fields(vacancy, values)
        changed = {name: value for name, value in values.items() if value != before[name]}
        state = CHANGED if changed else UNCHANGED
        return Checked(state, title, (key,), vacancy.id, changed, {name: before[name] for name in changed})

    def _employer_of(self, reading: Reading) -> Employer | None:
        name, code = reading.text("employer"), reading.take("credit_code", code_of).upper()
        found = self._found(name, code)
        if not (name or code):
            reading.refuse("employer", lambda: _("Please fill this in."))
        elif found is None and not reading.faults:
            reading.refuse("employer", lambda: _(UNKNOWN))
        elif found is not None and found.archived_at:
            reading.refuse("employer", lambda: _("It is archived: offer it again."))
        return None if found is None or found.archived_at else found

    def _found(self, name: str, code: str) -> Employer | None:
        """Return an employer, each read once: a list names the same ones again and again, in any order."""
        if (name, code) not in self._employers:
            self._employers[name, code] = self.employers.find(name, code)
        return self._employers[name, code]

    def _given(self, reading: Reading) -> dict[str, Any]:
        """Return what the row says, as the form would be given it."""
        given: dict[str, Any] = {name: reading.text(name) for name in AS_WRITTEN}
        given["place"] = " ".join(given["place"].split())
        given["openings"] = reading.take("openings", count_of)
        given["work_kind"] = reading.code("work_kind", VACANCY_KINDS, WORK_KIND_WORDS)
        given["pay_unit"] = reading.code("pay_unit", PAY_UNITS, UNIT_WORDS)
        given["industry"] = reading.code("industry", INDUSTRIES, INDUSTRY_WORDS)
        given["shift"] = reading.code("shift", SHIFTS, SHIFT_WORDS)
        given["work_division"] = reading.code("work_division", self.towns)
        self._pay(reading, given)
        for name in ("valid_until", "work_date"):
            given[name] = reading.take(name, self._date)
        for name in ("urgent", "adults_only"):
            given[name] = "yes" if same_of(reading.text(name)) in YES else ""
        given["suits"] = [code for word in reading.text("suits").replace("、", ",").replace("，", ",").split(",")
                          if (code := words_of(tuple(SUITS.items())).get(same_of(word)))]  # fmt: skip
        given["trade"] = self._trade(reading, given["title"])
        if not given["work_kind"] and given.get("pay_unit") in ("day", "hour") and DAY_WORK.search(given["title"]):
            given["work_kind"] = "day"
        return {name: value for name, value in given.items() if value}

    def _trade(self, reading: Reading, title: str) -> str:
        said = reading.text("trade")
        found = trade_in(said) or trade_in(title)
        if not found and (said or title):
            field = self.field_of.get("trade", "trade")
            reading.refuse(field, lambda: _("Which trade? Add a column 工种 with one of: %(words)s",
                                            words=joined(TRADES)))  # fmt: skip
        return found

    def _pay(self, reading: Reading, given: dict[str, Any]) -> None:
        pays: list[Pay] = []

        def amount(text: str) -> str:
            pays.append(pay_of(text, self.unit))
            return pays[-1].low

        given["pay_min"] = reading.take("pay", amount) or reading.take("pay_min", amount)
        given["pay_max"] = (pays[0].high if pays else "") or reading.take("pay_max", amount)
        if pays:
            given["pay_unit"] = given["pay_unit"] or pays[0].unit
            given["pay_includes"] = given["pay_includes"] or pays[0].more

    def _date(self, text: str) -> str:
        found: date | None = date_of(text, self.today)
        return found.isoformat() if found else ""

    def meanwhile(self, row: Checked) -> bool:
        """Say whether the vacancy is another than when the row was looked at."""
        if row.state == NEW:
            values = row.values
            key = key_of(values["employer"], values["title"], values["place"], values["work_kind"])
            return key in self._by or not self.employers.is_there(values["employer"])
        vacancy = Vacancy.get_or_none(id=row.thing)
        return vacancy is None or _fields(vacancy, row.before) != row.before

    def make(self, rows: Sequence[Checked]) -> list[Made]:
        """Store new vacancies: drafts, unless they were checked with their employers just now."""
        own: dict[str, Any] = {"draft": not self.is_checked}
        if self.is_checked:
            own |= {"verified_at": utcnow(), "verified_by": self.who}
        found = [
            Vacancy(county=self.county, number=number, **own, **_kept(row.values))
            for row, number in zip(rows, Vacancy.free_numbers(len(rows)), strict=True)
        ]
        make_many(found)
        for vacancy, row in zip(found, rows, strict=True):
            said = row.values
            self._by[key_of(said["employer"], said["title"], said["place"], said["work_kind"])] = vacancy.id
        return [Made(vacancy.id, _fields(vacancy, row.values)) for vacancy, row in zip(found, rows, strict=True)]

    def change(self, row: Checked) -> Made:
        """Store what a row changes, and tell the booths that offer it."""
        vacancy = Vacancy.get_by_id(row.thing)
        change(vacancy, _kept(row.values))
        keep_vacancy(vacancy)
        if self.is_checked:
            vacancy.verify(self.who)
        return Made(vacancy.id, _fields(vacancy, row.values))

    def why_kept(self, state: str, made: Made) -> str:
        """Return why this vacancy cannot be put back."""
        vacancy = Vacancy.get_or_none(id=made.thing)
        if vacancy is None:
            return "gone"
        if _fields(vacancy, made.after) != made.after:
            return "changed"
        is_used = state == NEW and (vacancy.offers.exists() or names_vacancy(vacancy.number, None))
        return "used" if is_used else ""

    def take_back(self, state: str, made: Made, before: Mapping[str, Any]) -> None:
        """Delete a vacancy that was made, or give one back what it said."""
        vacancy = Vacancy.get_by_id(made.thing)
        if state == NEW:
            drop_vacancy(vacancy)
            return
        change(vacancy, _kept(before))
        keep_vacancy(vacancy)


def key_of(employer: int, title: str, place: str, kind: str) -> tuple:
    """Return what makes two rows the same vacancy."""
    return employer, same_of(title), same_of(place), kind


def _fields(vacancy: Vacancy, names: Iterable[str]) -> dict[str, Any]:
    return {name: json_value(vacancy.__data__[name]) for name in names}


def _kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields as the model has them, of what JSON holds."""
    dates = {name: date.fromisoformat(values[name]) for name in ("valid_until", "work_date") if values.get(name)}
    return dict(values) | dates


class Vacancies(Sheet):
    """The kind of a spreadsheet about vacancies."""

    code, named_by, fields = "vacancies", "title", COLUMNS

    def missing(self, fields: Iterable[str]) -> list[str]:
        """The law wants each vacancy to say these; the employer may be named by its code, pay by its lowest."""
        there = set(fields)
        there |= {"employer"} if "credit_code" in there else set()
        there |= {"pay"} if "pay_min" in there else set()
        return [name for name in NEEDED if name not in there]

    def checker(self, county: County, labels: Mapping[str, str], is_checked: bool, who: str) -> VacancyRows:
        return VacancyRows(county, labels, is_checked, who)
