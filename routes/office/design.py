"""Design: the visual language on one living page, for those who build pages. Development only."""

import re

from flask import Blueprint, abort, current_app, render_template

from models.vocabulary.code_list import STAGES, WORK_KINDS
from models.vocabulary.trade import TRADES
from routes.office import design_tokens
from routes.web.forms import Form
from routes.web.static import STATIC

bp = Blueprint("design", __name__)

HOURS = [
    {"hour": 8, "visits": 12, "check_ins": 9},
    {"hour": 9, "visits": 31, "check_ins": 24},
    {"hour": 10, "visits": 18, "check_ins": 20},
]


@bp.get("/design")
def show() -> str:
    """Show tokens, components in their states, and icons, in both themes. 404 unless in debug or with ``DESIGN``."""
    if not (current_app.debug or current_app.config["DESIGN"]):
        abort(404)
    return render_template(
        "office/design/show.html",
        themes={theme: design_tokens.colours(theme) for theme in design_tokens.THEMES},
        measures=design_tokens.measures,
        states=(*design_tokens.STATES, "open", "full", "closed", "revoked", "silent", "waiting"),
        acts=_acts(),
        trades=TRADES,
        some_trades=dict(list(TRADES.items())[:6]),
        work_kinds=WORK_KINDS,
        stages=STAGES,
        form=_form(),
        hours=HOURS,
    )


def _acts() -> list[str]:
    sprite = (STATIC / "icons" / "sprite.svg").read_text(encoding="utf-8")
    return [name for name in re.findall(r'<symbol id="([a-z-]+)"', sprite) if not name.startswith("trade-")]


def _form() -> Form:
    """Return a form as it comes back: something typed, something ticked, something wrong."""
    form = Form(start={"name": "王师傅", "kind": "day", "openings": "0", "agreed": "yes", "work": ["full_time", "day"]})
    form.refuse("openings", "1–10000")
    return form
