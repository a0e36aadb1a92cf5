"""Hand-overs: what tablets could not send, brought to the office as files or read from their screens."""

from flask import Blueprint, Response, abort, flash, jsonify, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from htmx_flask import request
from werkzeug.datastructures import FileStorage

from models.intake.hand_over import LARGEST, HandOver, NoBox, accept, apply, receive, set_aside
from models.market.market_day import MarketDay
from models.market.tablet import Tablet
from models.quarantine.queue import waiting
from routes.office.hand_over_rows import HandOverRow, hand_over_rows, received_row
from routes.web.access import find_market_day, reads, who, writes
from routes.web.answers import go_to, refusal
from routes.web.pages import render_page
from routes.web.static import release

bp = Blueprint("hand_overs", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/hand-overs")

MOST_BYTES = 12 * LARGEST  # of one form: a market's tablets
STREAM = "application/octet-stream"


@bp.get("")
@reads
def index(market_day_id: int) -> Response:
    """List what was handed over for a market day, and offer to receive more."""
    return _index(find_market_day(market_day_id))


@bp.get("/camera")
@writes
def new(market_day_id: int) -> Response:
    """Show the page that reads the codes on a tablet's screen with this computer's camera."""
    decoder = url_for("kiosk.decoder", version=release())
    return render_page("office/hand_overs/new.html", day=find_market_day(market_day_id), decoder=decoder)


@bp.post("")
@writes
def create(market_day_id: int) -> ResponseReturnValue:
    """Receive hand-overs; any may come any number of times.

    Form: ``file``, one or several. 303 to the list, which says what came of each; 422 when none is a hand-over.
    Or the bytes of one as ``application/octet-stream``, as the camera page sends them: 201 with JSON ``{id, facts,
    new, reason, sentence}``, to htmx a fragment that says the same; 422 likewise.
    """
    day = find_market_day(market_day_id)
    request.max_content_length = LARGEST if request.mimetype == STREAM else MOST_BYTES
    return _create_from_camera(day) if request.mimetype == STREAM else _create_from_files(day)


@bp.post("/<hand_over_id>")
@writes
def update(market_day_id: int, hand_over_id: str) -> Response:
    """Decide about a hand-over that waits, or try once more to open and apply one that is kept. 303.

    Form: ``act``: ``accepted`` (take its facts in), ``set_aside`` (keep it, take nothing in), or nothing (try again).
    """
    day = find_market_day(market_day_id)
    mine = (HandOver.county == day.county_id) & (HandOver.market_day == day) & (HandOver.id == hand_over_id)
    hand_over = HandOver.get_or_none(mine) or abort(404)
    act = request.form.get("act")
    if act == "set_aside" and not hand_over.is_applied:
        set_aside(hand_over, who())
        flash(_("Set aside. It is kept, and nothing of it counts."), "success")
    else:
        _tell(received_row(accept(hand_over, who()) if act == "accepted" else apply(hand_over, who())))
    return go_to(url_for(".index", market_day_id=day.id))


def _create_from_files(day: MarketDay) -> Response:
    files = [file for file in request.files.getlist("file") if file.filename]
    rows = [(file, _received(day, file.read(LARGEST + 1), "file")) for file in files]
    if not any(row for _file, row in rows):
        names = ", ".join(file.filename for file in files)
        error = _("This is no hand-over: %(names)s", names=names) if files else _("Please choose a file.")
        return _index(day, error, 422)
    for file, row in rows:
        _tell(row, file)
    return go_to(url_for(".index", market_day_id=day.id))


def _create_from_camera(day: MarketDay) -> ResponseReturnValue:
    row = _received(day, request.get_data(), "camera")
    status = 201 if row else 422
    if request.htmx:
        return render_page("office/hand_overs/_received.html", status=status, row=row)
    if row is None:
        return refusal(422, _("This is no hand-over."))
    kept = row.hand_over
    return jsonify(id=kept.id, facts=kept.facts, new=kept.new, reason=kept.reason, sentence=row.sentence), 201


def _received(day: MarketDay, box: bytes, via: str) -> HandOverRow | None:
    try:
        return received_row(receive(day, box, via, who()))
    except NoBox:
        return None


def _tell(row: HandOverRow | None, file: FileStorage | None = None) -> None:
    """Flash what came of a hand-over, for the next page."""
    name = f"{file.filename}: " if file else ""
    if row is None:
        flash(name + _("This is no hand-over."), "error")
        return
    category = "attention" if row.badge == "attention" else "success"
    flash(name + row.sentence, category)


def _index(day: MarketDay, error: str = "", status: int = 200) -> Response:
    return render_page(
        "office/hand_overs/index.html",
        status=status,
        day=day,
        rows=hand_over_rows(day),
        missing=[tablet for tablet in Tablet.enrolled(day) if not tablet.is_complete],
        error=error,
        waiting=waiting(day),
    )
