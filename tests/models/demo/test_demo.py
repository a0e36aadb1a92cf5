"""The demo looks like life, keeps the rules of a vacancy, and is the same for the same date."""

import re
import shutil
from datetime import date, timedelta

import pytest

from models import demo
from models import schema as models
from models.base import check_digit
from models.base.database import connect_database, db, fetch
from models.keys.employer_contact import open_contact
from models.market.employer import is_credit_code
from models.market.market_rule import MarketRule
from models.market.offer import offers_of
from models.vocabulary.code_list import EDUCATION, PAY_UNITS, PLACES, TALLY_TOPICS, VACANCY_KINDS
from models.vocabulary.stage import RANKS
from models.vocabulary.trade import TRADES

TODAY = date(2025, 3, 12)  # a Wednesday between two market days of 3-6-9
WAS, COMES = date(2025, 3, 9), date(2025, 3, 13)
# What may not stand in a vacancy: sex, marriage, origin, health, fees, bait, age, looks, contacts.
FORBIDDEN = (
    "限男|限女|男士优先|女性优先|男性优先|只招男|只招女|已婚|未婚|已育|生育|孕检|限汉族|少数民族|信仰|"
    "限本地|本地户籍|外地勿扰|乙肝|两对半|传染病|押金|保证金|报名费|服装费|体检费|培训费|押身份证|中介费|"
    "培训贷|高薪|日赚|躺赚|刷单|境外|缅北|东南亚|无需面试|包录取|打字员|周岁以下|岁以下|五官|身高|形象|"
    "属相|血型|星座|面议|微信|电话|二维码|[0-9]{7,}"
)
# What differs from load to load: keys, and what is made with them.
SECRET = {
    "county": {"identity_key"},
    "candidate": {"identity"},
    "person_key": {"key"},  # a phone stands there as its hash with the county's key
    "employer": {"sealed"},
    "pass_key": {"private_pem", "public", "created_at"},
    "phone_pass": {"digits"},
    "seal_key": {"private_pem", "public", "created_at"},
    "hand_over": {"id", "box"},
}


def load_into(path, empty_database: str, today: date = TODAY) -> None:
    shutil.copy(empty_database, path)
    connect_database(f"sqlite:///{path}")
    with db.connection_context():
        demo.load(today)
        db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.fixture(scope="module")
def loaded(empty_database, tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    load_into(path, empty_database)
    return str(path)


@pytest.fixture
def market(loaded) -> tuple[models.MarketDay, models.MarketDay]:
    """The market day that was and the one to come."""
    connect_database(f"sqlite:///{loaded}")
    with db.connection_context():
        yield tuple(models.MarketDay.select().order_by(models.MarketDay.date))


def vacancies(day: models.MarketDay) -> list[models.Vacancy]:
    return sorted((offer.vacancy for offer in offers_of(day)), key=lambda vacancy: vacancy.id)


def contents() -> dict[str, list[tuple]]:
    """Return every table without its secrets."""
    tables = {}
    for model in models.MODELS:
        table = model._meta.table_name
        shown = [c for c in model._meta.sorted_field_names if c not in SECRET.get(table, ())]
        fields = [getattr(model, name) for name in shown]
        tables[table] = sorted(map(repr, model.select(*fields).tuples()))
    return tables


def test_both_days_keep_the_towns_market_cycle(market):
    assert [day.date for day in market] == [WAS, COMES]
    assert {day.town.name for day in market} == {"八塘镇"}


@pytest.mark.parametrize("today", [date(2025, 3, 1) + timedelta(n) for n in range(0, 62, 3)])
def test_whatever_the_date_the_days_are_the_nearest_market_days(market, today):
    was, comes = demo.ground.market_dates(today)
    rule = MarketRule.get(town="500120100")
    assert was < today <= comes
    between = [was + timedelta(n) for n in range((comes - was).days + 1)]
    assert [day for day in between if rule.falls_on(day)] == [was, comes]


def test_each_day_has_twelve_booths_with_two_operators_each(market):
    for day in market:
        booths = list(day.booths.order_by(models.Booth.number))
        assert [booth.number for booth in booths] == list(range(1, 13))
        assert [booth.kind for booth in booths] == ["employer"] * 10 + ["desk"] * 2
        assert {booth.duties.count() for booth in booths} == {2}
        assert {t for booth in booths for t in booth.topics} == set(TALLY_TOPICS)


def test_both_days_offer_the_same_vacancies(market):
    was, comes = map(vacancies, market)
    assert was == comes
    assert 55 <= len(was) <= 65
    numbers = {v.number for v in was}
    assert len(numbers) == len(was)
    assert all(len(number) == 7 and check_digit.is_valid(number) for number in numbers)


def test_vacancies_span_the_trades_and_kinds_of_work(market):
    offered = vacancies(market[1])
    assert len({v.trade for v in offered}) >= 30 and {v.trade for v in offered} <= set(TRADES)
    assert {v.work_kind for v in offered} == set(VACANCY_KINDS)
    assert sum("50岁以上可报名" in v.benefit_list for v in offered) >= 10
    assert 0 < sum(v.adults_only for v in offered) < len(offered)
    night = [v for v in offered if "夜班" in v.hours + v.duties + v.benefits]
    assert night and all(v.adults_only for v in night)


def test_every_vacancy_says_what_the_law_requires(market):
    for vacancy in vacancies(market[1]):
        said = (vacancy.title, vacancy.duties, vacancy.place, vacancy.hours, vacancy.benefits)
        assert all(said), vacancy.title
        assert 1 <= vacancy.openings <= 60
        assert 0 < vacancy.pay_min_fen <= vacancy.pay_max_fen <= 2 * vacancy.pay_min_fen
        assert vacancy.pay_unit in PAY_UNITS
        assert vacancy.valid_until > COMES
        assert vacancy.employer.name


def test_no_vacancy_uses_a_word_that_stops_publishing(market):
    for vacancy in vacancies(market[1]):
        words = ("title", "duties", "place", "hours", "benefits", "requirements", "bring")
        for text in (getattr(vacancy, name) for name in words):
            assert not re.search(FORBIDDEN, text), (vacancy.title, text)


def test_employers_have_real_looking_papers(market):
    employers = list(models.Employer.select())
    assert len({employer.name for employer in employers}) == len(employers) == 10
    assert all(is_credit_code(employer.credit_code) for employer in employers)
    assert all(employer.sealed and open_contact(employer).name for employer in employers)


def test_passes_are_printed_beforehand_and_valid(market):
    numbers = [n for day in market for span in day.pass_ranges for n in span.numbers()]
    assert len(set(numbers)) == len(numbers) == 1000
    assert all(len(number) == 10 and check_digit.is_valid(number) for number in numbers)


def test_two_hundred_people_were_registered(market):
    people = list(models.Candidate.select())
    assert len({(p.name, p.birth_year) for p in people}) == 200
    assert len({p.person for p in people}) == 200  # four of them twice, and merged
    assert {p.education for p in people} <= set(EDUCATION)
    assert {p.wanted_place for p in people} <= set(PLACES)
    assert all(set(p.trades) <= set(TRADES) and p.trades for p in people)
    assert sum(1960 <= p.birth_year <= 1980 for p in people) >= 90
    assert max(p.birth_year for p in people) <= WAS.year - 18


def test_nobody_real_is_called(market):
    numbers = {p.phone for p in models.Candidate.select() if p.phone}
    assert numbers and all(number.startswith("100") for number in numbers)


def test_the_morning_rises_and_falls(market):
    hours = dict(fetch("SELECT (at_ms / 3600000 + 8) % 24, COUNT(*) FROM visit GROUP BY 1"))
    assert set(hours) == {8, 9, 10, 11}
    assert max(hours, key=hours.get) in (9, 10)
    assert hours[11] < hours[8] < hours[9]


def test_facts_go_all_the_way_and_thin_out(market):
    reached = [row.reached for row in models.CheckIn.select(models.CheckIn.reached)]
    at_least = [sum(rank >= lowest for rank in reached) for lowest in RANKS.values()]
    assert at_least == sorted(at_least, reverse=True) and at_least[-1] > 0
    assert at_least[RANKS["agreed"]] > 50


def test_what_goes_wrong_is_kept_for_a_person(market):
    rows = fetch("SELECT reason, COUNT(*) FROM operation WHERE outcome <> 'applied' GROUP BY 1")
    assert set(dict(rows)) == {
        "pass_unknown", "pass_other_day", "vacancy_closed", "vacancy_full", "parallel_edit",
        "clock_wrong", "hired_twice",
    }  # fmt: skip
    assert models.Scan.select().count() > models.CheckIn.select().count()
    withdrawn = models.Progress.select().where(models.Progress.stage == "mistake")
    assert withdrawn.count() == 6


def test_every_tablet_of_that_morning_has_sent_everything(market):
    tablets = models.Tablet.enrolled(market[0])
    assert len(tablets) == 14
    assert {tablet.unsent for tablet in tablets} == {0}
    assert all(tablet.acknowledged > 40 for tablet in tablets)
    assert models.PhonePass.select().count() > 10


def test_nothing_has_happened_yet_on_the_coming_day(market):
    for model in (models.Log, models.Operation, models.Visit, models.CheckIn, models.Tally):
        assert not model.select().where(model.market_day == market[1]).exists()


def test_the_same_date_loads_the_same_demo(loaded, empty_database, tmp_path):
    connect_database(f"sqlite:///{loaded}")
    with db.connection_context():
        first = contents()
    load_into(tmp_path / "again.db", empty_database)
    with db.connection_context():
        assert contents() == first


def test_on_a_market_day_the_coming_one_is_today(empty_database, tmp_path):
    load_into(tmp_path / "market-day.db", empty_database, today=COMES)
    with db.connection_context():
        assert [d.date for d in models.MarketDay.select().order_by(models.MarketDay.id)] == [
            WAS,
            COMES,
        ]
