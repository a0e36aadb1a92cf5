"""Notices: what waits for the office, each with the way to where it is seen to."""

from flask import Blueprint, Response
from flask_babel import format_date
from flask_babel import gettext as _

from models.inbox.notice import SENTENCES, Notice, notices_of
from routes.web.access import county, reads, towns
from routes.web.pages import render_page

bp = Blueprint("notices", __name__, url_prefix="/organiser/notices")


@bp.get("")
@reads
def index() -> Response:
    """List what waits, worked out anew; a town clerk's are those of the market days of their towns."""
    return render_page("office/notices/index.html", notices=notices_of(county(), towns()), sentence=sentence)


def sentence(notice: Notice) -> str:
    """Return a notice in words."""
    name = f"{notice.name} {format_date(notice.day.date, 'long')}" if notice.day else notice.name
    return _(SENTENCES[notice.kind], count=notice.count, name=name)
