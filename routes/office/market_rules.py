"""Market rules: when each town of the county goes to market, who confirmed it, and on which dates it is otherwise."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.market.division import Division
from models.market.market_calendar import MarketCalendar, drop_rule, keep_rule
from models.market.market_rule import MarketRule
from models.market.planning import towns_of
from models.vocabulary.market_calendars import BRANCHES, CALENDARS, WEEKDAYS
from routes.office.lists import town_list
from routes.office.market_dates import today_in
from routes.office.market_rule_form import SHOWN, MarketRuleForm
from routes.office.market_rule_words import rule_in_words, span_in_words, state_of
from routes.office.town_rows import town_rows
from routes.web.access import county, is_own_town, reads, towns, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.pages import render_page

bp = Blueprint("market_rules", __name__, url_prefix="/organiser/market-rules")


@bp.get("")
@reads
def index() -> Response:
    """List the county's towns with their rules in words, to a clerk their own. Query as a listing's."""
    rows = town_rows(county(), today_in(county()), towns())
    return render_page(
        "office/market_rules/index.html",
        block=block_for_htmx("list"),
        towns=town_list(rows),
        unknown=sum(row.rule is None for row in rows),
        unconfirmed=sum(row.rule is not None and not row.rule.is_confirmed for row in rows),
    )


@bp.get("/<town>")
@reads
def show(town: str) -> Response:
    """Show a town: its next market dates, its rules one after the other, and their exceptions. 404 for no town."""
    place, today = _town(town), today_in(county())
    calendar = MarketCalendar.of(place.code)
    return render_page(
        "office/market_rules/show.html",
        town=place,
        dates=calendar.next_dates(today, SHOWN) if calendar else [],
        rules=[
            (rule, rule_in_words(rule), span_in_words(rule), state_of(rule, today), calendar.exceptions_of(rule))
            for rule in reversed(calendar.rules)
        ]
        if calendar
        else [],
    )


@bp.get("/<town>/new")
@writes
def new(town: str) -> Response:
    """Show the form for a rule of a town."""
    return _form(MarketRuleForm(_town(town)))


@bp.post("/<town>")
@writes
def create(town: str) -> Response:
    """Add a rule to a town.

    Form: ``calendar`` (a code of CALENDARS); ``digits`` (last digits, such as 3-6-9), ``weekdays``, ``branches`` or
    ``dates`` (one a line) by the calendar; ``skips_31st`` (``yes``), ``valid_from``, ``valid_to``, ``not_held`` and
    ``added`` (exceptions: one a line, date and reason), ``confirmed_by`` and ``confirmed_on``; ``look`` (anything: show
    the dates that follow and store nothing). An earlier rule without an end ends on the day before. 303; 422 with the
    form.
    """
    return _keep(MarketRuleForm(_town(town), request.form), _("The rule is added."))


@bp.get("/<town>/dates")
@reads
def dates(town: str) -> Response:
    """Show the next market dates that follow from what is typed. Query: the form's fields, and ``rule`` (its id)."""
    place = _town(town)
    key = request.args.get("rule", type=int)
    form = MarketRuleForm(place, request.args, _rule(place, key) if key else None)
    preview = form.preview(today_in(county()))
    return render_page("office/market_rules/edit.html", block="dates", form=form, preview=preview)


@bp.get("/<town>/<int:rule_id>/edit")
@writes
def edit(town: str, rule_id: int) -> Response:
    """Show a rule's form, filled in."""
    place = _town(town)
    return _form(MarketRuleForm(place, rule=_rule(place, rule_id)))


@bp.post("/<town>/<int:rule_id>")
@writes
def update(town: str, rule_id: int) -> Response:
    """Change a rule. Form as for ``create``. 303; 422 with the form."""
    place = _town(town)
    form = MarketRuleForm(place, request.form, _rule(place, rule_id))
    return _keep(form, _("The changes are kept."))


@bp.post("/<town>/<int:rule_id>/delete")
@writes
def destroy(town: str, rule_id: int) -> Response:
    """Delete a rule with its exceptions. Market days that are planned stay. 303."""
    place = _town(town)
    rule = _rule(place, rule_id)
    drop_rule(rule)
    flash(_("The rule is deleted."), "success")
    return go_to(url_for("market_rules.show", town=place.code))


def _keep(form: MarketRuleForm, word: str) -> Response:
    if form.value("look"):
        return _form(form)
    rule, exceptions = form.read()
    if not form.ok:
        return _form(form, 422)
    keep_rule(rule, exceptions, form.ended)
    flash(word, "success")
    return go_to(url_for("market_rules.show", town=form.town.code))


def _form(form: MarketRuleForm, status: int = 200) -> Response:
    return render_page(
        "office/market_rules/edit.html",
        block=block_for_htmx("form"),
        status=status,
        form=form,
        town=form.town,
        rule=form.rule,
        preview=form.preview(today_in(county())),
        calendars=CALENDARS,
        weekdays=WEEKDAYS,
        branches=BRANCHES,
    )


def _town(code: str) -> Division:
    """Return a town of the asker's county whose code holds, a clerk's of their towns, or 404."""
    found = (town for town in towns_of(county(), today_in(county())) if town.code == code and is_own_town(code))
    return next(found, None) or abort(404)


def _rule(town: Division, rule_id: int) -> MarketRule:
    return MarketRule.get_or_none(id=rule_id, town=town) or abort(404)
