"""From door to door: what the tablets of survey rounds record: answers, attempts, and what takes either back.

A round records nothing else, and nobody else records these: what is out of the reach of a log waits for a person, as
with all facts. Reach follows from the set-up alone: whom the round is to ask, and until when (models/surveys/).
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta

from models.base.clock import from_milliseconds
from models.base.database import fetch, fetch_in, insert_many
from models.derived.batch import Batch
from models.derived.noun import Noun, delete_by_key
from models.derived.reach import FOREIGN
from models.derived.scope import Scope
from models.log.fact import Fact
from models.log.kind import Kind, Place, Uuid, Word
from models.log.operation import Key, fetch_keys
from models.surveys.door_call import ANSWERED, ATTEMPTED, WITHDRAWN, DoorCall
from models.surveys.survey_round import PERSON, asked_at

KINDS = {"survey.answered": ANSWERED, "survey.attempted": ATTEMPTED, "survey.withdrawn": WITHDRAWN}
UNKNOWN, ELSEWHERE, OVER, OF_A_MARKET = REASONS = (
    "survey_unknown", "survey_other_booth", "survey_over", "survey_round",
)  # fmt: skip
Month = Annotated[str, Meta(pattern=r"\A20\d\d-(0[1-9]|1[0-2])\Z")]


class AtADoor(Kind):
    """Data about somebody of a survey."""

    person: Uuid

    def subject(self, uuid: str) -> str | None:
        """Return the person of the survey."""
        return self.person.lower()


class Answered(AtADoor, kw_only=True):
    """``survey.answered``: what somebody plans."""

    stays = frozenset({"trade", "month"})

    intention: Literal["stay", "go_out", "start_business", "train", "undecided"]
    trade: Word | None = None
    place: Place | None = None
    month: Month | None = None


class Attempted(AtADoor, kw_only=True):
    """``survey.attempted``: there was no answer."""

    result: Literal["not_home", "refused", "moved"]


class Withdrawn(AtADoor, kw_only=True):
    """``survey.withdrawn``: an answer or an attempt of this person was a mistake."""

    call: Uuid


class Listed(NamedTuple):
    """Somebody of a survey, as far as reach asks for it. ``begins_on`` and ``ends_on`` are the survey's."""

    county: int
    survey: int
    village: str
    begins_on: date
    ends_on: date


def judge(batch: Batch) -> None:
    """Let wait what is out of the round's reach, and at a round what belongs to a market."""
    is_round = batch.log.booth is not None and batch.log.booth.is_round
    if is_round:
        for fact in batch.facts:
            if fact.kind not in KINDS:
                fact.remarks.add(OF_A_MARKET)
    facts = [fact for fact in batch.facts if fact.kind in KINDS and not fact.refusal]
    if not facts:
        return
    people = _listed({fact.node for fact in facts})
    survey, villages = _round_of(batch.log.booth_id) if is_round else (0, frozenset())
    for fact in facts:
        one = people.get(fact.node)
        if one is None:
            fact.remarks.add(UNKNOWN)
        elif one.county != batch.log.market_day.county_id:
            fact.settled = None  # a decision of one county has no effect on another
            fact.remarks.add(FOREIGN)
        elif one.survey != survey or one.village not in villages:
            fact.remarks.add(ELSEWHERE)
        elif not one.begins_on <= _date_of(fact, batch) <= one.ends_on:
            fact.remarks.add(OVER)


def _date_of(fact: Fact, batch: Batch) -> date:
    return from_milliseconds(fact.effective_ms).astimezone(batch.log.market_day.county.zone()).date()


def _listed(people: Iterable[str]) -> dict[str, Listed]:
    rows = fetch_in(
        "SELECT p.id, s.county_id, s.id, p.village, s.begins_on, s.ends_on FROM survey_person AS p"
        " JOIN survey AS s ON s.id = p.survey_id WHERE p.id IN (??)",
        people,
    )
    return {id: Listed(county, survey, village, _day(first), _day(last))
            for id, county, survey, village, first, last in rows}  # fmt: skip


def _day(value: object) -> date:
    return date.fromisoformat(str(value)[:10])


def _round_of(booth: int | None) -> tuple[int, frozenset[str]]:
    """Return a round's survey and villages."""
    rows = fetch(
        "SELECT r.survey_id, v.village FROM survey_round AS r JOIN survey_round_village AS v ON v.booth_id = r.booth_id"
        " WHERE r.booth_id = ?",
        (booth,),
    )
    return (rows[0][0], frozenset(village for _, village in rows)) if rows else (0, frozenset())


def store(batch: Batch) -> None:
    """Store what was recorded at doors."""
    insert_many(
        "door_call",
        "tablet_id, seq, id, person, step, intention, trade, place, month, result, undoes, effective_ms",
        [(batch.log.id, fact.seq, fact.uuid, fact.node, KINDS[fact.kind], *_columns(fact.data), fact.effective_ms)
         for fact in batch.of(*KINDS)],
    )  # fmt: skip


def _columns(data: dict) -> tuple[str, ...]:
    said = (str(data.get(name) or "") for name in ("intention", "trade", "place", "month", "result"))
    return *said, str(data.get("call") or "").lower()


def announce(batch: Batch) -> None:
    """Tell every round that is to ask these people, this one too: it may have lost its store."""
    for _, day, told in _told({fact.node for fact in batch.of(*KINDS)}):
        batch.tell(day, [told])


def note(scope: Scope) -> None:
    """The rounds hear again of whom something is taken back."""
    rows = fetch_keys("SELECT person FROM door_call WHERE tablet_id = ? AND seq IN (??)", scope.keys)
    for _, day, told in _told({person for (person,) in rows}):
        scope.told[day].add(told)


def _told(people: set[str]) -> list[tuple[str, int, tuple[int, str, str]]]:
    return [(person, day, (number, PERSON, person)) for person, day, number in asked_at(people)] if people else []


def take_back(scope: Scope) -> None:
    """Delete what was recorded at doors."""
    delete_by_key("door_call", scope.keys)


def recorded_of(people: Iterable[str]) -> set[Key]:
    """Return the operations about these people of surveys."""
    rows = fetch_in(f"SELECT tablet_id, seq FROM operation WHERE kind IN {tuple(KINDS)} AND subject IN (??)", people)
    return {(log, seq) for log, seq in rows}


DOOR = Noun(
    "door",
    kinds={"survey.answered": Answered, "survey.attempted": Attempted, "survey.withdrawn": Withdrawn},
    reasons=REASONS,
    tables=(DoorCall,),
    judge=judge,
    store=store,
    announce=announce,
    note=note,
    take_back=take_back,
)
