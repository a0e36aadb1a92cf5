"""The fields of a survey's answer, on the phone as in the office: what was chosen, and the months to choose from."""

from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _

from models.surveys.survey import Survey
from models.surveys.survey_answer import Answer
from models.vocabulary.code_list import PLACES
from models.vocabulary.survey import INTENTIONS
from models.vocabulary.trade import TRADES
from routes.web.forms import Form
from routes.web.language import language


def read_answer(form: Form, survey: Survey, required: bool = False, behind: str = "") -> Answer | None:
    """Read an answer; None where no intention was chosen. ``behind``: what stands behind the fields' names."""
    intention = form.choice(f"intention{behind}", INTENTIONS, required)
    trade = form.choice(f"trade{behind}", TRADES, required=False)
    place = form.choice(f"place{behind}", PLACES, required=False)
    month = form.choice(f"month{behind}", survey.months(), required=False)
    if not intention and (trade or place or month):
        form.refuse(f"intention{behind}", _("Please choose one."))
    return Answer(intention, trade or "", place or "", month or "") if intention else None


def month_words(survey: Survey) -> list[tuple[str, str]]:
    """Return the months that can be chosen, with words, behind an empty choice."""
    return [("", _("Not said")), *((month, said_month(month)) for month in survey.months())]


def said_month(month: str) -> str:
    """Return a month in words, empty for none."""
    pattern = "y年M月" if language() == "zh" else "MMMM y"
    return str(format_date(date.fromisoformat(f"{month}-01"), pattern)) if month else ""
