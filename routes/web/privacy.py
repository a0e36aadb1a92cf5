"""Privacy: the notice that people are given, in the reader's language, and its versions kept as it changes."""

from flask_babel import force_locale
from flask_babel import gettext as _

from models.desk.notice_version import note
from models.market.county import County
from models.market.retention import Retention
from models.vocabulary import privacy
from routes.web.language import LANGUAGES

ANY_EMPLOYER = "…"


def lines(office: str, phone: str, periods: Retention) -> list[str]:
    """Return the sentences of the phone's notice with what a county fills in."""
    values = {
        "county": office, "phone": phone, "days": periods.contact_days, "tied": periods.tied_days,
        "years": periods.ledger_years,
    }  # fmt: skip
    return [_(line, **values) for line in privacy.LINES]


def text_of(county: County) -> dict[str, list[str]]:
    """Return all that a county's people are told, by part (``models/vocabulary/privacy.py``)."""
    return {
        "phone": lines(county.service_name, county.phone, Retention.of(county)), "read_out": [_(privacy.READ_OUT)],
        "sensitive": [_(privacy.SENSITIVE)], "employer": [_(privacy.EMPLOYER, employer=ANY_EMPLOYER)],
    }  # fmt: skip


def keep_version(county: County) -> int:
    """Note the county's notice as a new version where it changed, in every language; return the version's number."""
    texts = {}
    for code in LANGUAGES:
        with force_locale(code):
            texts[code] = text_of(county)
    return note(county, texts)


def keep_versions() -> None:
    """Note the notices of all counties: a new release may say something else."""
    for county in County.by_age():
        keep_version(county)
