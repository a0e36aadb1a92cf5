"""Judging: what in a batch needs a person's attention, by what is known of passes and vacancies."""

from models.base.database import fetch_in
from models.derived.batch import Batch
from models.keys.pass_key import FORGED, all_keys, check_signed
from models.people.candidate_pass import known_passes


def judge(batch: Batch) -> None:
    """Mark facts about vacancies, passes and check-ins that do not fit. Nothing is refused here."""
    _judge_vacancies(batch)
    _judge_passes(batch)
    _judge_moves(batch)


def _judge_vacancies(batch: Batch) -> None:
    bound = batch.log.booth_id and not batch.log.booth.is_desk
    for fact in batch.about_vacancies():
        place = batch.places.get(fact.data["vacancy"])
        if fact.attention:
            continue
        if place is None:
            fact.attention = "vacancy_unknown"
        elif place.market_day != batch.day:
            fact.attention = "vacancy_other_day"
        elif bound and place.booth != batch.booth:
            fact.attention = "vacancy_other_booth"


def _judge_passes(batch: Batch) -> None:
    named = [fact for fact in batch.facts if fact.pass_number and not fact.refusal]
    days = known_passes({fact.pass_number for fact in named})
    keys = all_keys() if any(fact.signed for fact in named) else {}
    for fact in named:
        if fact.signed:
            fault = check_signed(fact.signed, batch.day, fact.at_ms, keys)
            fact.is_shown = fault != FORGED
        else:
            day = days.get(fact.pass_number)
            fault = "pass_unknown" if day is None else "pass_other_day" if day != batch.day else None
        fact.attention = fact.attention or fault


def _judge_moves(batch: Batch) -> None:
    moves = batch.of("check_in.progressed", "check_in.withdrawn")
    named = {fact.data["check_in"].lower() for fact in moves}
    known = {fact.uuid for fact in batch.of("check_in.recorded")}
    known |= {row[0] for row in fetch_in("SELECT id FROM scan WHERE id IN (??)", named - known)}
    for fact in moves:
        if not fact.attention and fact.data["check_in"].lower() not in known:
            fact.attention = "check_in_unknown"
