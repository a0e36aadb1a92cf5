"""Registration by phone: the facts that a form sent from a candidate's own phone becomes.

Every id is derived from the form's number (routes/phone/form_number.py) and from what was typed. A form that arrives
twice therefore gives the same facts with the same ids, and a second person who fills in the same form is another
candidate.
"""

import hmac
import threading
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid5

from models.base.clock import utcnow
from models.base.database import execute_many, fetch, writing
from models.base.secret import digest
from models.intake.ingest import record
from models.market.day_end import last_minute_of
from models.market.market_day import MarketDay
from models.people.candidate_pass import PhonePass
from models.vocabulary.stage import MISTAKE, WITHDRAWN

# Two taps at once: the second waits until the facts of the first are stored. In another process it would record
# the same facts again, which changes no figure.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Registration:
    """A phone's form, read: ``form`` is its number, ``by`` a code of code_list.REGISTERED_BY."""

    form: UUID
    name: str
    birth_year: int
    phone: str | None
    trades: tuple[str, ...]
    by: str = "self"

    def candidate(self, market_day: int) -> str:
        """Return the candidate's id."""
        typed = "\n".join((str(market_day), self.name, str(self.birth_year), self.phone or ""))
        return str(uuid5(self.form, typed))

    def token(self, candidate: str, secret: str) -> str:
        """Return the secret name of the candidate's own page, the same however often it is sent."""
        key = hmac.new(secret.encode(), f"own page {self.form} {candidate}".encode(), sha256)
        return urlsafe_b64encode(key.digest()).rstrip(b"=").decode()


def register(day: MarketDay, sent: Registration, vacancy: str, consents: bool, secret: str) -> str:
    """Record a registration with its check-in and return the token of the candidate's own page."""
    candidate = sent.candidate(day.id)
    token = sent.token(candidate, secret)
    with _one_at_a_time:
        known = fetch("SELECT token_hash FROM candidate WHERE id = ?", (candidate,))
        facts = [] if known else [_registered(sent, candidate)]
        _record(day, facts + _check_in_facts(day, candidate, vacancy, consents))
        if not known or known[0][0] is None:
            with writing(day.county_id):
                sql = "UPDATE candidate SET token_hash = ? WHERE id = ?"
                execute_many(sql, [(digest(token), candidate)])
    return token


def check_in(day: MarketDay, candidate: str, vacancy: str, consents: bool) -> None:
    """Record a check-in of a candidate from their phone, once, and the consent if it was given with it."""
    with _one_at_a_time:
        _record(day, _check_in_facts(day, candidate, vacancy, consents))


def withdraw_check_in(day: MarketDay, candidate: str, vacancy: str, scan: str) -> None:
    """Record that a candidate withdraws from a vacancy, by the id of their latest scan, and with it the consent.

    What was reached stays counted. ``check_in`` takes it back: a new sending.
    """
    with _one_at_a_time:
        facts = [] if _has_withdrawn(day, candidate, vacancy) else [
            _operation("check_in.withdrawn", _derived(day, scan, "withdrawn"), check_in=scan, by="candidate")
        ]  # fmt: skip
        _record(day, facts + _consent_withdrawn(candidate, vacancy))


def give_consent(day: MarketDay, candidate: str, vacancy: str) -> None:
    """Record that this vacancy's employer may have the candidate's data."""
    with _one_at_a_time:
        _record(day, _consent_given(day, candidate, vacancy))


def withdraw_consent(day: MarketDay, candidate: str, vacancy: str) -> None:
    """Record that the employer may not have the data any more."""
    with _one_at_a_time:
        _record(day, _consent_withdrawn(candidate, vacancy))


def _record(day: MarketDay, facts: list[dict]) -> None:
    if facts:
        record(day, facts)


def _check_in_facts(day: MarketDay, candidate: str, vacancy: str, consents: bool) -> list[dict]:
    """Return what is not recorded yet of a pass for the day, a check-in and a consent."""
    facts = [] if _phone_pass(day, candidate) else _pass_bound(day, candidate)
    earlier = _scans_of(day, candidate, vacancy)
    if all(mistaken for _, mistaken in earlier) or _has_withdrawn(day, candidate, vacancy):
        id = _derived(day, candidate, "check-in", vacancy, day.id, len(earlier))
        named = {"candidate": candidate, "vacancy": vacancy, "channel": "phone"}
        facts.append(_operation("check_in.recorded", id, **named))
    return facts + (_consent_given(day, candidate, vacancy) if consents else [])


def _registered(sent: Registration, candidate: str) -> dict:
    data = {
        "name": sent.name,
        "birth_year": sent.birth_year,
        "trades": list(sent.trades),
        "registered_by": sent.by,
        "notice_at": _now(),
    }
    if sent.phone:
        data |= {"phone": sent.phone} | ({"phone_owner": "self"} if sent.by == "self" else {})
    return _operation("candidate.registered", candidate, **data)


def _pass_bound(day: MarketDay, candidate: str) -> list[dict]:
    """Make the candidate's pass for a market day and bind it."""
    with writing():
        number = PhonePass.issue(candidate, day, _end_of(day)).number
    id = _derived(day, candidate, "pass", number)
    return [_operation("pass.bound", id, **{"pass": number, "candidate": candidate})]


def _phone_pass(day: MarketDay, candidate: str) -> bool:
    """Say whether the candidate's pass of this market day was bound to them."""
    sql = (
        "SELECT 1 FROM phone_pass AS p JOIN pass_binding AS b ON b.pass_number = p.number"
        " AND b.candidate = p.candidate WHERE p.candidate = ? AND p.market_day_id = ?"
    )
    return bool(fetch(sql, (candidate, day.id)))


def _end_of(day: MarketDay) -> datetime:
    """Return when a pass ends: with its market day, or tomorrow when that is over."""
    return max(last_minute_of(day), utcnow() + timedelta(days=1))


def _scans_of(day: MarketDay, candidate: str, vacancy: str) -> list[tuple[str, bool]]:
    """Return ``(id, whether it was undone as a mistake)`` of what this candidate's phone sent."""
    return fetch(
        "SELECT s.id, EXISTS (SELECT 1 FROM progress AS p WHERE p.scan = s.id AND p.stage = ?)"
        " FROM scan AS s WHERE s.person = (SELECT person FROM candidate WHERE id = ?)"
        " AND s.market_day_id = ? AND s.vacancy = ? AND s.node = ?",
        (MISTAKE, candidate, day.id, vacancy, candidate),
    )


def _has_withdrawn(day: MarketDay, candidate: str, vacancy: str) -> bool:
    """Say whether this person's check-in for a vacancy was withdrawn by the candidate and not taken back."""
    sql = (
        "SELECT 1 FROM check_in WHERE market_day_id = ? AND vacancy = ? AND stage = ?"
        " AND person = (SELECT person FROM candidate WHERE id = ?)"
    )
    return bool(fetch(sql, (day.id, vacancy, WITHDRAWN, candidate)))


def _consents(candidate: str, vacancy: str) -> list[tuple[str, bool]]:
    """Return ``(id, whether it stands)`` of the consents for a vacancy."""
    return fetch(
        "SELECT id, given_at IS NOT NULL AND withdrawn_at IS NULL FROM consent WHERE candidate = ? AND vacancy = ?",
        (candidate, vacancy),
    )


def _consent_given(day: MarketDay, candidate: str, vacancy: str) -> list[dict]:
    known = _consents(candidate, vacancy)
    if any(stands for _, stands in known):
        return []
    id = _derived(day, candidate, "consent", vacancy, len(known))
    return [_operation("consent.given", id, candidate=candidate, vacancy=vacancy)]


def _consent_withdrawn(candidate: str, vacancy: str) -> list[dict]:
    return [
        _operation("consent.withdrawn", id, candidate=candidate, vacancy=vacancy)
        for id, stands in _consents(candidate, vacancy)
        if stands
    ]


def _derived(day: MarketDay, parent: str, *words: object) -> str:
    """Return the id of a fact that follows from others, the same however often it is made.

    The county's key is in it: a booth that knows the candidate cannot work out what else the phone did.
    """
    said = " ".join(map(str, (parent, *words))).encode()
    return str(UUID(bytes=hmac.digest(bytes.fromhex(day.county.identity_key), said, "sha256")[:16], version=4))


def _operation(kind: str, id: str, **data: object) -> dict:
    return {"id": id, "kind": kind, "at": _now(), "operator": None, "data": data}


def _now() -> str:
    return utcnow().isoformat(timespec="milliseconds")
