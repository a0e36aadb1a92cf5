"""Survey records: what the tablets of a survey's round are told: the survey, and whom they are to ask.

Of a person that is the name, the village, the end of the bureau's number, and what came of asking so far. Never a
telephone number. Once the survey is over nobody is told of any more.
"""

from collections.abc import Iterable

from models.base.database import fetch_in
from models.market.planning import date_in
from models.market.tablet import Tablet
from models.surveys.door_call import calls_of
from models.surveys.survey import Survey
from models.surveys.survey_answer import answered_elsewhere
from models.surveys.survey_attempt import ended_elsewhere
from models.surveys.survey_round import PERSON, SurveyRound, round_at

Record = dict[str, object]
# All that a round hears of the change log: nothing of a market.
KINDS = frozenset({PERSON, "survey", "market_day", "booth", "operator", "seal_key", "settlement", "outcome", "phrases"})
LONGEST_END = 6  # letters of the bureau's number: they tell two people of one name apart, and are no identity number


def survey_of(tablet: Tablet) -> tuple[str, Record] | None:
    """Return the survey that a round's tablet asks, as ``(id, record)``."""
    found = round_at(tablet.booth)
    return (str(found.survey_id), _survey(found)) if found else None


def draw_surveys(tablet: Tablet, keys: Iterable[str]) -> dict[str, Record]:
    """The round's own survey."""
    found = survey_of(tablet)
    return {key: found[1] for key in keys if found and key == found[0]}


def _survey(found: SurveyRound) -> Record:
    survey: Survey = found.survey
    return {
        "name": survey.name,
        "begins_on": survey.begins_on.isoformat(),
        "ends_on": survey.ends_on.isoformat(),
        "months": survey.months(),
        "villages": found.villages,
    }


def draw_survey_people(tablet: Tablet, ids: Iterable[str]) -> dict[str, Record]:
    """People of the villages of the tablet's round, who were not forgotten."""
    found = round_at(tablet.booth)
    if found is None or found.survey.ends_on < date_in(tablet.market_day.county):
        return {}
    rows = fetch_in(
        "SELECT p.id, p.name, p.village, p.bureau_id FROM survey_round AS r JOIN survey_round_village AS v"
        " ON v.booth_id = r.booth_id JOIN survey_person AS p ON p.survey_id = r.survey_id AND p.village = v.village"
        " WHERE r.booth_id = ? AND p.name <> '' AND p.id IN (??)",
        list(ids),
        tablet.booth_id,
    )
    people = [row[0] for row in rows]
    answered, ended = answered_elsewhere(people), ended_elsewhere(people)
    calls: dict[str, list[Record]] = {}
    for one in calls_of(people):
        calls.setdefault(one.person, []).append({"id": one.id, "at_ms": one.at_ms, "said": one.intention or one.result})
    return {
        id: {
            "name": name,
            "village": village,
            "number": number[-LONGEST_END:],
            "elsewhere": "answered" if id in answered else "ended" if id in ended else "",
            "calls": calls.get(id, []),
        }
        for id, name, village, number in rows
    }


DRAW = {"survey": draw_surveys, PERSON: draw_survey_people}
