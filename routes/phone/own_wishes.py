"""Own wishes: the second breath of a registration by phone, on the page after the pass."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from models.phone.wishes import Wishes, say
from models.vocabulary.code_list import (
    ASKED_GROUPS,
    ASKED_SENSITIVE_GROUPS,
    PAY_BANDS,
    PLACES,
    PROVINCES,
    WISHES,
    WORK_KINDS,
)
from models.vocabulary.trade import TRADES
from routes.phone import page
from routes.phone.me import found
from routes.web.answers import see_other
from routes.web.attempts import Attempts

bp = Blueprint("own_wishes", __name__)
bp.register_error_handler(404, page.not_found)

answers = Attempts("wishes candidate", tries=20, seconds=3_600)


@bp.post("/me/<token>/wishes")
def update(token: str) -> Response:
    """Note what a candidate wants and can do.

    Form, all of it optional: ``trades``, ``work_kinds``, ``wishes``, ``groups`` (codes, as they are to stand),
    ``wanted_place``, ``wanted_pay_min_fen``, ``last_province`` (a code), ``sensitive`` (codes of sensitive groups) with
    ``agrees`` (``yes``: their own consent, without which they are not kept). 303 to the own page, which says so, or
    after 20 answers within an hour notes nothing; 404 for an address that is nobody's.
    """
    candidate = found(token)
    if answers.are_spent(candidate.candidate):
        return see_other(url_for("me.show", token=token, _anchor="more"))
    if say(candidate, Wishes.of(candidate.candidate), _read()):
        answers.add(candidate.candidate)
    return see_other(url_for("me.show", token=token, done="wished", _anchor="more"))


def _read() -> dict[str, Any]:
    """Return what was ticked, codes that we know alone."""

    def ticked(name: str, known: dict[str, str]) -> list[str]:
        return [code for code in known if code in request.form.getlist(name)]

    def chosen(name: str, known: dict[str, str]) -> str:
        return next(iter(ticked(name, known)), "")

    pay = chosen("wanted_pay_min_fen", PAY_BANDS)
    agrees = request.form.get("agrees") == "yes"
    sensitive = ticked("sensitive", ASKED_SENSITIVE_GROUPS) if agrees else []
    return {
        "trades": ticked("trades", TRADES), "work_kinds": ticked("work_kinds", WORK_KINDS),
        "wishes": ticked("wishes", WISHES), "groups": ticked("groups", ASKED_GROUPS) + sensitive,
        "wanted_place": chosen("wanted_place", PLACES), "last_province": chosen("last_province", PROVINCES),
        "wanted_pay_min_fen": int(pay) if pay else None, "agrees": agrees,
    }  # fmt: skip
