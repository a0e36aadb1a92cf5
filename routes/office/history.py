"""History: who changed, read, exported or was refused what in the county, found, filtered and exported."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from flask_babel import format_datetime
from flask_babel import gettext as _

from models.base.clock import utcnow
from models.base.typed import plain_of
from models.market.audit import AuditEntry
from models.market.history import KINDS, MOST_EXPORTED, OTHER, PAGE, Asked, entries_of, stands_in
from routes.office import history_words as words
from routes.office.workbook import Sheet, csv_answer, xlsx_answer
from routes.web.access import audit, county, reads, who
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint("history", __name__, url_prefix="/organiser/history")

LONGEST_WHO = 100  # letters
WIDTHS = (19, 14, 18, 16, 24, 18, 24, 24, 24, 30, 8)  # letters


@bp.get("")
@reads
def index() -> Response:
    """List the county's entries, the newest first, 30 a page.

    Query: ``who`` (a login, exactly), ``thing`` (a kind of set-up), ``kind`` (of entry), ``start`` and ``end`` (dates,
    both included), ``before`` (an entry's id: only older ones). What makes no sense is passed over.
    """
    asked = _asked()
    entries = entries_of(county(), asked, request.args.get("before", type=int), PAGE + 1)
    return _page("index", asked, entries)


@bp.get("/export.csv")
@reads
def export() -> Response:
    """Send the entries that fit as CSV, one line a changed field; the last says who took it. Query as ``index``."""
    entries = _taken("csv")
    rows = ([format_datetime(line[0], "y-MM-dd HH:mm:ss"), *line[1:]] for line in _lines(entries))
    return csv_answer([_heads(), *rows, [_signature(len(entries))]], f"history-{utcnow():%Y-%m-%d}")


@bp.get("/export.xlsx")
@reads
def as_xlsx() -> Response:
    """Send the same as a workbook, with who took it below the title."""
    entries, zone = _taken("xlsx"), county().zone()
    rows = ([line[0].astimezone(zone), *line[1:]] for line in _lines(entries))
    heads = list(zip(_heads(), WIDTHS, strict=True))
    about = f"{county().service_name} · {_signature(len(entries))}"
    return xlsx_answer(Sheet(_("History"), _("History"), about, heads, rows), f"history-{utcnow():%Y-%m-%d}")


def _taken(form: str) -> list[AuditEntry]:
    entries = entries_of(county(), _asked(), most=MOST_EXPORTED)
    audit("export", f"history as {form}", rows=len(entries))
    return entries


@bp.get("/<thing>/<key>")
@reads
def show(thing: str, key: str) -> Response:
    """Show what became of one thing of the county's set-up, 30 entries a page. Query: ``before`` as for ``index``."""
    name = stands_in(county(), thing, key)
    if name is None:
        abort(404)
    asked = Asked(thing=thing, key=key)
    entries = entries_of(county(), asked, request.args.get("before", type=int), PAGE + 1)
    return _page("show", asked, entries, name=name)


def _asked() -> Asked:
    given = Form(request.args)
    thing, kind = given.value("thing"), given.value("kind")
    return Asked(
        who=given.value("who").strip()[:LONGEST_WHO],
        thing=thing if thing in words.things() else "",
        kind=kind if kind in (*KINDS, OTHER) else "",
        start=_day("start"),
        end=_day("end"),
    )


def _day(name: str) -> date | None:
    try:
        found = date.fromisoformat(plain_of(request.args.get(name, "")))
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def _page(page: str, asked: Asked, entries: list[AuditEntry], **more: Any) -> Response:
    """Render a page of at most 30 entries; one more says that there are older ones."""
    shown = entries[:PAGE]
    given = {key: str(value) for key, value in asked._asdict().items() if value}
    older: dict[str, Any] = given | {"before": shown[-1].id} if len(entries) > PAGE else {}
    return render_page(
        f"office/history/{page}.html",
        entries=shown,
        words=words,
        asked=asked,
        form=Form(start=asked._asdict()),
        given=given,
        older=url_for(f".{page}", **older) if older else "",
        is_first="before" not in request.args,
        **more,
    )


def _heads() -> tuple[str, ...]:
    return (
        _("When"), _("By whom"), _("What was done"), _("To what"), _("Its name"), _("Field"), _("Before"), _("After"),
        _("Reason"), _("Details"), _("Rows"),
    )  # fmt: skip


def _lines(entries: list[AuditEntry]) -> Iterator[list[Any]]:
    """Yield a line a changed field, with the moment first."""
    for entry in entries:
        head = (entry.at, words.who(entry), words.action(entry), words.thing(entry), entry.name)
        for field, old, new in words.lines(entry) or [("", "", "")]:
            yield [*head, field, old, new, entry.why, words.what(entry), "" if entry.rows is None else entry.rows]


def _signature(count: int) -> str:
    now = format_datetime(utcnow(), "y-MM-dd HH:mm")
    return _("Taken by %(who)s on %(time)s: %(count)s entries.", who=who(), time=now, count=count)
