"""The people of a survey as those whom a mailing is for: each gets the link to a page of their own."""

from collections.abc import Collection
from datetime import date

from models.base.database import fetch, fetch_in
from models.market.county import County
from models.messages.audience import (
    ANSWERED,
    NO_CONSENT,
    NO_NUMBER,
    OPTED_OUT,
    Audience,
    Recipient,
    mobile_of,
    of_office,
)
from models.messages.opt_out import opted_out
from models.people.candidate import surname_of
from models.surveys.survey import Survey, token_of
from models.surveys.survey_answer import answered_among


def of_survey(origin: str) -> Audience:
    """Return the people of surveys as an audience; their links begin with the server's origin."""

    def read(county: County, survey: int, ids: Collection[str]) -> dict[str, Recipient]:
        return _read(county, survey, ids, origin)

    return Audience(_planned, read)


def _planned(survey: int) -> list[str]:
    """Return who is on the list, agreed to be contacted, has a phone and has not answered yet."""
    rows = fetch(
        "SELECT p.id FROM survey_person AS p WHERE p.survey_id = ? AND p.may_contact AND p.phone IS NOT NULL"
        " ORDER BY p.village, p.bureau_id",
        (survey,),
    )
    people = [id for (id,) in rows]
    answered = answered_among(people)
    return [id for id in people if id not in answered]


def _read(county: County, survey_id: int, ids: Collection[str], origin: str) -> dict[str, Recipient]:
    survey = Survey.get_or_none(id=survey_id, county=county)
    if survey is None:
        return {}
    said: dict[str, str | date] = {"until": survey.ends_on, **of_office(county)}
    rows = fetch_in("SELECT id, name, phone, may_contact FROM survey_person WHERE name <> '' AND id IN (??)", ids)
    out = opted_out(county, {id: (phone or "", [id]) for id, _, phone, _ in rows})
    answered = answered_among(ids)
    found = {}
    for id, name, phone, may_contact in rows:
        number = mobile_of(phone or "")
        held = _held(id in out, bool(may_contact), id in answered, number)
        values = said | {"name": surname_of(name), "link": f"{origin}/s/{token_of(county, id)}"}
        found[id] = Recipient(id, "" if held else number, values, held)
    return found


def _held(is_out: bool, may_contact: bool, has_answered: bool, number: str) -> str:
    if is_out:
        return OPTED_OUT
    if not may_contact:
        return NO_CONSENT
    if has_answered:
        return ANSWERED
    return "" if number else NO_NUMBER


def written_to(survey: Survey) -> set[str]:
    """Return to whom a message about a survey was sent, or perhaps was."""
    rows = fetch(
        "SELECT m.recipient FROM mailing AS g JOIN message AS m ON m.mailing_id = g.id"
        " WHERE g.county_id = ? AND g.audience = 'survey' AND g.about = ? AND m.state IN ('sent', 'unknown')",
        (survey.county_id, survey.id),
    )
    return {recipient for (recipient,) in rows}
