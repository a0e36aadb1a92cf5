"""Market rules of many towns at once: a list as a bureau has it, a town and its days on each line."""

from typing import NamedTuple

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from models.base.typed import text_of
from models.market.division import Division
from models.market.market_calendar import MarketCalendar, keep_rules
from models.market.market_rule import MarketRule
from models.market.planning import towns_of
from models.vocabulary.code_list import N_
from routes.office.market_dates import today_in
from routes.office.market_rule_typed import rule_in
from routes.office.market_rule_words import rule_in_words
from routes.web.access import county, writes
from routes.web.answers import go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("market_rule_lists", __name__, url_prefix="/organiser/market-rules-list")

MOST = 200  # lines
_ENDINGS = ("街道", "镇", "乡")  # that people leave out


class Read(NamedTuple):
    """A line that was understood: the town, its rule in words, and whether the town has a rule already, which stays."""

    town: Division
    rule: MarketRule
    words: str
    is_known: bool


class RuleListForm(LabelledForm):
    """A list of market rules. Field: ``lines``."""

    labels = {"lines": N_("Towns and their market days")}

    def read(self) -> list[Read]:
        """Return what the lines say; look at ``ok`` before keeping it."""
        today = today_in(county())
        towns = towns_of(county(), today)
        known = MarketCalendar.of_towns([town.code for town in towns])
        found: dict[str, Read] = {}
        lines = [line.strip() for line in self.value("lines").splitlines() if text_of(line)]
        if not lines:
            self.refuse("lines", _("Please fill this in."))
        if len(lines) > MOST:
            self.refuse("lines", _("At most %(limit)s lines.", limit=MOST))
        for line in lines[:MOST]:
            town = _town_of(line, towns)
            rule = rule_in(line.partition(_written(line, town))[2]) if town else None
            if town is None:
                self.refuse("lines", _("No town of the county stands in this line: %(line)s", line=line[:40]))
            elif rule is None:
                self.refuse("lines", _("No market days are understood in this line: %(line)s", line=line[:40]))
            elif town.code in found:
                self.refuse("lines", _("%(town)s stands here twice.", town=town.name))
            else:
                calendar, digits = rule
                new = MarketRule(town=town, calendar=calendar, digits=digits)
                found[town.code] = Read(town, new, rule_in_words(new), town.code in known)
        return list(found.values())


@bp.get("/new")
@writes
def new() -> Response:
    """Show the field for a list."""
    return _form(RuleListForm())


@bp.post("")
@writes
def create() -> Response:
    """Add a rule to each town of a list that has none.

    Form: ``lines``; ``look`` (anything: store nothing). 303; 422 with the form.
    """
    form = RuleListForm(request.form)
    read = form.read()
    if not form.ok or form.value("look"):
        return _form(form, 200 if form.ok else 422, read)
    new_ones = [one.rule for one in read if not one.is_known]
    keep_rules(new_ones)
    flash(ngettext("%(num)s rule is added.", "%(num)s rules are added.", len(new_ones)), "success")
    return go_to(url_for("market_rules.index"))


def _town_of(line: str, towns: list[Division]) -> Division | None:
    """Return the town whose name a line has, whole or without 镇 or 街道; the longest name that fits."""
    fitting = [town for town in towns if _written(line, town)]
    return max(fitting, key=lambda town: len(_written(line, town)), default=None)


def _written(line: str, town: Division | None) -> str:
    """Return how a town is written in a line; empty when it is not."""
    if town is None:
        return ""
    short = next((town.name.removesuffix(end) for end in _ENDINGS if town.name.endswith(end)), town.name)
    return next((name for name in (town.name, short) if len(name) > 1 and name in line), "")


def _form(form: RuleListForm, status: int = 200, read: list[Read] | None = None) -> Response:
    towns = towns_of(county(), today_in(county()))
    known = MarketCalendar.of_towns([town.code for town in towns])
    without = [town for town in towns if town.code not in known]
    return render_page(
        "office/market_rule_lists/edit.html", status=status, form=form, read=read or [],
        without="\n".join(f"{town.name} " for town in without),
    )  # fmt: skip
