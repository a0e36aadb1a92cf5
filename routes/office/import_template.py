"""Templates: an empty list to fill in, with Chinese heads, drop-downs from our own code lists, and one example row."""

import io
from collections.abc import Mapping
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from models.market.county import County
from models.market.planning import OPEN_FOR
from models.vocabulary.code_list import EMPLOYER_KINDS, N_, PAY_UNITS, SHIFTS, VACANCY_KINDS
from models.vocabulary.trade import TRADES
from routes.office.import_kinds import KINDS
from routes.office.market_dates import today_in
from routes.office.vacancy_form import Wanted, town_names
from routes.office.workbook import OPTIONS

ROWS = 500  # that have drop-downs
HEAD_ROW, EXAMPLE_ROW = 2, 3
TITLES = {
    "employers": N_("List of employers"), "vacancies": N_("List of vacancies"), "operators": N_("List of operators"),
}  # fmt: skip
# Fields of each template, each with its width in letters.
FIELDS: dict[str, dict[str, int]] = {
    "employers": {
        "name": 32, "credit_code": 24, "kind": 14, "contact": 12, "phone": 18, "licence": 20, "hires_for": 30,
    },
    "vacancies": {
        "employer": 28, "title": 16, "trade": 16, "openings": 10, "duties": 30, "place": 24, "work_division": 14,
        "pay_min": 11, "pay_max": 11, "pay_unit": 11, "work_kind": 13, "hours": 18, "shift": 12, "benefits": 18,
        "requirements": 26, "valid_until": 14,
    },
    "operators": {"name": 16, "unit": 30},
}  # fmt: skip
EXAMPLES: dict[str, dict[str, Any]] = {
    "employers": {
        "name": "重庆示例制衣有限公司", "credit_code": "91500120MA5YBT24QK", "contact": "王女士",
        "phone": "13800001234",
    },
    "vacancies": {
        "employer": "重庆示例制衣有限公司", "title": "缝纫工", "openings": 5, "duties": "按样板缝制衬衣",
        "place": "璧山区青杠街道", "pay_min": 4000, "pay_max": 6000, "hours": "8小时，月休4天", "benefits": "包吃住",
        "requirements": "会平车",
    },
    "operators": {"name": "李工", "unit": "八塘镇社保所"},
}  # fmt: skip
MUST = {"employers": ("name",), "vacancies": ("employer", "title", "openings", "duties", "place", "pay_min"),
        "operators": ("name",)}  # fmt: skip
ABOUT = N_("Handed in by: ____________   Columns with * must be filled in. The example is not taken in.")
DATES = ("valid_until",)


def template_of(kind: str, county: County) -> bytes:
    """Return an empty list of a kind as XLSX that prints on A4, in Chinese for every reader: employers fill it in."""
    import xlsxwriter

    content = io.BytesIO()
    with force_locale("zh"), xlsxwriter.Workbook(content, OPTIONS) as book:
        _fill(book, kind, county)
    return content.getvalue()


def _options(kind: str, county: County) -> dict[str, list[str]]:
    """Return what the cells of a column may say, by field."""
    if kind == "employers":
        return {"kind": _words(EMPLOYER_KINDS)}
    if kind == "operators":
        return {}
    towns = town_names(Wanted(county, None, today_in(county)))
    return {
        "trade": _words(TRADES), "pay_unit": _words(PAY_UNITS), "work_kind": _words(VACANCY_KINDS),
        "shift": _words(SHIFTS), "work_division": list(towns.values()),
    }  # fmt: skip


def _words(options: Mapping[str, str]) -> list[str]:
    return [_(words) for words in options.values()]


def _fill(book: Any, kind: str, county: County) -> None:
    sheet, lists = book.add_worksheet(_(TITLES[kind])[:31]), book.add_worksheet(_("Choices"))
    looks = _looks(book)
    fields, options = FIELDS[kind], _options(kind, county)
    last = len(fields)
    sheet.merge_range(0, 0, 0, last, "", looks["title"])
    sheet.write_string(0, 0, _(TITLES[kind]), looks["title"])
    sheet.set_row(0, 30)
    sheet.merge_range(1, 0, 1, last, "", looks["about"])
    sheet.write_string(1, 0, _(ABOUT), looks["about"])
    heads = {column.code: column.words[0] for column in KINDS[kind].columns()}
    sheet.write_string(HEAD_ROW, 0, "序号", looks["head"])
    sheet.write_string(EXAMPLE_ROW, 0, "例", looks["example"])
    sheet.set_column(0, 0, 6)
    example = EXAMPLES[kind] | {field: words[0] for field, words in options.items() if words}
    for place, (field, width) in enumerate(fields.items(), start=1):
        is_text = field in ("credit_code", "phone")
        sheet.set_column(place, place, width, looks["text"] if is_text else looks["date"] if field in DATES else None)
        sheet.write_string(HEAD_ROW, place, f"{heads[field]}{'*' if field in MUST[kind] else ''}", looks["head"])
        _write_example(sheet, place, field, example, looks, county)
        if words := options.get(field):
            _drop_down(sheet, lists, place, words)
    sheet.set_row(HEAD_ROW, 32)
    lists.hide()
    sheet.freeze_panes(HEAD_ROW + 1, 0)
    sheet.set_paper(9)  # A4
    if last > 5:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.print_area(0, 0, EXAMPLE_ROW + 25, last)
    sheet.set_footer("&C&P / &N")


def _looks(book: Any) -> dict[str, Any]:
    border = {"border": 1, "valign": "vcenter", "text_wrap": True}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
        "about": book.add_format({"italic": True}),
        "head": book.add_format(border | {"bold": True, "align": "center", "bg_color": "#EEEEEE"}),
        "example": book.add_format(border | {"italic": True, "font_color": "#777777"}),
        "example_date": book.add_format(border | {"italic": True, "font_color": "#777777", "num_format": "yyyy-mm-dd"}),
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
    }


def _write_example(
    sheet: Any, place: int, field: str, example: Mapping[str, Any], looks: Mapping[str, Any], county: County
) -> None:
    value = example.get(field, "")
    if field in DATES:
        sheet.write_datetime(EXAMPLE_ROW, place, today_in(county) + OPEN_FOR, looks["example_date"])
    elif isinstance(value, int):
        sheet.write_number(EXAMPLE_ROW, place, value, looks["example"])
    else:
        sheet.write_string(EXAMPLE_ROW, place, value, looks["example"])


def _drop_down(sheet: Any, lists: Any, place: int, words: list[str]) -> None:
    """Offer words in a column; they stand in a sheet of their own, since a list in the cell ends at 255 letters."""
    from xlsxwriter.utility import xl_col_to_name

    for row, word in enumerate(words):
        lists.write_string(row, place, word)
    name = xl_col_to_name(place)
    source = f"='{lists.get_name()}'!${name}$1:${name}${len(words)}"
    sheet.data_validation(EXAMPLE_ROW, place, EXAMPLE_ROW + ROWS, place, {
        "validate": "list", "source": source, "error_type": "warning",
        "error_title": _("Not in the list"), "error_message": _("Choose one of the list."),
    })  # fmt: skip
