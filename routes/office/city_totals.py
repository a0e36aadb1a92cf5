"""City totals: what the market days of all counties came to, for the city's office. No person is named in them."""

from datetime import date, timedelta
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from flask_babel import format_datetime
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.clock import utcnow
from models.figures.city import PEOPLE, STATES, Line, totals
from models.figures.suppression import HIDDEN
from models.market.county import County
from models.vocabulary.code_list import N_
from routes.office.workbook import Sheet, csv_answer, xlsx_answer
from routes.web.access import audit, reads
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("city_totals", __name__)

LONGEST = 366  # days
DAYS = {"coming": N_("Still to come"), "held": N_("Held, not yet closed"), "closed": N_("Closed and signed"),
        "cancelled": N_("Cancelled")}  # fmt: skip
FIGURES = {"persons": N_("Persons"), "visits": N_("Visits"), "registered": N_("Registered"), "check_ins": N_("Ties"),
           "hired": N_("Persons hired on site"), "confirmed": N_("Persons confirmed later")}  # fmt: skip


class SpanForm(LabelledForm):
    """From which date to which; without any, this year until its end."""

    labels = {"from": N_("First date"), "until": N_("Last date")}

    def __init__(self, typed: MultiDict[str, str]) -> None:
        self.today = utcnow().astimezone(County.by_age()[0].zone()).date() if County.by_age() else utcnow().date()
        start = {"from": date(self.today.year, 1, 1), "until": date(self.today.year, 12, 31)}
        super().__init__(MultiDict({name: typed.get(name) or str(day) for name, day in start.items()}))

    def read(self) -> tuple[date, date] | None:
        """Return the first and the last date, or None after noting what is wrong."""
        start, end = self.date("from"), self.date("until")
        if start and end and not start <= end < start + timedelta(days=LONGEST):
            self.refuse("until", _("Please choose a date after the first, of a year at most."))
        return (start, end) if start and end and self.ok else None


@bp.get("/organiser/city")
@reads
def show() -> Response:
    """Show the totals by county. Query: ``from`` and ``until`` (dates); 422 when they are no span of a year."""
    form = SpanForm(request.args)
    span = form.read()
    lines, whole = totals(*span) if span else ([], None)
    return render_page(
        "office/city_totals/show.html",
        status=200 if span else 422,
        form=form,
        span=span,
        lines=lines,
        whole=whole,
        states=DAYS,
        people=FIGURES,
        export=urlencode({"from": span[0], "until": span[1]}) if span else "",
    )


@bp.get("/organiser/city.csv")
@reads
def as_csv() -> Response:
    """Send the totals as CSV, a line for each county and one for all. Query as for the page; 422 without a body."""
    return _file("csv")


@bp.get("/organiser/city.xlsx")
@reads
def as_xlsx() -> Response:
    """Send the same as a workbook."""
    return _file("xlsx")


def _file(form: str) -> Response:
    span = SpanForm(request.args).read()
    if span is None:
        return Response(status=422)
    lines, whole = totals(*span)
    audit("export", f"totals of all counties {span[0]} – {span[1]} as {form}", rows=len(lines))
    heads = [_("County"), *(_(DAYS[state]) for state in STATES), _("Complete"), *(_(FIGURES[name]) for name in PEOPLE)]
    note = _("%(hidden)s: fewer than five people, or withheld because it would tell such a number.", hidden=HIDDEN)
    rows = [_row(line) for line in (*lines, whole._replace(name=_("All counties together")))]
    as_of = _("as of %(time)s", time=format_datetime(utcnow(), "y-MM-dd HH:mm"))
    about = f"{span[0]} – {span[1]} · {as_of} · {note}"
    sheet = Sheet(_("Totals"), _("Totals of all counties"), about, [(head, 14) for head in heads], rows)
    name = f"market-days-{span[0]}-{span[1]}"
    return xlsx_answer(sheet, name) if form == "xlsx" else csv_answer([heads, *rows, [note]], name)


def _row(line: Line) -> list[object]:
    return [line.name, *(line.days[state] for state in STATES), line.complete, *(line.people[name] for name in PEOPLE)]
