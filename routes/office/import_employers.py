"""Importing employers: a row is what the employer's form would be given, and the form's own rules are asked."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from models.base.typed import same_of
from models.imports.import_kind import CHANGED, FAULTY, NEW, UNCHANGED, Checked, Made
from models.keys.employer_contact import EmployerContact, open_contact, seal_contact
from models.keys.seal import SealKey, Unreadable, private_keys
from models.kiosk.cancellation import drop_employer, is_known_employer
from models.kiosk.set_up import keep_employer
from models.market.audited import make_many
from models.market.county import County
from models.market.employer import Employer, keys_of
from models.spreadsheet.heading import columns_of
from models.spreadsheet.meant import code_of, phones_of
from models.vocabulary.code_list import EMPLOYER_KINDS, N_
from routes.office.employer_form import EmployerForm
from routes.office.import_reading import Reading
from routes.office.import_sheet import Sheet
from routes.web.editing import change
from routes.web.forms import listed

LABELS = EmployerForm.labels | {"contact_phone": N_("Contact person and phone")}
FIELDS = ("name", "kind", "credit_code", "licence", "hires_for")
COLUMNS = columns_of(LABELS, {
    "name": (
        "单位名称 企业名称 用人单位 用人单位名称 用工单位 公司名称 招聘单位 单位全称 企业全称 单位 企业 公司 名称 "
        "employer name company"
    ),
    "kind": (
        "单位类型 企业类型 单位性质 企业性质 类型 性质 类别 kind type"
    ),
    "credit_code": (
        "统一社会信用代码 社会信用代码 信用代码 统一信用代码 统一代码 营业执照号 营业执照号码 营业执照注册号 "
        "组织机构代码 税号 credit_code"
    ),
    "contact": (
        "联系人 联系人姓名 招聘联系人 负责人 经办人 联系人/姓名 联系方式/姓名 联系方式/联系人 contact"
    ),
    "phone": (
        "联系电话 电话 联系方式 手机 手机号 手机号码 电话号码 座机 联系方式/电话 联系方式/手机 联系人/电话 phone "
        "telephone"
    ),
    "contact_phone": (
        "联系人及电话 联系人及联系电话 联系人和电话 联系人电话 联系人及联系方式 负责人及电话 联系人、电话 "
        "联系人/电话号码"
    ),
    "licence": (
        "人力资源服务许可证 人力资源服务许可证号 许可证号 许可证编号 licence"
    ),
    "hires_for": (
        "实际用工单位 代招单位 为谁招聘 hires_for"
    ),
}, {"phone": "/"})
KINDS = {
    "企业": "enterprise", "公司": "enterprise", "民营企业": "enterprise", "国有企业": "enterprise",
    "私营企业": "enterprise", "有限公司": "enterprise", "有限责任公司": "enterprise",
    "股份有限公司": "enterprise", "民营": "enterprise", "国企": "enterprise", "私企": "enterprise",
    "合作社": "enterprise", "个体": "individual", "个体户": "individual", "个体工商户": "individual",
    "劳务公司": "agency", "劳务派遣": "agency", "人力资源公司": "agency", "人力资源服务机构": "agency",
    "中介": "agency", "家庭": "household", "村": "village", "村集体": "village", "村委会": "village",
}  # fmt: skip
_PHONE = re.compile(r"[+0-9０-９][0-9０-９ \-－]{5,}[0-9０-９]")


class EmployerRows:
    """Looks at rows about a county's employers: which are there by their credit code, else by their name."""

    def __init__(self, county: County) -> None:
        self.county = county
        self._by: dict[str, dict[str, int]] = {"name": {}, "credit_code": {}}
        self._there: set[int] = set()
        for id, name, code, is_there in keys_of(county):
            self._note(id, name, code)
            self._there |= {id} if is_there else set()
        self._keys = private_keys(county.id)
        self._lid: Any = None

    def _note(self, id: int, name: str, code: str) -> None:
        self._by["name"].setdefault(same_of(name), id)
        if code:
            self._by["credit_code"].setdefault(same_of(code), id)

    def is_there(self, id: int) -> bool:
        """Say whether the county has an employer with this id that is not archived."""
        return id in self._there

    def find(self, name: str, code: str) -> Employer | None:
        """Return the employer of this code, else of this name."""
        id = self._by["credit_code"].get(same_of(code)) if code else None
        id = id or (self._by["name"].get(same_of(name)) if name else None)
        return Employer.get_by_id(id) if id else None

    def same(self, _county: County, field: str, value: str, besides: Employer | None = None) -> Employer | None:
        """Return another employer with this value in a field, as ``Employer.with_same`` does, without reading all."""
        found = self._by[field].get(same_of(value))
        return Employer.get_by_id(found) if found and (besides is None or found != besides.id) else None

    def check(self, texts: Mapping[str, str]) -> Checked:
        """Return what a row is. An empty cell changes nothing."""
        reading = Reading(texts)
        given = {
            "name": " ".join(reading.text("name").split()),
            "kind": reading.code("kind", EMPLOYER_KINDS, KINDS),
            "credit_code": reading.take("credit_code", code_of),
            "licence": reading.text("licence"), "hires_for": reading.text("hires_for"),
            "contact": reading.text("contact"), "phone": reading.take("phone", phones_of),
        }  # fmt: skip
        both = reading.text("contact_phone")
        if both:
            given["contact"], given["phone"] = contact_and_phone(both)
        employer = self.find(given["name"], given["credit_code"].upper())
        start: dict[str, Any] = {"kind": "enterprise"} if employer is None else _fields(employer)
        if employer is not None:
            start["papers"] = list(employer.papers)
        typed = start | {name: value for name, value in given.items() if value}

        def form() -> EmployerForm:
            found = EmployerForm(self.county, MultiDict(listed(typed)), employer)
            found.find_same = self.same
            return found

        read = form()
        fields, contact = read.read(), read.contact()
        note_errors(reading, read.errors, form, lambda one: (one.read(), one.contact()))
        said = {field: fields.get(field) or given[field] for field in ("credit_code", "name")}
        keys = tuple(f"{field} {same_of(value)}" for field, value in said.items() if value)
        if reading.faults:
            return Checked(FAULTY, given["name"], keys, faults=list(reading.faults.values()))
        values = {name: fields[name] for name in FIELDS}
        if employer is None:
            return Checked(NEW, values["name"], keys, values=values | ({"contact": list(contact)} if contact else {}))
        before = _fields(employer)
        changed = {name: value for name, value in values.items() if value != before[name]}
        if contact and contact != self._contact(employer, contact):
            changed["contact"] = list(contact)
            before["sealed"] = employer.sealed
        state = CHANGED if changed else UNCHANGED
        stood = {name: value for name, value in before.items() if name in changed or name == "sealed"}
        return Checked(state, employer.name, keys, employer.id, changed, stood)

    def _contact(self, employer: Employer, contact: EmployerContact) -> EmployerContact | None:
        """Return the contact that is kept; a part that the row does not say counts as the row's."""
        try:
            kept = open_contact(employer, self._keys)
        except Unreadable:
            return None
        return EmployerContact(kept.name if contact.name else "", kept.phone if contact.phone else "")

    def meanwhile(self, row: Checked) -> bool:
        """Say whether the employer is another than when the row was looked at."""
        if row.state == NEW:
            return self.find(row.values["name"], row.values["credit_code"]) is not None
        employer = Employer.get_or_none(id=row.thing)
        return employer is None or any(getattr(employer, name) != value for name, value in row.before.items())

    def make(self, rows: Sequence[Checked]) -> list[Made]:
        """Store new employers, their contacts sealed."""
        found = []
        for row in rows:
            employer = Employer(county=self.county, **{name: row.values[name] for name in FIELDS})
            self._seal(employer, row.values.get("contact"))
            found.append(employer)
        make_many(found)
        for employer in found:
            self._note(employer.id, employer.name, employer.credit_code)
        return [Made(employer.id, _after(employer)) for employer in found]

    def _seal(self, employer: Employer, contact: list[str] | None) -> None:
        if contact:
            self._lid = self._lid or SealKey.current(self.county).lid()
            seal_contact(employer, EmployerContact(*contact), self._lid)

    def change(self, row: Checked) -> Made:
        """Store what a row changes and tell the tablets that show it."""
        employer = Employer.get_by_id(row.thing)
        change(employer, {name: value for name, value in row.values.items() if name in FIELDS})
        contact = row.values.get("contact")
        if contact and not all(contact) and employer.has_contact:
            kept = open_contact(employer, self._keys)
            contact = [contact[0] or kept.name, contact[1] or kept.phone]
        self._seal(employer, contact)
        keep_employer(employer)
        return Made(employer.id, _after(employer))

    def why_kept(self, state: str, made: Made) -> str:
        """Return why this employer cannot be put back."""
        employer = Employer.get_or_none(id=made.thing)
        if employer is None:
            return "gone"
        if employer.archived_at or _after(employer) != made.after:
            return "changed"
        return "used" if state == NEW and is_known_employer(employer) else ""

    def take_back(self, state: str, made: Made, before: Mapping[str, Any]) -> None:
        """Delete an employer that was made, or give one back what it had."""
        employer = Employer.get_by_id(made.thing)
        if state == NEW:
            drop_employer(employer)
            return
        change(employer, before)
        keep_employer(employer)


def contact_and_phone(text: str) -> tuple[str, str]:
    """Return the name and the numbers of a cell that holds both."""
    numbers = _PHONE.findall(text)
    name = _PHONE.sub(" ", text).strip(" :：,，、;；/()（）\n")
    return " ".join(name.split()), phones_of("/".join(numbers)) if numbers else ""


def _fields(employer: Employer) -> dict[str, Any]:
    return {name: getattr(employer, name) for name in FIELDS}


def _after(employer: Employer) -> dict[str, Any]:
    return _fields(employer) | {"sealed": employer.sealed}


def note_errors(
    reading: Reading, errors: Mapping[str, str], form: Any, read: Any, field_of: Mapping[str, str] | None = None
) -> None:
    """Note the errors of a form beside the cells that they are about, in every language.

    ``form`` makes it anew and ``read`` reads it: a form says its sentences in the language of the moment.
    """
    for name in errors:
        field = (field_of or {}).get(name, name)
        if field in reading.faults:
            continue

        def say(name: str = name) -> str:
            again = form()
            read(again)
            return str(again.summary.get(name, ""))

        reading.refuse(field, say)


class Employers(Sheet):
    """The kind of a spreadsheet about employers, which names them at least."""

    code, named_by, fields = "employers", "name", COLUMNS

    def checker(self, county: County, labels: Mapping[str, str], is_checked: bool, who: str) -> EmployerRows:
        return EmployerRows(county)


