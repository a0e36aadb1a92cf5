"""Deletions, freezes and releases of one person: an act with a reason, confirmed, with a certificate."""

from collections.abc import Collection
from datetime import date

from models.base.clock import milliseconds, utcnow
from models.base.database import execute_many, fetch_in, writing
from models.base.typed import same_phone
from models.derived.candidate_news import booths_of
from models.derived.forget import Gone, forget
from models.derived.forget_rows import Forgetting
from models.derived.person import is_pass, persons_of
from models.desk.complaint import clear_complaints
from models.forgetting.certificate import DELETED, FROZEN, RELEASED, Certificate
from models.forgetting.elsewhere import clear_audit, empty_boxes, words_of
from models.forgetting.surveyed import delete_surveyed
from models.log.change import announce
from models.log.forgotten import GONE, MASKED, forgotten_among
from models.market.audit import AuditEntry
from models.market.county import County
from models.market.retention import Retention
from models.people.frozen import frozen_among
from models.surveys.survey import surveyed_with


class NobodyThere(Exception):
    """There is nothing left to delete, to freeze or to release."""


def delete_person(county: County, candidate: str, who: str, asked_by: str, why: str = "") -> Certificate:
    """Forget the person to whom a candidate belongs; return the certificate.

    Signed figures stay as they are, and counts of open days. Raises NobodyThere when the person is forgotten already.
    """
    with writing():
        candidates = _living(county, candidate)
        came = _registrations(candidates)
        until = _ledger_ends(county, came)
        words, counts = words_of(candidates), {"boxes": empty_boxes(candidates)}
        phones = words.phones | {same_phone(phone) for phone in words.phones}
        delete_surveyed(county, surveyed_with(county, words.names, phones))
        level = MASKED if until > date.today() else GONE
        gone = forget(candidates, Forgetting(county, milliseconds(utcnow()), level=level))
        counts["audit"] = clear_audit(county, gone.candidates | gone.passes, words)
        counts["complaints"] = clear_complaints(gone.candidates, words.names, words.phones)
        for table in ("frozen", "deletion_request"):
            execute_many(f"DELETE FROM {table} WHERE candidate = ?", [(candidate,) for candidate in candidates])
        counts |= _counts(gone)
        made = _certify(county, DELETED, who, asked_by, why, came, counts, until if level == MASKED else None)
        AuditEntry.create(county=county, who=who, action="person_deleted", what=_what(made), rows=len(candidates))
    return made


def freeze_person(county: County, candidate: str, who: str, asked_by: str, why: str) -> Certificate:
    """Keep a person's data in store and use them for nothing else. Raises NobodyThere as ``delete_person``."""
    with writing():
        candidates = _living(county, candidate)
        if frozen_among(candidates) == candidates:
            raise NobodyThere
        at_ms = milliseconds(utcnow())
        execute_many(
            "INSERT INTO frozen (candidate, county_id, at, who, why) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (candidate) DO NOTHING",
            [(one, county.id, at_ms, who, why) for one in candidates],
        )
        _tell(candidates)
        made = _certify(county, FROZEN, who, asked_by, why, _registrations(candidates), {}, None)
        AuditEntry.create(county=county, who=who, action="person_frozen", what=_what(made), rows=len(candidates))
    return made


def release_person(county: County, candidate: str, who: str, asked_by: str, why: str) -> Certificate:
    """Lift a freeze. Raises NobodyThere when there is none."""
    with writing():
        candidates = frozen_among(_living(county, candidate))
        if not candidates:
            raise NobodyThere
        execute_many("DELETE FROM frozen WHERE candidate = ?", [(one,) for one in candidates])
        _tell(candidates)
        made = _certify(county, RELEASED, who, asked_by, why, _registrations(candidates), {}, None)
        AuditEntry.create(county=county, who=who, action="person_released", what=_what(made), rows=len(candidates))
    return made


def _living(county: County, candidate: str) -> set[str]:
    """Return the candidates of a person who are not forgotten."""
    person = persons_of({candidate})[candidate]
    rows = fetch_in("SELECT id FROM candidate WHERE +county_id = ? AND person IN (??)", {person}, county.id)
    found = {one for (one,) in rows}
    living = found - forgotten_among(found).keys()
    if not living:
        raise NobodyThere
    return living


def _registrations(candidates: Collection[str]) -> list[dict[str, str]]:
    """Return on which market days candidates were registered: ``{"date", "town"}``, each once, by date."""
    rows = fetch_in(
        "SELECT DISTINCT d.date, t.name FROM candidate AS c JOIN market_day AS d ON d.id = c.market_day_id"
        " JOIN division AS t ON t.code = d.town_id WHERE c.id IN (??)",
        candidates,
    )
    return [{"date": str(day)[:10], "town": town} for day, town in sorted(rows, key=str)]


def _ledger_ends(county: County, came: list[dict[str, str]]) -> date:
    """Return until when the ledger keeps what came of the latest of these registrations."""
    latest = date.fromisoformat(came[-1]["date"])
    return after_years(latest, Retention.of(county).ledger_years)


def after_years(day: date, years: int) -> date:
    """Return the same date so many years later; of a 29th of February perhaps the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _counts(gone: Gone) -> dict[str, int]:
    return {"registrations": len(gone.candidates), "operations": gone.operations, "phones": gone.phones}


def _certify(
    county: County, act: str, who: str, asked_by: str, why: str, came: list, counts: dict, until: date | None
) -> Certificate:
    return Certificate.create(
        county=county, number=Certificate.next_number(county), act=act, at=utcnow(), asked_by=asked_by, who=who,
        why=why, registrations=came, counts=counts, kept_until=until,
    )  # fmt: skip


def _what(made: Certificate) -> str:
    return f"certificate {made.number}, {made.asked_by}"


def _tell(candidates: Collection[str]) -> None:
    """Tell the booths that know these candidates: their records are withdrawn, or come back."""
    persons = set(persons_of(candidates).values())
    for day, _, booth in booths_of(persons):
        announce(day, {(booth, "candidate", one) for one in candidates if not is_pass(one)})
