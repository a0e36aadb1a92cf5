"""What an organiser may offer at a booth, how it is closed, and who hears of it."""

import re
from datetime import date

import pytest

from models import schema as models
from models.base import check_digit
from models.checks.facts import TEXTS
from models.kiosk.set_up import plan_market_day
from models.market.offer import offers_of, to_offer
from models.market.pattern import patterns_of
from routes.office.vacancy_form import VacancyForm

HTMX = {"HX-Request": "true"}


@pytest.fixture
def vacancies(fair):
    return f"/organiser/market-days/{fair.day.id}/booths/1/vacancies"


@pytest.fixture
def offer(organiser, vacancies):
    """Post a valid vacancy, letting the test spoil a field."""

    def post(browser=organiser, headers=None, url=vacancies, **changes):
        form = {
            "title": "裁剪工", "trade": "sewing", "openings": "5", "duties": "按纸样裁布", "place": "八塘镇工业园",
            "pay_min": "3500", "pay_max": "4800.5", "pay_unit": "month", "work_kind": "full_time",
            "valid_until": "2026-03-24", "hours": "8小时", "benefits": "包吃，包住", "requirements": "会用电剪",
            "bring": "身份证",
        }  # fmt: skip
        return browser.post(url, data=form | changes, headers=headers)

    return post


def test_a_vacancy_is_offered_under_a_number_of_its_own(offer, vacancies, fair):
    answer = offer()

    vacancy = models.Vacancy.get(title="裁剪工")
    assert (answer.status_code, answer.location) == (303, vacancies.removesuffix("/vacancies"))
    assert len(vacancy.number) == 7 and check_digit.is_valid(vacancy.number)
    assert [offer.booth for offer in vacancy.offers] == [fair.clothing]
    assert (vacancy.employer, vacancy.openings) == (fair.factory, 5)
    assert (vacancy.pay_min_fen, vacancy.pay_max_fen) == (350_000, 480_050)
    assert (vacancy.valid_until, vacancy.adults_only) == (date(2026, 3, 24), False)
    assert offer(another="yes").location == f"{vacancies}/new"


def test_pay_may_be_one_amount_and_full_width(offer):
    offer(pay_min="１８．５", pay_max="", pay_unit="hour", adults_only="yes")

    vacancy = models.Vacancy.get(title="裁剪工")
    assert (vacancy.pay_min_fen, vacancy.pay_max_fen) == (1850, 1850)
    assert vacancy.adults_only


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""),
        ("title", "长" * 10_000),
        ("trade", "astronaut"),
        ("openings", "0"),
        ("openings", "10001"),
        ("openings", "many"),
        ("duties", ""),
        ("duties", "长" * 10_000),
        ("place", ""),
        ("pay_min", ""),
        ("pay_min", "面议"),
        ("pay_min", "-5"),
        ("pay_min", "9999999999"),
        ("pay_min", "0"),
        ("pay_max", "3499.99"),
        ("pay_max", "lots"),
        ("pay_unit", "year"),
        ("work_kind", "slave"),
        ("valid_until", "2026-02-23"),
        ("valid_until", "soon"),
        ("benefits", "长" * 10_000),
    ],
)
def test_a_wrong_field_is_named_and_nothing_typed_is_lost(offer, field, typed):
    answer = offer(**{field: typed})

    assert answer.status_code == 422
    assert "field-error" in answer.text
    assert field in ("trade", "pay_unit", "work_kind") or typed in answer.text
    assert "按纸样裁布" in answer.text or field == "duties"
    assert models.Vacancy.select().count() == 4


@pytest.mark.parametrize(
    ("field", "typed", "word"),
    [
        ("requirements", "限男，40岁以下", "限男"),
        ("requirements", "已婚已育", "已婚已育"),
        ("duties", "入职交押金200元", "押金"),
        ("title", "女性优先缝纫工", "女性优先"),
    ],
)
def test_forbidden_words_stop_a_vacancy_until_somebody_answers_for_them(offer, fair, field, typed, word):
    stopped = offer(**{field: typed})

    assert stopped.status_code == 422
    assert f"“{word}”" in stopped.text
    assert f'<mark class="find-stop">{word}</mark>' in stopped.text
    answered = exempted(stopped, "演员角色")
    assert offer(**{field: typed}, **dict.fromkeys(answered, " ") | {"exempt": answered["exempt"]}).status_code == 422
    assert offer(**{field: typed}, **answered).status_code == 303
    entry = models.AuditEntry.get(action="vacancy_overruled")
    assert (entry.who, word in entry.what, entry.why, entry.thing) == ("chen", True, "演员角色", "vacancy")


def test_every_find_is_answered_for_by_itself_and_a_changed_text_asks_again(app, offer, vacancies, fair):
    typed = "限女（浴室），押金500元，押身份证，乙肝阴性"
    stopped = offer(requirements=typed)
    words = ["限女", "押金", "押身份证", "乙肝"]
    marked = re.findall(r'<mark class="find-stop">(.*?)</mark>', stopped.text)
    assert marked == words and stopped.text.count('name="exempt"') == 4
    answered = exempted(stopped, "浴室搓澡工")

    one = offer(requirements=typed, **answered | {"exempt": answered["exempt"][:1]})
    assert one.status_code == 422 and "“押金”" in one.text and "“限女”" not in one.text
    nobody = app.test_client(user=fair.clerk)
    by_clerk = offer(browser=nobody, requirements=typed, **answered)
    assert by_clerk.status_code == 422 and 'name="exempt"' not in by_clerk.text and 'class="find-stop"' in by_clerk.text
    reviewer = app.test_client(user=fair.reviewer)
    assert offer(browser=reviewer, requirements=typed, **answered).status_code == 303

    vacancy = models.Vacancy.get(title="裁剪工")
    assert {(one.rule, one.why, one.who) for one in models.Exemption.select()} == {
        (rule, "浴室搓澡工", fair.reviewer.login) for rule in ("sex", "fee", "papers", "health")
    }
    url = f"{vacancies}/{vacancy.number}"
    assert offer(url=url, requirements=typed, openings="6").status_code == 303  # remembered
    assert offer(url=url, requirements=typed + "，包住").status_code == 422
    assert "浴室搓澡工" in reviewer.get(f"{url}/edit").text
    vacancy.delete_instance()
    assert models.Exemption.select().count() == 0


def test_no_text_of_a_vacancy_is_a_back_door(offer):
    for field in set(TEXTS) - {"true_employer"}:  # which is chosen
        assert offer(**{field: "押 金300元"}).status_code == 422, field
    assert set(TEXTS) <= set(VacancyForm.labels)


def test_nor_is_a_name(organiser, fair):
    employer = {"kind": "household", "name": "招女工5名"}
    booth = {"number": "9", "kind": "employer", "new_kind": "household"}
    refused = organiser.post("/organiser/employers", data=employer)
    assert refused.status_code == 422 and "招女工" in refused.text
    assert organiser.post("/organiser/employers", data=employer | exempted(refused, "户名如此")).status_code == 303
    booths = f"/organiser/market-days/{fair.day.id}/booths"
    assert organiser.post(booths, data=booth | {"new_employer": "押金300"}).status_code == 422
    assert organiser.post(booths, data=booth | {"employer": fair.factory.id, "name": "限男"}).status_code == 422


def test_fields_are_compared_and_warnings_stop_nothing(organiser, offer, vacancies, fair, morning):
    wages = "/organiser/county/minimum-wages"
    assert organiser.post(wages, data={"valid_from": "2025-01-01", "month": "2330", "hour": "2300"}).status_code == 422
    assert organiser.post(wages, data={"valid_from": "2025-01-01", "month": "2330", "hour": "23"}).status_code == 303
    assert "2330" in organiser.get(wages).text
    assert offer(pay_min="2000", pay_max="2300").status_code == 422
    assert offer(pay_min="20", pay_max="22", pay_unit="hour", work_kind="part_time").status_code == 422
    assert offer(pay_min="1500", pay_max="", work_kind="welfare", eligibility="大龄人员").status_code == 303
    assert offer(title="架子工", pay_min="2000", pay_max="9000", hours="每天12小时").status_code == 303
    vacancy = models.Vacancy.get(title="架子工")
    assert vacancy.adults_only  # kept from people of 16 and 17 without a tick
    page = organiser.get(f"{vacancies}/{vacancy.number}/edit").text
    for words in ("最低工资额低于本区县", "最高工资超过最低工资的两倍", "每天超过8小时", "16、17岁的未成年工"):
        assert words in page
    assert "field-error" not in page and 'class="find is-stop"' not in page

    fair.factory.credit_code = ""
    fair.factory.save()
    assert offer().status_code == 422


def test_what_was_written_before_a_rule_is_offered_on_no_further_day(organiser, fair, vacancies):
    fair.sewing.requirements = "限女"
    fair.sewing.save()
    later = models.MarketDay.create(**{**fair.day.__data__, "id": None, "date": date(2026, 3, 3)})
    day = plan_market_day(fair.day, county=fair.county, town=fair.day.town_id, date=date(2026, 3, 6))

    booth = models.Booth.create(market_day=later, number=1, name="x", kind="employer", employer=fair.factory)
    assert fair.sewing not in to_offer(booth) and fair.ironing in to_offer(booth)
    assert fair.sewing.number not in {offer.vacancy.number for offer in offers_of(day)}
    assert fair.ironing.number in {offer.vacancy.number for offer in offers_of(day)}
    pattern = patterns_of([fair.day])[fair.day.id]
    assert fair.sewing.number not in {one.number for some in pattern.offers.values() for one in some}


def test_a_desk_offers_nothing(organiser, offer, fair):
    desk = f"/organiser/market-days/{fair.day.id}/booths/{fair.desk.number}/vacancies"
    assert (organiser.get(f"{desk}/new").status_code, offer(url=desk).status_code) == (409, 409)


def exempted(page, why):
    """Return what a reviewer sends who lets every find on a page stand."""
    marks = re.findall(r'name="exempt" value="(\w+)"', page.text)
    return {"exempt": marks} | {f"why-{mark}": why for mark in marks}


def test_a_form_without_fields_is_answered(organiser, vacancies):
    assert organiser.post(vacancies).status_code == 422


def test_htmx_gets_the_form_alone_and_is_sent_on_by_header(offer):
    wrong, right = offer(headers=HTMX, title=""), offer(headers=HTMX)

    assert wrong.text.lstrip().startswith("<form")
    assert (right.status_code, "HX-Redirect" in right.headers) == (204, True)


def test_the_booth_and_the_desk_hear_of_a_change_and_next_door_does_not(offer, vacancies, fair, enrol):
    own, desk, next_door = enrol(fair.clothing), enrol(fair.desk), enrol(fair.kitchen)

    answer = offer(url=f"{vacancies}/{fair.sewing.number}", openings="9")

    assert answer.status_code == 303
    for tablet in (own, desk):
        (change,) = tablet.sync().json["changes"]
        assert (change["id"], change["data"]["openings"]) == (fair.sewing.number, 9)
    assert next_door.sync().json["changes"] == []


def test_fewer_openings_put_hires_beyond_them_before_a_person(offer, vacancies, fair, enrol, operation):
    tablet = enrol(fair.clothing)
    for seq, number in enumerate(fair.passes[:2]):
        scan = operation(2 * seq + 1, "check_in.recorded", pass_=number, vacancy=fair.sewing.number)
        hired = operation(2 * seq + 2, "check_in.progressed", check_in=scan["id"], stage="hired")
        tablet.sync(scan, hired)

    offer(url=f"{vacancies}/{fair.sewing.number}", openings="1")

    reasons = {row.reason for row in models.Operation.select() if row.reason}
    assert reasons == {"vacancy_full"}


def test_an_edit_leaves_a_closure_that_came_meanwhile(offer, vacancies, fair, organiser):
    organiser.post(f"{vacancies}/{fair.sewing.number}/closure")

    offer(url=f"{vacancies}/{fair.sewing.number}")

    assert models.Vacancy.get(number=fair.sewing.number).closed


def test_closing_is_a_fact_that_tablets_hear_of(organiser, vacancies, fair, enrol):
    tablet = enrol(fair.clothing)
    url = f"{vacancies}/{fair.sewing.number}/closure"

    first, again = organiser.post(url), organiser.post(url)

    assert (first.status_code, again.status_code) == (303, 303)
    fact = models.Operation.get()
    assert (fact.kind, models.Operation.select().count()) == ("vacancy.filled", 1)
    assert '"organiser:chen"' in fact.body
    assert tablet.sync().json["changes"][-1]["data"]["closed"] is True

    organiser.post(f"{url}/delete")

    assert not models.Vacancy.get(number=fair.sewing.number).closed
    assert tablet.sync().json["changes"][-1]["data"]["closed"] is False


def test_htmx_gets_the_block_of_vacancies_after_closing(organiser, vacancies, fair):
    answer = organiser.post(f"{vacancies}/{fair.sewing.number}/closure", headers=HTMX)

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<section id="vacancies"')
    assert "恢复招聘" in answer.text


def test_a_vacancy_nobody_recorded_anything_about_is_taken_away(organiser, vacancies, fair, enrol):
    tablet = enrol(fair.clothing)

    assert organiser.post(f"{vacancies}/{fair.ironing.number}/delete").status_code == 303

    assert models.Vacancy.get_or_none(number=fair.ironing.number) is None
    gone = {"kind": "vacancy", "id": fair.ironing.number, "data": None}
    assert tablet.sync().json["changes"] == [gone]


def test_a_vacancy_with_facts_stays(organiser, vacancies, fair, enrol, operation):
    scan = operation(1, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number)
    enrol(fair.clothing).sync(scan)

    assert organiser.post(f"{vacancies}/{fair.sewing.number}/delete").status_code == 409
    assert models.Vacancy.get_or_none(number=fair.sewing.number)


def test_only_organisers_of_the_county_may(app, client, offer, vacancies, fair):
    neighbour, one = app.test_client(user=fair.neighbour), f"{vacancies}/{fair.sewing.number}"
    for url in (vacancies, one, f"{one}/delete", f"{one}/closure", f"{one}/closure/delete"):
        assert offer(browser=client, url=url).status_code == 401
        assert offer(browser=app.test_client(user=fair.reader), url=url).status_code == 403
        assert offer(browser=neighbour, url=url).status_code == 404
        assert offer(url=url, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    for page in (f"{vacancies}/new", f"{one}/edit"):
        assert client.get(page, headers={"Accept": "text/html"}).status_code == 303
        assert neighbour.get(page).status_code == 404
    assert (models.Vacancy.select().count(), models.Operation.select().count()) == (4, 0)


def test_a_vacancy_is_found_through_its_booth_only(organiser, vacancies, fair):
    assert organiser.get(f"{vacancies}/{fair.cook.number}/edit").status_code == 404
    assert organiser.post(f"{vacancies}/{fair.stranger.number}/closure").status_code == 404


DEMAND = {
    "industry": "C", "work_division": "500120100", "pay_includes": "底薪2500元、加班费", "pay_day": "每月15日",
    "shift": "night", "insurance": "五险", "contract": "劳动合同，三年", "probation": "一个月，工资不打折",
    "hazard": "噪声，配耳塞", "starts": "节后",
    "eligibility": "就业困难人员，一年", "urgent": "yes", "cluster": "制鞋产业集群", "suits": ["older", "disabled"],
    "origin": "sichuan", "source": "partner", "partner": "达州市公共就业服务中心",
}  # fmt: skip


def test_the_whole_demand_form_is_kept_and_shown_again(offer, organiser, vacancies):
    assert offer(**DEMAND).status_code == 303

    vacancy = models.Vacancy.get(title="裁剪工")
    kept = {name: getattr(vacancy, name) for name in DEMAND if name not in ("urgent", "work_division")}
    assert kept == {name: value for name, value in DEMAND.items() if name in kept}
    assert (vacancy.urgent, vacancy.work_division.name) == (True, "八塘镇")
    page = organiser.get(f"{vacancies}/{vacancy.number}/edit").text
    assert '<details class="fold" open>' in page
    assert all(f'value="{text}"' in page for text in DEMAND.values() if isinstance(text, str) and len(text) > 8)


def test_who_leaves_the_rest_of_the_form_alone_says_nothing_there(offer):
    assert offer(industry="", shift="", work_division="", origin="local", source="direct").status_code == 303

    vacancy = models.Vacancy.get(title="裁剪工")
    assert (vacancy.industry, vacancy.shift, vacancy.work_division, vacancy.suits) == ("", "", None, [])
    assert (vacancy.origin, vacancy.source, vacancy.urgent) == ("local", "direct", False)


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"work_kind": "welfare"}, "eligibility"), ({"source": "partner"}, "partner"), ({"contract": "限男"}, "contract"),
     ({"industry": "Z"}, "industry"), ({"work_division": "510000000"}, "work_division"),
     ({"work_date": "x"}, "work_date")],
)  # fmt: skip
def test_what_the_demand_form_needs_is_asked_for_beside_its_field(offer, typed, field):
    answer = offer(**typed)

    assert answer.status_code == 422 and f'href="#field-{field}"' in answer.text
    assert '<details class="fold" open>' in answer.text
    assert not models.Vacancy.select().where(models.Vacancy.title == "裁剪工").exists()


def test_day_labour_ends_with_its_day(offer):
    assert offer(work_kind="day", pay_unit="day", work_date="2026-02-26").status_code == 303
    assert models.Vacancy.get(title="裁剪工").valid_until == date(2026, 2, 26)


def test_who_last_checked_it_with_the_employer_is_noted(organiser, vacancies, fair):
    form = f"{vacancies}/{fair.sewing.number}/edit"
    assert "Nobody has noted" in organiser.get(f"{form}?lang=en").text

    answer = organiser.post(f"{vacancies}/{fair.sewing.number}/verification")

    assert (answer.status_code, answer.location) == (303, form)
    vacancy = models.Vacancy.get_by_id(fair.sewing.id)
    assert vacancy.verified_by == "chen" and vacancy.verified_at
    (entry,) = models.AuditEntry.select().where(models.AuditEntry.thing == "vacancy")  # one record of one change
    assert (entry.action, entry.changes["verified_by"]) == ("changed", ["", "chen"])
    assert "by chen" in organiser.get(f"{form}?lang=en").text
