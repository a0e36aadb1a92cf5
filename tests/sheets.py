"""Real-shaped workbooks: lists as bureaus, towns and employers write them in Excel and WPS, each with what is wanted.

Each case is ``Case(name, kind, file, wanted)``: what the file holds as bytes, and what its rows are to be: by their
number, a state and some fields (or, of a faulty row, its cell and a part of the reason).
"""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import openpyxl
import xlsxwriter
import xlwt
from stdnum.cn import uscc

FACTORY, FISH = "山城制衣厂", "来凤鱼庄"  # of the cast
HEAD = ("序号", "单位名称", "岗位名称", "招聘人数", "工作内容", "工作地点", "工资待遇", "有效期")


class Case(NamedTuple):
    """A file and what is wanted of it: ``rows`` by number, each a state with fields, or ``faulty`` with cell and why.

    ``state``: where the import stands once it was looked at. ``fields``: by hand matched, where it has to be.
    """

    name: str
    kind: str
    file: bytes
    rows: dict[int, tuple]
    state: str = "ready"
    hand: dict[int, str] = {}
    file_name: str = "名单.xlsx"


def code(number: int) -> str:
    """Return a unified social credit code with its check digit."""
    start = f"91500120MA{number:07d}"
    return start + uscc.calc_check_digit(start)


def xlsx(*rows: Sequence[object], **more: Any) -> bytes:
    """Return a workbook by openpyxl. ``also``: what else is done to its sheet; ``name``: of the sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = more.get("name", "Sheet1")
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(number, place, value)
    if also := more.get("also"):
        also(sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def written(fill: Callable[[Any, Any], None]) -> bytes:
    """Return a workbook by XlsxWriter, which keeps values beside formulas. ``fill``: (book, sheet)."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        fill(book, book.add_worksheet())
    return content.getvalue()


def xls(*rows: Sequence[object], also: Callable[[Any], None] | None = None) -> bytes:
    """Return a workbook of before 2007 by xlwt."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    dated = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, date):
                sheet.write(number, place, value, dated)
            elif value is not None:
                sheet.write(number, place, value)
    if also:
        also(sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def comma(*rows: Sequence[object], encoding: str = "utf-8", divided: str = ",") -> bytes:
    """Return a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=divided).writerows(rows)
    return text.getvalue().encode(encoding)


def post(number: int, title: str = "缝纫工", **changes: object) -> tuple:
    """Return a row of a list of vacancies under HEAD; ``changes`` by the head's words."""
    row = dict(zip(HEAD, (number, FACTORY, title, 5, "缝制衬衣", "璧山区青杠街道", "4000-6000", "2026-03-31"),
        strict=True))
    return tuple((row | changes).values())


def _merged_title(sheet: Any) -> None:
    sheet.merge_cells("A1:H1")


def _hidden(*numbers: int) -> Callable[[Any], None]:
    def hide(sheet: Any) -> None:
        for number in numbers:
            sheet.row_dimensions[number].hidden = True

    return hide


def _two_heads(sheet: Any) -> None:
    sheet.merge_cells("A1:F1")
    for letter in "ABC":
        sheet.merge_cells(f"{letter}2:{letter}3")
    sheet.merge_cells("D2:E2")


def _down(sheet: Any) -> None:
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("B2:B4")


def _formulas(book: Any, sheet: Any) -> None:
    for place, word in enumerate(HEAD):
        sheet.write(0, place, word)
    for place, value in enumerate(post(1)):
        sheet.write(1, place, value)
    sheet.write_formula(1, 3, "=2+3", None, 5)
    sheet.write_formula(1, 6, '=4000&"-"&6000', None, "4000-6000")
    for place, value in enumerate(post(2, "熨烫普工")):
        sheet.write(2, place, value)
    sheet.write_formula(2, 3, "=VLOOKUP(1,Z1:Z9,1)", None, "#N/A")


def _several_sheets() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active["A1"] = "填表说明：请按下表填写"
    book.active["A2"] = "一、单位名称写全称"
    sheet = book.create_sheet("岗位")
    for row in (HEAD, post(1)):
        sheet.append(row)
    hidden = book.create_sheet("旧表")
    hidden.sheet_state = "hidden"
    for row in (HEAD, post(1, "保安"), post(2, "保洁")):
        hidden.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _wrong_dimension() -> bytes:
    """As WPS and some programs write it: the sheet states a dimension that is not its own."""
    source, made = zipfile.ZipFile(io.BytesIO(xlsx(HEAD, post(1)))), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b'<dimension ref="A1:H2"', b'<dimension ref="A1"')
            archive.writestr(name, part)
    return made.getvalue()


def _dates(book: Any, sheet: Any) -> None:
    for place, word in enumerate(HEAD):
        sheet.write(0, place, word)
    values = ("2026.3.5", "2026年3月5日", "3月5日", 46_086, datetime(2026, 3, 5),
        "20260305", "2026/3/5", "长期", "下个月")
    for number, value in enumerate(values, start=1):
        for place, cell in enumerate(post(number, f"普工{number}")):
            sheet.write(number, place, cell)
        if isinstance(value, datetime):
            sheet.write_datetime(number, 7, value, book.add_format({"num_format": 'm"月"d"日"'}))
        else:
            sheet.write(number, 7, value)


FIVE = {"valid_until": "2026-03-05"}
EMPLOYERS = ("序号", "单位名称", "统一社会信用代码", "联系人", "联系电话")


def _pays() -> dict[int, tuple]:
    month = {"pay_unit": "month"}
    return {
        2: ("new", {"pay_min_fen": 350_000, "pay_max_fen": 450_000} | month),
        3: ("new", {"pay_min_fen": 450_000, "pay_max_fen": 450_000} | month),
        4: ("new", {"pay_min_fen": 450_000} | month), 5: ("faulty", "G5", "法规要求写明工资"),
        6: ("new", {"pay_min_fen": 15_000, "pay_unit": "day"}),
            7: ("new", {"pay_min_fen": 350_000, "pay_max_fen": 500_000}),
        8: ("new", {"pay_min_fen": 300_000, "pay_includes": "提成"}), 9: ("faulty", "G9", "年薪"),
        10: ("new", {"pay_min_fen": 2_000, "pay_unit": "hour"}), 11: ("faulty", "G11", "看不懂的工资"),
    }  # fmt: skip


def cases() -> list[Case]:
    """Return all of them."""
    pays = ("3500-4500", "4500元/月", "4.5k", "面议", "150元/天", "３５００～５０００元", "底薪3000+提成",
        "年薪10万", "20元/小时", "看情况")
    counts = ("5人", "若干", "５名", "3-5人", 8, "约10人")
    new = ("new", {})
    return [
        Case("plain", "vacancies", xlsx(HEAD, post(1)), {2: ("new", {"openings": 5, "trade": "sewing"})}),
        Case("merged title, unit line, head in row 3, totals and signatures", "vacancies", xlsx(
            ("2026年春风行动招聘岗位表",),
            ("填报单位：青杠街道社保所", None, None, None, None, "填报时间：2026年2月"), HEAD,
            post(1), post(2, "熨烫普工"), ("合计", None, None, 10), ("填表人：王芳", None, "审核：李强"),
                also=_merged_title,
        ), {4: new, 5: new, 6: ("passed_over", {}), 7: ("passed_over", {})}),
        Case("head of two rows", "employers", xlsx(
            ("用工企业名册",), ("序号", "企业名称", "统一社会信用代码", "联系方式", None, "备注"),
            (None, None, None, "姓名", "手机号"),
            (1, "重庆新月电子有限公司", code(1), "张三", "138 0000 1234"), also=_two_heads,
        ), {4: ("new", {"contact": ["张三", "13800001234"]})}),
        Case("head of two rows in CSV", "employers", comma(
            ("序号", "企业名称", "统一社会信用代码", "联系方式", ""), ("", "", "", "姓名", "手机号"),
            (1, "重庆新月电子有限公司", code(1), "张三", "13800001234"),
        ), {3: ("new", {"contact": ["张三", "13800001234"]})}),
        Case("no numbers, stars and blanks in the head", "employers", xlsx(
            ("单 位 名 称*", "统一社会\n信用代码（18位）", "单位类型"), ("重庆新月电子有限公司", code(1), "有限公司"),
            ("王家面馆", "", "个体户"),
        ), {2: ("new", {"kind": "enterprise"}), 3: ("new", {"kind": "individual", "credit_code": ""})}),
        Case("a code as a number has lost its digits", "employers", xlsx(
            EMPLOYERS, (1, "重庆新月电子有限公司", 915001200123456789, "张三", 13800001234),
                (2, "重庆圆月电子有限公司", "9.15E+17"),
        ), {2: ("faulty", "C2", "位数丢失"), 3: ("faulty", "C3", "位数丢失")}),
        Case("codes with blanks, small letters and full width", "employers", xlsx(
            EMPLOYERS, (1, "重庆新月电子有限公司", f" {code(1)[:9]} {code(1)[9:].lower()} "),
            (2, "重庆圆月电子有限公司", "".join(chr(ord(c) + 0xFEE0) for c in code(2))),
            (3, "重庆残月电子有限公司", code(3)[:17] + "?"),
        ), {2: ("new", {"credit_code": code(1)}), 3: ("new", {"credit_code": code(2)}),
            4: ("faulty", "C4", "统一社会信用代码")}),
        Case("phones as numbers, two in a cell, full width, with a name", "employers", xlsx(
            EMPLOYERS, (1, "甲电子厂有限公司", code(1), "张三", 13800001234), (2, "乙电子厂有限公司", code(2),
                "李四", "13800001234 13900005678"),
            (3, "丙电子厂有限公司", code(3), "王五", "１３８００００１２３４"), (4, "丁电子厂有限公司", code(4),
            "赵六", "023-41420000\n13800001234"),
            (5, "戊电子厂有限公司", code(5), "钱七", "没有"),
        ), {
            2: ("new", {"contact": ["张三", "13800001234"]}),
                3: ("new", {"contact": ["李四", "13800001234/13900005678"]}),
            4: ("new", {"contact": ["王五", "13800001234"]}),
                5: ("new", {"contact": ["赵六", "023-41420000/13800001234"]}),
            6: ("faulty", "E6", "电话"),
        }),
        Case("contact and phone in one column", "employers", xlsx(
            ("单位名称", "信用代码", "联系人及电话"), ("甲电子厂有限公司", code(1), "张三 13800001234"),
            ("乙电子厂有限公司", code(2), "李四：023-41420000"),
        ), {2: ("new", {"contact": ["张三", "13800001234"]}), 3: ("new", {"contact": ["李四", "023-41420000"]})}),
        Case("a mobile and a landline in two columns", "employers", xlsx(
            ("单位名称", "信用代码", "手机", "座机"), ("甲电子厂有限公司", code(1), 13800001234, "023-41420000"),
        ), {2: ("new", {"contact": ["", "13800001234/023-41420000"]})}),
        Case("pay as people write it", "vacancies", xlsx(
            HEAD, *(post(n, f"普工{n}", 工资待遇=pay) for n, pay in enumerate(pays, start=1)),
        ), _pays()),
        Case("pay in two columns under one head", "vacancies", xlsx(
            ("单位名称", "岗位名称", "人数", "工作内容", "工作地点", "工资待遇（元/天）", None),
            (None, None, None, None, None, "最低", "最高"),
            (FACTORY, "搬运工", 3, "装车", "璧山", 150, 200), also=lambda sheet: sheet.merge_cells("F1:G1"),
        ), {3: ("new", {"pay_min_fen": 15_000, "pay_max_fen": 20_000, "pay_unit": "day"})}),
        Case("daily pay by the head", "vacancies", xlsx(
            ("单位名称", "岗位名称", "人数", "工作内容", "工作地点", "日薪"),
            (FACTORY, "搬运工", 3, "装车", "璧山", 180),
        ), {2: ("new", {"pay_min_fen": 18_000, "pay_unit": "day"})}),
        Case("counts as people write them", "vacancies", xlsx(
            HEAD, *(post(n, f"普工{n}", 招聘人数=count) for n, count in enumerate(counts, start=1)),
        ), {2: ("new", {"openings": 5}), 3: ("faulty", "D3", "若干"), 4: ("new", {"openings": 5}),
            5: ("faulty", "D5", "范围"),
            6: ("new", {"openings": 8}), 7: ("new", {"openings": 10})}),
        Case("dates as people write them", "vacancies", written(_dates), {
            **dict.fromkeys(range(2, 9), ("new", FIVE)), 9: ("new", {"valid_until": "2026-03-26"}),
            10: ("faulty", "H10", "看不懂的日期"),
        }),
        Case("empty rows between, numbered ones that nobody filled in", "vacancies", xlsx(
            HEAD, post(1), (None,), (2,), post(3, "熨烫普工"), (4,), (5,),
        ), {2: new, 4: ("passed_over", {}), 5: new, 6: ("passed_over", {}), 7: ("passed_over", {})}),
        Case("the head again on each page", "vacancies", xlsx(HEAD, post(1), HEAD, post(2, "熨烫普工")),
             {2: new, 3: ("passed_over", {}), 4: new}),
        Case("several sheets, one of them hidden", "vacancies", _several_sheets(), {2: new}),
        Case("hidden rows are read and named", "vacancies", xlsx(HEAD, post(1), post(2, "熨烫普工"),
            also=_hidden(3)), {2: new, 3: new}),
        Case("formulas with their values, and one that went wrong", "vacancies", written(_formulas),
             {2: ("new", {"openings": 5, "pay_min_fen": 400_000}), 3: ("faulty", "D3", "公式出错")}),
        Case("a formula without a value", "vacancies", xlsx(HEAD, post(1, 招聘人数="=2+3")),
            {2: ("faulty", "D2", "公式没有计算结果")}),
        Case("employer merged downwards over its vacancies", "vacancies", xlsx(
            HEAD, post(1), (None, None, *post(2, "熨烫普工")[2:]), (None, None, *post(3, "裁剪普工")[2:]), also=_down,
        ), {2: new, 3: new, 4: new}),
        Case("a dimension that is not the sheet's", "vacancies", _wrong_dimension(), {2: new}),
        Case("requirements in several columns", "vacancies", xlsx(
            (*HEAD, "学历要求", "年龄要求", "福利待遇"), (*post(1), "初中及以上", "18-50岁", "包吃住"),
        ), {2: ("new", {"requirements": "学历要求：初中及以上；年龄要求：18-50岁", "benefits": "包吃住"})}),
        Case("words against the law are stopped as in the form", "vacancies", xlsx(
            (*HEAD, "性别要求"), (*post(1), "限男"), (*post(2, "熨烫普工", 工作内容="交押金200元"), "不限"),
        ), {2: ("faulty", "I2", "限男"), 3: ("faulty", "E3", "押金")}),
        Case("an employer that nobody knows, one by its code alone", "vacancies", xlsx(
            ("统一社会信用代码", *HEAD[1:]), (code(9), "无名公司", *post(1)[2:]),
            ("91500120MA5YBT24QK", "", *post(2)[2:]),
        ), {2: ("faulty", "B2", "没有这个单位"), 3: new}),
        Case("a title whose trade nobody knows", "vacancies", xlsx(HEAD, post(1, "神秘岗位")),
            {2: ("faulty", "C2", "认不出工种")}),
        Case("what is missing is named", "vacancies", xlsx(HEAD, post(1, 工作地点=None)),
            {2: ("faulty", "F2", "请填写")}),
        Case("past its last date", "vacancies", xlsx(HEAD, post(1, 有效期="2026-01-31")),
            {2: ("faulty", "H2", "2026年2月24日")}),
        Case("the same twice", "vacancies", xlsx(HEAD, post(1), post(2)), {2: new, 3: ("faulty", "C3", "第2行")}),
        Case("day labour", "vacancies", xlsx((*HEAD, "用工形式", "用工日期"),
            (*post(1, "搬运临时工", 工资待遇="200元/天"), "零工", "3月1日")),
             {2: ("new", {"work_kind": "day", "work_date": "2026-03-01", "valid_until": "2026-03-01"})}),
        Case("GB18030 with semicolons", "operators", comma(
            ("姓名", "单位"), ("李工", "八塘镇"), ("𬭎师傅", "大兴镇"), encoding="gb18030", divided=";",
        ), {2: new, 3: ("new", {"name": "𬭎师傅"})}, file_name="名单.csv"),
        Case("UTF-8 with its mark", "operators", comma(("姓名", "所在镇街"), ("李工", "八塘镇"),
            encoding="utf-8-sig"), {2: new}),
        Case("Unicode text of Excel", "operators", comma(("姓名", "单位"), ("李工", "八塘镇"),
            encoding="utf-16", divided="\t"), {2: new}),
        Case("a workbook of before 2007", "vacancies", xls(
            ("招聘岗位表",), HEAD, post(1, 有效期=date(2026, 3, 5)), post(2, "熨烫普工", 招聘人数="6人"),
            also=lambda sheet: sheet.merge(0, 0, 0, 7),
        ), {3: ("new", FIVE), 4: ("new", {"openings": 6})}, file_name="名单.xls"),
        Case("an .xls whose name says .xlsx", "operators", xls(("姓名", "单位"), ("李工", "八塘镇")), {2: new}),
        Case("operators with what we do not keep", "operators", xlsx(
            ("工作人员一览表",), ("序号", "姓名", "身份证号", "手机号", "单位"),
            (1, "李 工", "500120197501010011", 13800001234, "八塘镇"), (2, "", "", "", "八塘镇"),
        ), {3: ("new", {"name": "李 工", "unit": "八塘镇"}), 4: ("faulty", "B4", "请填写")}),
        Case("a head in words of their own is matched by hand", "employers", xlsx(("厂子", "代码"),
            ("重庆新月电子有限公司", code(1))),
             {2: ("new", {"credit_code": code(1)})}, hand={0: "name", 1: "credit_code"}),
        Case("text that looks like a formula stays text", "employers", xlsx(
            ("单位名称", "信用代码"), ("@SUM(1)公司", code(1)),
            also=lambda sheet: setattr(sheet["A2"], "data_type", "s"),
        ), {2: ("new", {"name": "@SUM(1)公司"})}),
        Case("who is there already, with another contact", "employers", xlsx(
            EMPLOYERS, (1, FACTORY, "91500120MA5YBT24QK", "周老板", "13800001234"), (2, "来凤鱼庄", None),
        ), {2: ("changed", {"contact": ["周老板", "13800001234"]}), 3: ("unchanged", {})}),
        Case("a code that another name has", "employers", xlsx(EMPLOYERS,
            (1, "山城制衣有限公司", "91500120MA5YBT24QK")),
             {2: ("changed", {"name": "山城制衣有限公司"})}),
        Case("the template, filled in", "operators", xlsx(
            ("操作员名册",), ("填报单位：____",), ("序号", "姓名*", "单位"), ("例", "李工", "八塘镇社保所"),
            (1, "周工", "大兴镇"),
        ), {4: ("passed_over", {}), 5: new}),
    ]  # fmt: skip
