"""All that is kept of a candidate, and its correction, on both databases."""

from datetime import UTC, datetime
from uuid import uuid4

from models.intake.ingest import ingest
from models.market.tablet import Tablet
from models.people.candidate import Candidate
from models.people.candidate_pass import PhonePass
from models.phone import registration
from models.phone.amend import amend
from models.phone.own_data import OwnData, OwnVisit, consents_of, passes_of, visits_of
from models.phone.own_page import OwnPage
from models.phone.registration import Registration


def test_what_is_kept_is_found_and_what_is_corrected_follows(fair, operation, monkeypatch):
    monkeypatch.setattr(registration, "utcnow", lambda: datetime(2026, 2, 24, 1, tzinfo=UTC))
    sent = Registration(uuid4(), "王桂芳", 1975, "13800001234", ("sewing", "cook"), by="relative")
    token = registration.register(fair.day, sent, fair.sewing.number, True, "secret")
    other = Registration(uuid4(), "李四", 1980, None, ("cook",))
    others = registration.register(fair.day, other, fair.cook.number, True, "secret")
    page = OwnPage.by_tokens([token, others, "x" * 43])[token]
    number = PhonePass.get(candidate=page.candidate).number
    tablet = Tablet.enlist(fair.kitchen, letter="A")
    ingest(tablet.log, [operation(1, "visit.recorded", pass_=number, channel="card")])

    own = OwnData.of(page.candidate)
    assert (own.name, own.phone, own.masked_phone, own.trades, own.registered_by, own.version) == (
        "王桂芳", "13800001234", "138****1234", ("sewing", "cook"), "relative", 1,
    )  # fmt: skip
    assert passes_of(page) == [(number, fair.day.date)]
    assert visits_of(page) == [OwnVisit(fair.day.date, 2, "来凤鱼庄")]  # signing up on a phone is no visit
    ((employer, vacancy, spoken, given, withdrawn),) = consents_of(page)
    assert (employer, vacancy, spoken, withdrawn) == ("山城制衣厂", "缝纫工", False, None) and given

    same = {"name": "王桂芳", "phone": None, "home_division": "", "trades": ["cook", "sewing"], "birth_year": 1975}
    assert not amend(page, own.fields(), own.version, same)
    assert amend(page, own.fields(), own.version, {"birth_year": 1976, "trades": ["cook"]})
    assert (OwnData.of(page.candidate).birth_year, OwnData.of(page.candidate).trades) == (1976, ("cook",))
    assert Candidate.get_by_id(page.candidate).version == 2 and OwnPage.by_token(token).candidate == page.candidate

    identity = Candidate.get_by_id(page.candidate).identity
    said = {"phone": "", "home_division": "八塘镇", "wanted_pay_min_fen": 500_000}
    assert amend(page, OwnData.of(page.candidate).fields(), 2, said)
    row = Candidate.get_by_id(page.candidate)
    assert (row.phone, row.phone_owner, row.home_division, row.wanted_pay_min_fen) == (None, None, "八塘镇", 500_000)
    assert identity and row.identity is None and row.version == 3  # a name and a year alone are nobody in particular
    assert amend(page, OwnData.of(page.candidate).fields(), 3, {"home_division": "", "wanted_pay_min_fen": ""})
    row = Candidate.get_by_id(page.candidate)
    assert (row.home_division, row.wanted_pay_min_fen) == (None, None)
