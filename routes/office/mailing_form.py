"""The form of a mailing: whom it is for, which wording it begins with, its purpose and its text."""

from typing import Any, NamedTuple

from flask_babel import force_locale, format_date
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.market.county import County
from models.market.market_day import MarketDay
from models.market.planning import date_in
from models.messages.audience import days_to_write_about
from models.messages.mailing import LONGEST_PURPOSE
from models.messages.wording import DAY, LONGEST, PLACEHOLDERS, READY, SURVEY, unknown_placeholders
from models.surveys.survey import Survey, surveys_of
from models.vocabulary.code_list import N_
from routes.web.labelled_form import LabelledForm
from routes.web.language import LANGUAGES


class Target(NamedTuple):
    """What a mailing can be about: ``code`` as a form sends it, ``day-12``."""

    audience: str
    about: int
    words: str

    @property
    def code(self) -> str:
        """How the form calls it."""
        return f"{self.audience}-{self.about}"


class MailingForm(LabelledForm):
    """A mailing as it was typed, about a target and in a language that were chosen before."""

    labels = {"purpose": N_("What is it for?"), "text": N_("Text")}

    def __init__(self, target: Target, language: str, typed: MultiDict | None = None, ready: str = "") -> None:
        self.target, self.language = target, language
        super().__init__(typed, ready_text(target.audience, language, ready) if typed is None else None)

    def data(self) -> dict[str, Any]:
        """Return the fields of a mailing; look at ``ok`` first."""
        text = self.text("text", limit=LONGEST)
        if unknown := unknown_placeholders(text or "", self.target.audience):
            known = " ".join(f"{{{name}}}" for name in PLACEHOLDERS[self.target.audience])
            self.refuse("text", _("Unknown in braces: %(words)s. Known are %(known)s",
                                  words=", ".join(unknown), known=known))  # fmt: skip
        return {
            "audience": self.target.audience, "about": self.target.about, "language": self.language, "text": text,
            "purpose": self.text("purpose", limit=LONGEST_PURPOSE),
        }  # fmt: skip


def ready_text(audience: str, language: str, code: str) -> dict[str, str]:
    """Return purpose and text of a wording that stands ready, in a language; of the first for an unknown code."""
    known = READY[audience]
    title, text = known.get(code) or next(iter(known.values()))
    with force_locale(language):
        return {"purpose": _(title), "text": _(text)}


def targets(county: County) -> list[Target]:
    """Return what a mailing of a county can be about, the next market day first."""
    today = date_in(county)
    open_ones = [one for one in surveys_of(county) if one.ends_on >= today]
    surveys = [Target(SURVEY, one.id, _of_survey(one)) for one in open_ones]
    return [*(Target(DAY, day.id, _of_day(day)) for day in days_to_write_about(county, today)), *surveys]


def target_of(county: County, code: str) -> Target | None:
    """Return what a code names among the targets of a county, the first for an empty code."""
    known = targets(county)
    return next((one for one in known if not code or one.code == code), None)


def words_of(audience: str, about: int) -> str:
    """Return what a mailing is about, in words; empty when it is gone."""
    if audience == SURVEY:
        survey = Survey.get_or_none(id=about)
        return _of_survey(survey) if survey else ""
    day = MarketDay.get_or_none(id=about)
    return _of_day(day) if day else ""


def language_of(code: str) -> str:
    """Return a language that texts are written in, Chinese for an unknown code."""
    return code if code in LANGUAGES else "zh"


def _of_survey(survey: Survey) -> str:
    return _("Survey %(name)s", name=survey.name)


def _of_day(day: MarketDay) -> str:
    return _("Market day %(town)s, %(day)s", town=day.town_name, day=format_date(day.date, "long"))
