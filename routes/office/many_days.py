"""Several days at once: market days that somebody chooses are moved, cancelled or copied, after a look at each."""

from datetime import date, timedelta

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from models.figures.calendar import planned_days
from models.kiosk.making import make_series
from models.kiosk.many_days import (
    MOST,
    Step,
    Target,
    cancel_days,
    chosen_days,
    dates_for,
    may_cancel,
    move_days,
    plan_moves,
)
from models.market.market_day import MarketDay
from models.market.planning import towns_of
from models.market.series import COPY
from models.market.series_plan import SeriesPlan, Slot, Wish, plan_copies
from models.vocabulary.code_list import N_
from models.vocabulary.event import DAY_STATES
from routes.office.closed_day import LONGEST_REASON
from routes.office.market_dates import today_in
from routes.office.series_words import ALL_OF, groups_of
from routes.web.access import county, towns, who, writes
from routes.web.answers import go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("many_days", __name__, url_prefix="/organiser/several-days")

MOVE, CANCEL, COPIES = "move", "cancel", "copy"
ACTS = {MOVE: N_("Move them"), COPIES: N_("Copy them to other dates"), CANCEL: N_("Cancel them")}
HINDRANCES = {
    "state": N_("its state does not allow it"), "begun": N_("its tablets recorded something"),
    "past": N_("the new date is past"), "earlier": N_("only a draft can go to an earlier date"),
    "exists": N_("the town has a market day then"), "no_date": N_("no market date of the town is known"),
    "off_market": N_("no market date of the town"), "holiday": N_("a public holiday"),
    "device": N_("a device is elsewhere then, and stays there"),
}  # fmt: skip
LONGEST = 366  # days further


class DaysForm(LabelledForm):
    """What is to become of chosen days.

    Fields: ``day`` (ids), ``act`` (a code of ACTS), ``by`` (days further) or ``onto`` (a date), ``reason``;
    ``take`` (what is done all the same: ids of days that are moved, keys of clashes of copies).
    """

    labels = {
        "day": N_("Market days"), "act": N_("What to do"), "by": N_("Days further"),
        "onto": N_("Or onto market dates from"), "reason": N_("Reason"),
    }  # fmt: skip

    def __init__(self, typed: MultiDict[str, str] | None = None) -> None:
        super().__init__(typed, {"act": MOVE})

    def read(self) -> tuple[list[MarketDay], str, Target, str]:
        """Return the chosen days, what to do with them, where they go, and why; look at ``ok`` before using them."""
        ids = [int(one) for one in self.values("day") if one.isascii() and one.isdigit() and len(one) < 10]
        days = chosen_days(county(), ids, towns())
        if not days:
            self.refuse("day", _("Please choose at least one."))
        act = self.choice("act", ACTS) or MOVE
        reason = "" if act == COPIES else self.text("reason", limit=LONGEST_REASON, required=act == CANCEL)
        return days, act, self._target(act), reason or ""

    def _target(self, act: str) -> Target:
        if act == CANCEL:
            return Target()
        by, onto = self.whole("by", -LONGEST, LONGEST, required=False), self.date("onto", required=False)
        if self.ok and not by and not onto:
            self.refuse("by", _("Please say how many days further, or from which date on."))
        if by and onto:
            self.refuse("onto", _("Please say one of the two."))
        return Target(by or 0, onto)

    def carried(self) -> list[tuple[str, str]]:
        """Return what the preview carries along."""
        names = ("day", "act", "by", "onto", "reason")
        return [(name, value) for name in names for value in self.values(name)]


@bp.get("")
@writes
def index() -> Response:
    """List market days to choose from. Query: ``start`` (today), ``end`` (four weeks later), ``town``, ``state``."""
    return _index(DaysForm())


@bp.post("/preview")
@writes
def preview() -> Response:
    """Show what would become of chosen days. Form: as DaysForm. Stores nothing. 422 with the list."""
    form = DaysForm(request.form)
    days, act, target, _why = form.read()
    return _preview(form, days, act, target) if form.ok else _index(form, 422)


@bp.post("")
@writes
def update() -> Response:
    """Move, cancel or copy chosen days. Form: as DaysForm, and ``digest`` of copies. 303; 409 with the preview; 422."""
    form = DaysForm(request.form)
    days, act, target, why = form.read()
    if act == MOVE and form.ok and not why and any(not day.is_draft for day in days):
        form.refuse("reason", _("The public reads why a published day is moved: please say it."))
    if not form.ok:
        return _index(form, 422)
    if act == COPIES:
        return _copy(form, days, target)
    if act == CANCEL:
        count = cancel_days(days, who(), why)
        word = ngettext("%(num)s market day is cancelled.", "%(num)s market days are cancelled.", count)
    else:
        taken = {int(one) for one in form.values("take") if one.isascii() and one.isdigit() and len(one) < 10}
        count = move_days(plan_moves(county(), days, target, today_in(county())), taken, who(), why)
        word = ngettext("%(num)s market day is moved.", "%(num)s market days are moved.", count)
    flash(word, "success" if count else "attention")
    return go_to(url_for("calendar.index", month=f"{days[0].date:%Y-%m}"))


def _copy(form: DaysForm, days: list[MarketDay], target: Target) -> Response:
    plan, digest = _copies(form, days, target)
    if digest != request.form.get("digest") or not plan.days:
        return _preview(form, days, COPIES, target, 409)
    series = make_series(plan, who())
    flash(ngettext("%(num)s market day is planned.", "%(num)s market days are planned.", series.days), "success")
    return go_to(url_for("calendar.index", month=f"{plan.days[0].date:%Y-%m}"))


def _copies(form: DaysForm, days: list[MarketDay], target: Target) -> tuple[SeriesPlan, str]:
    """Return the plan of copies, and what it would be with nothing ticked. Dates of the past are left out."""
    today = today_in(county())
    dates = zip(days, dates_for(days, target), strict=True)
    slots: list[Slot] = [(day.town, on, day.id) for day, on in dates if on and on >= today]
    onto = [on for _town, on, _like in slots] or [today]
    wish = Wish(county(), tuple(sorted({day.town_id for day in days})), min(onto), max(onto), COPY)
    keys = [one for one in form.values("take") if not one.startswith(ALL_OF)]
    kinds = {one.removeprefix(ALL_OF) for one in form.values("take") if one.startswith(ALL_OF)}
    keys += [clash.key for clash in plan_copies(wish, slots, keys).clashes if clash.kind in kinds]
    return plan_copies(wish, slots, keys), plan_copies(wish, slots).digest


def _preview(form: DaysForm, days: list[MarketDay], act: str, target: Target, status: int = 200) -> Response:
    steps: list[Step] = plan_moves(county(), days, target, today_in(county())) if act == MOVE else []
    plan, digest = _copies(form, days, target) if act == COPIES else (None, "")
    possible = may_cancel(days) if act == CANCEL else {}
    free = sum(not step.hindrances for step in steps) if act == MOVE else sum(possible.values())
    return render_page(
        "office/many_days/preview.html",
        status=status,
        form=form,
        act=act,
        acts=ACTS,
        steps=steps,
        hindrances=HINDRANCES,
        plan=plan,
        digest=digest,
        groups=groups_of(plan.clashes) if plan else [],
        days=[(day, possible[day.id]) for day in days] if act == CANCEL else [],
        count=len(plan.days) if plan else free,
        all_of=ALL_OF,
    )


def _index(form: DaysForm, status: int = 200) -> Response:
    today = today_in(county())
    start, end = _date("start") or today, _date("end")
    end = max(start, end or start + timedelta(days=27))
    town, state = request.values.get("town", ""), request.values.get("state", "")
    choices = [(one.code, one.name) for one in towns_of(county(), today)]
    town = town if town in dict(choices) else ""
    found = planned_days(county(), start, min(end, start + timedelta(days=LONGEST)), today, {town} if town else towns())
    if state in DAY_STATES:
        found = [one for one in found if one.state == state]
    ticked = set(form.values("day"))
    return render_page(
        "office/many_days/index.html",
        status=status,
        form=form,
        rows=[(one, not ticked or str(one.day.id) in ticked) for one in found[:MOST]],
        beyond=max(0, len(found) - MOST),
        start=start,
        end=end,
        town=town,
        towns=choices,
        state=state if state in DAY_STATES else "",
        states=DAY_STATES,
        acts=ACTS,
    )


def _date(name: str) -> date | None:
    try:
        return date.fromisoformat(request.values.get(name, ""))
    except ValueError:
        return None
