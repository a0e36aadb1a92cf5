"""Survey rounds: a booth that goes from door to door, for a survey, in some of its villages.

A round hangs on a market day of the county, because a tablet's log is of a booth of a market day; it is a booth of its
own kind, and no stand of the market (docs/decisions/0048-a-round-is-a-booth-that-walks.md).
"""

from collections.abc import Collection, Iterable

from peewee import CharField, CompositeKey, ForeignKeyField

from models.base.database import BaseModel, execute_many, fetch, fetch_in, insert_many
from models.log.change import announce
from models.market.booth import Booth
from models.surveys.survey import Survey

FIRST_NUMBER = 1001  # stands have at most three digits
PERSON = "survey_person"  # the kind of a record


class SurveyRound(BaseModel):
    """A booth of kind ``round``, and the survey that its tablets ask."""

    booth_id: int
    survey_id: int
    booth = ForeignKeyField(Booth, primary_key=True, on_delete="CASCADE")
    survey = ForeignKeyField(Survey, on_delete="CASCADE")

    @property
    def villages(self) -> list[str]:
        """Where it goes."""
        sql = "SELECT village FROM survey_round_village WHERE booth_id = ? ORDER BY village"
        return [village for (village,) in fetch(sql, (self.booth_id,))]


class SurveyRoundVillage(BaseModel):
    """A village to which a round goes: its people are what the round's tablets are told of."""

    booth = ForeignKeyField(Booth, on_delete="CASCADE", index=False)
    village = CharField(max_length=64)

    class Meta:
        primary_key = CompositeKey("booth", "village")


def round_at(booth: Booth) -> SurveyRound | None:
    """Return the round that a booth is, None of a stand."""
    return SurveyRound.get_or_none(booth=booth.id) if booth.is_round else None


def rounds_of(survey: Survey) -> list[SurveyRound]:
    """Return a survey's rounds with their booths, the latest made first."""
    found = SurveyRound.select(SurveyRound, Booth).join(Booth).where(SurveyRound.survey == survey)
    return list(found.order_by(SurveyRound.booth.desc()))


def keep_villages(booth: Booth, villages: Iterable[str]) -> None:
    """Store where a round goes. Inside ``writing()``."""
    execute_many("DELETE FROM survey_round_village WHERE booth_id = ?", [(booth.id,)])
    rows = [(booth.id, village) for village in sorted(set(villages))]
    insert_many("survey_round_village", "booth_id, village", rows)


_AT = (
    "SELECT p.id, b.market_day_id, b.number FROM survey_person AS p JOIN survey_round AS r ON r.survey_id = p.survey_id"
    " JOIN survey_round_village AS v ON v.booth_id = r.booth_id AND v.village = p.village"
    " JOIN booth AS b ON b.id = r.booth_id WHERE "
)


def asked_at(people: Collection[str]) -> list[tuple[str, int, int]]:
    """Return ``(person, market day, booth's number)`` of the rounds that are to ask these people."""
    return fetch_in(f"{_AT}p.id IN (??)", people)


def tell_of(people: Collection[str]) -> None:
    """Tell the tablets of the rounds that are to ask these people. Inside ``writing()``."""
    _announce(asked_at(people))


def tell_round(booth: Booth) -> None:
    """Tell a round's tablets of everybody whom it is to ask. Inside ``writing()``."""
    _announce(fetch(f"{_AT}b.id = ?", (booth.id,)))


def _announce(found: Iterable[tuple[str, int, int]]) -> None:
    told: dict[int, set[tuple[int, str, str]]] = {}
    for person, day, number in found:
        told.setdefault(day, set()).add((number, PERSON, person))
    for day, things in told.items():
        announce(day, things)
