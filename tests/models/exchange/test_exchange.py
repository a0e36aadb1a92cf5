"""Vacancies from one county's database into another's: what is taken, what is refused, what a newer package changes."""

import gzip
import json
import random
import shutil
from base64 import b64decode, b64encode
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from models import schema as models
from models.base.clock import utcnow
from models.base.database import connect_database, db, writing
from models.exchange import received_package
from models.exchange.package import MOST_LINES, Tampered, Unreadable, Vague, lines_of, pack, read, together
from models.exchange.partner import NoCard, card_of, is_fingerprint, read_card
from models.exchange.received_package import Refused, employer_for, end, receive
from models.exchange.sent_package import send, sendable
from models.keys.region_key import fingerprint
from models.kiosk.set_up import keep_vacancy

FAR = date(2099, 6, 1)


@pytest.fixture
def region(empty_database, tmp_path, database):
    """Another county in a database of its own; ``within()`` works there."""
    path = tmp_path / "region.db"
    shutil.copy(empty_database, path)

    @contextmanager
    def within():
        db.close()
        connect_database(f"sqlite:///{path}")
        db.connect()
        yield
        db.close()
        connect_database(database)
        db.connect()

    with within():
        county = models.County.create(name="广安区", service_name="广安区就业局", phone="0826-12333")
        factory = models.Employer.create(
            county=county, name="广安农机厂", credit_code="91500120MA5YBT24QK", phone="13800001111", contact="王总"
        )
        for title, duties in (("装配工", "装配农机"), ("包装工", "包装农机配件")):
            models.Vacancy.create(
                county=county, employer=factory, number="9000010" if title == "装配工" else "9000028", title=title,
                trade="fitter", openings=3, duties=duties, place="广安经开区", pay_min_fen=400_000,
                pay_max_fen=500_000, valid_until=FAR, verified_at=utcnow(), cluster="内部备注", hazard="噪声，发耳塞",
            )  # fmt: skip
        models.RegionKey.make(county)
    within.county = county
    return within


@pytest.fixture
def trusted(region, fair):
    """The region's card, confirmed here."""
    with region():
        card = card_of(region.county, models.RegionKey.newest(region.county))
    said = read_card(card)
    return models.Partner.create(
        county=fair.county, name=said.name, phone=said.phone, public=said.key, origin="sichuan", confirmed_by="chen"
    )


def sent(region, titles=("装配工", "包装工"), to="", until=FAR, **changes):
    with region():
        vacancies = [one for one in sendable(region.county, date(2026, 2, 24)) if one.title in titles]
        for vacancy in vacancies:
            for name, value in changes.items():
                setattr(vacancy, name, value)
        known = {"county": region.county, "name": "x", "public": to, "origin": "other", "confirmed_by": "y"}
        partner = models.Partner.create(**known) if to else None
        return send(region.county, vacancies, partner, until, "wang").body


def refused(county, text):
    with pytest.raises(Refused) as caught:
        receive(county, text, "chen")
    return caught.value.reason


def test_a_card_is_compared_by_its_digits(region):
    with region():
        key = models.RegionKey.newest(region.county)
        card = card_of(region.county, key)
    digits = fingerprint(key.public)
    assert read_card(f"  {card[:30]}\n{card[30:]} ").name == "广安区就业局"
    assert is_fingerprint(digits.replace(" ", "-"), key.public) and len(digits.replace(" ", "")) == 24
    assert not is_fingerprint(digits[:-1] + str((int(digits[-1]) + 1) % 10), key.public)
    for wrong in ("", "GCK1:", "GCK1:!!", "GCK1:" + "A" * 2_000, "GCK1:bnVsbA", card[:-8], "GCK1:é"):
        with pytest.raises(NoCard):
            read_card(wrong)


def test_only_what_is_public_goes_out(region, fair, trusted):
    content = read(sent(region)).content
    said = json.dumps([*map(str, content.employers), *map(str, content.vacancies)], ensure_ascii=False)
    assert "装配农机" in said and "噪声，发耳塞" in said
    for secret in ("13800001111", "王总", "内部备注"):
        assert secret not in said


def test_vacancies_wait_and_a_newer_package_changes_and_withdraws_them(region, fair, trusted):
    package = receive(fair.county, sent(region), "chen")
    waiting = models.ReceivedVacancy.waiting_in(fair.county)
    assert (package.vacancies, [row.work.title for row in waiting]) == (2, ["装配工", "包装工"])
    assert models.ReceivedVacancy.waiting_in(fair.elsewhere) == []
    assert models.ReceivedVacancy.find(fair.elsewhere, waiting[0].id) is None
    assert employer_for(fair.county, waiting[0].wanted_by) == fair.factory  # by its credit code
    ours = [_accept(fair, row) for row in waiting]

    receive(fair.county, sent(region, ["装配工"], openings=9), "chen")
    (again,) = models.ReceivedVacancy.waiting_in(fair.county)
    gone = models.ReceivedVacancy.get(number="9000028")
    assert (again.work.openings, again.vacancy, gone.state) == (9, ours[0], "withdrawn")
    assert models.Vacancy.get_by_id(ours[1].id).valid_until < utcnow().date()
    assert models.Vacancy.get_by_id(ours[0].id).openings == 3  # until somebody accepts it

    receive(fair.county, sent(region), "chen")
    assert {row.number for row in models.ReceivedVacancy.waiting_in(fair.county)} == {"9000010", "9000028"}
    end(trusted, "chen")
    assert models.ReceivedVacancy.waiting_in(fair.county) == []
    assert models.Vacancy.get_by_id(ours[0].id).valid_until < utcnow().date()


def test_what_is_refused_leaves_nothing(region, fair, trusted, monkeypatch):
    first, second = sent(region), sent(region)
    own = models.RegionKey.make(fair.county)
    assert refused(fair.elsewhere, first) == "unknown_partner"
    assert refused(fair.county, sent(region, to=trusted.public)) == "other_recipient"
    assert refused(fair.county, sent(region, until=date(2020, 1, 1))) == "expired"
    receive(fair.county, sent(region, to=own.public), "chen")
    receive(fair.county, newest := sent(region), "chen")
    assert (refused(fair.county, newest), refused(fair.county, first), refused(fair.county, second)) == (
        "repeated", "older", "older")  # fmt: skip
    monkeypatch.setattr(received_package, "utcnow", lambda: datetime(2020, 1, 1, tzinfo=UTC))
    assert refused(fair.county, sent(region)) == "clock"
    trusted.ended_at = utcnow()
    trusted.save()
    assert refused(fair.county, sent(region)) == "ended_partner"
    assert models.ReceivedPackage.select().count() == 2


def test_a_changed_package_is_not_read(region, fair, trusted):
    body = sent(region)
    envelope = json.loads(body)
    packed = json.loads(gzip.decompress(b64decode(envelope["content"])))
    packed["vacancies"][0]["pay_max_fen"] = 9_000_000
    forged = b64encode(gzip.compress(json.dumps(packed).encode())).decode()
    other = models.RegionKey.make(fair.county)
    for change in ({"content": forged}, {"key": other.public}, {"signature": b64encode(bytes(64)).decode()},
                   {"key": ""}, {"key": "é"}, {"signature": ""}):  # fmt: skip
        with pytest.raises(Tampered):
            receive(fair.county, json.dumps(envelope | change), "chen")


def test_hostile_content_is_refused_even_when_it_is_signed(region):
    with region():
        key = models.RegionKey.newest(region.county)
    good = _content(read(sent(region)).content)
    work = good["vacancies"][0]
    for wrong in (
        {"vacancies": [work, work]}, {"vacancies": [work | {"employer": 7}]}, {"vacancies": [work] * 2_001},
        {"vacancies": [work | {"title": "长" * 121}]}, {"vacancies": [work | {"openings": -1}]},
        {"vacancies": [work | {"number": "<script>"}]}, {"vacancies": [work | {"pay_min_fen": 10**30}]},
        {"issued_at": "2026-02-24T09:00:00"}, {"id": "../../etc"}, {"employers": "x"}, {"vacancies": [{}]},
    ):  # fmt: skip
        with pytest.raises(Unreadable):
            read(pack(good | wrong, key))
    huge = json.loads(pack(good, key))
    bomb = gzip.compress(b" " * 9_000_000)
    signature = b64encode(key.sign(b"ganchang vacancy package 1\n" + bomb)).decode()
    signed = {"content": b64encode(bomb).decode(), "signature": signature}
    for text in (json.dumps(huge | signed), "[" * 50_000, "", "null", "{}", "x" * 2_200_000, '{"key": 1}', "\ud800"):
        with pytest.raises(Unreadable):
            read(text)
    turned = read(pack(good | {"vacancies": [work | {"title": "焊\u202e工\x00"}]}, key)).content.vacancies[0]
    assert turned.title == "焊工"


def test_codes_come_in_any_order(region):
    body = sent(region)
    lines = lines_of(body)
    assert len(lines) > 1
    random.Random(7).shuffle(lines)
    typed = "\n".join([lines[0].lower(), *lines, lines[1]])
    assert together(typed) == body and read(typed).content.service == "广安区就业局"
    with pytest.raises(Vague) as caught:
        together("\n".join(lines[1:]))
    assert caught.value.missing == [int(lines[0].split(":")[2])]
    with pytest.raises(Vague):
        together("\n".join([*lines, "GCX1:00000000:1:1:AAAA"]))
    with pytest.raises((Tampered, Unreadable)):
        together("\n".join([*lines[1:], lines[0][:-1] + ("A" if lines[0][-1] != "A" else "B")]))
    assert lines_of("".join(random.Random(1).choices("abcdefghij0123456789", k=1_000 * MOST_LINES))) == []


def _accept(fair, row):
    work = row.work
    vacancy = models.Vacancy(
        county=fair.county, employer=fair.factory, number=models.Vacancy.free_number(), title=work.title,
        trade=work.trade, openings=work.openings, valid_until=work.valid_until, source="partner", origin="sichuan",
    )  # fmt: skip
    with writing():
        keep_vacancy(vacancy)
        row.decide("accepted", "chen", vacancy)
    return vacancy


def _content(content):
    import msgspec

    return msgspec.to_builtins(content) | {"issued_at": (utcnow() + timedelta(seconds=1)).isoformat()}
