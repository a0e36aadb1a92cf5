"""Set-up of surveys: what the office changes about a survey, its list and its rounds is told to their tablets.

What was recorded from door to door is judged anew: reach follows from the set-up, whichever of the two came first.
"""

from collections.abc import Collection

from models.base.database import fetch, writing
from models.derived.door import KINDS
from models.derived.replay import replay
from models.kiosk.in_use import InUse, is_used
from models.log.change import Change, announce
from models.market.booth import ROUND, Booth
from models.market.county import County
from models.market.market_day import MarketDay
from models.surveys.roster import Roster, take_in
from models.surveys.survey import Survey
from models.surveys.survey_round import FIRST_NUMBER, SurveyRound, keep_villages, rounds_of, tell_round


def make_round(survey: Survey, day: MarketDay, name: str, villages: Collection[str]) -> SurveyRound:
    """Make a round of a survey that hangs on a market day of its county, and have its tablets told whom to ask."""
    assert survey.county_id == day.county_id
    with writing():
        last = Booth.select().where(Booth.market_day == day, Booth.kind == ROUND).order_by(Booth.number.desc()).first()
        number = last.number + 1 if last else FIRST_NUMBER
        booth = Booth.create(
            market_day=day, number=number, name=name, kind=ROUND, expects_tablet=False, topics=()
        )  # fmt: skip
        made = SurveyRound.create(booth=booth, survey=survey)
        keep_villages(booth, villages)
        Change.delete().where(Change.market_day == day, Change.booth == number).execute()  # of a round that is gone
        tell_round(booth)
    return made


def change_round(found: SurveyRound, name: str, villages: Collection[str]) -> None:
    """Change where a round goes: its tablets forget whom they are no longer to ask."""
    with writing():
        tell_round(found.booth)
        Booth.update(name=name).where(Booth.id == found.booth_id).execute()
        keep_villages(found.booth, villages)
        tell_round(found.booth)
        _tell_of_survey(found)
        judge_anew(found.survey)


def drop_round(found: SurveyRound) -> None:
    """Take a round away. Raises InUse when it has a tablet or a fact."""
    with writing():
        if is_used(found.booth):
            raise InUse
        found.booth.delete_instance()


def change_survey(survey: Survey) -> None:
    """Store a survey's new name and dates, and tell all its rounds."""
    with writing():
        survey.save()
        for found in rounds_of(survey):
            tell_round(found.booth)
            _tell_of_survey(found)
        judge_anew(survey)


def take_in_roster(survey: Survey, county: County, roster: Roster) -> tuple[int, int]:
    """Take in a good roster as models/surveys/roster.py does, and tell the rounds who came, moved or is called anew."""
    with writing():
        before = rounds_of(survey)
        for found in before:
            tell_round(found.booth)  # who moves to another village is forgotten here
        came = take_in(survey, county, roster)
        for found in before:
            tell_round(found.booth)
        judge_anew(survey)
    return came


def judge_anew(survey: Survey) -> None:
    """Derive again what was recorded at the doors of a survey's people. Inside ``writing()``."""
    rows = fetch(
        f"SELECT o.tablet_id, o.seq FROM survey_person AS p JOIN operation AS o ON o.subject = p.id"
        f" AND o.kind IN {tuple(KINDS)} WHERE p.survey_id = ?",
        (survey.id,),
    )
    replay({(log, seq) for log, seq in rows})


def _tell_of_survey(found: SurveyRound) -> None:
    booth: Booth = found.booth
    number = booth.number
    told = {(number, "survey", str(found.survey_id)), (number, "booth", str(number))}
    announce(booth.market_day_id, told)
