"""The pages of market rules: every town in words, a form that shows the dates that follow, errors beside the fields."""

from datetime import UTC, date, datetime

import pytest

from models import schema as models
from models.market.market_calendar import MarketCalendar
from routes.office import market_dates

RULES = "/organiser/market-rules"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def january(monkeypatch):
    monkeypatch.setattr(market_dates, "utcnow", lambda: datetime(2026, 1, 20, 1, tzinfo=UTC))


@pytest.fixture
def town(fair):
    return f"{RULES}/{fair.town.code}"


@pytest.fixture
def add(organiser, town):
    """Return a function that sends a rule's form; changes spoil a field."""

    def post(url=town, headers=None, **changes):
        form = {"calendar": "gregorian", "digits": "3-6-9", "skips_31st": "yes"} | changes
        return organiser.post(url, data=form, headers=headers)

    return post


def rules(fair):
    return list(models.MarketRule.select().where(models.MarketRule.town == fair.town).order_by(models.MarketRule.id))


def test_every_town_is_listed_with_its_rule_its_next_date_and_whether_it_is_confirmed(organiser, fair, add):
    models.Division.create(code="500120101", name="七塘镇", parent="500120", level="township")
    models.Division.create(code="500151100", name="安居镇", parent="500151", level="township")
    assert add(confirmed_by="村支书老李", confirmed_on="2026-01-12").status_code == 303

    page = organiser.get(RULES).text
    assert "逢三六九赶场" in page and "村支书老李" in page and "1月23日" in page
    assert "七塘镇" in page and "安居镇" not in page


@pytest.mark.parametrize("typed", ["3-6-9", "3、6、9", "369", "逢三六九", "３ ６ ９", "9,3,6"])
def test_digits_are_read_in_any_way_people_write_them(add, fair, typed):
    assert add(digits=typed).status_code == 303
    assert rules(fair)[0].digits == "3-6-9"


@pytest.mark.parametrize("typed", ["4-7-10", "4-7-0", "四七十", "4710", "十、四、七"])
def test_ten_and_nought_are_the_same_digit(add, fair, typed):
    assert add(digits=typed).status_code == 303
    assert rules(fair)[0].digits == "4-7-10"


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("digits", {"digits": ""}),
        ("digits", {"digits": "赶场"}),
        ("digits", {"digits": "3-6-x"}),
        ("calendar", {"calendar": "zodiac"}),
        ("weekdays", {"calendar": "weekly"}),
        ("branches", {"calendar": "branch", "branches": "13"}),
        ("dates", {"calendar": "dates", "dates": ""}),
        ("dates", {"calendar": "dates", "dates": "2026-02-30"}),
        ("valid_to", {"valid_from": "2026-03-01", "valid_to": "2026-02-01"}),
        ("not_held", {"not_held": "春节"}),
        ("not_held", {"not_held": "2026-02-19 春节", "valid_from": "2026-03-01"}),
        ("added", {"not_held": "2026-02-19", "added": "2026-02-19"}),
        ("confirmed_on", {"confirmed_by": "老李"}),
        ("confirmed_by", {"confirmed_on": "2026-01-12"}),
    ],
)
def test_what_is_wrong_stands_beside_its_field(add, fair, field, changes):
    answer = add(headers=HTMX, **changes)
    assert answer.status_code == 422
    assert f'id="field-{field}-error"' in answer.text
    assert not rules(fair)


def test_every_calendar_is_kept(add, fair):
    for changes in (
        {"calendar": "lunar", "digits": "一四七"}, {"calendar": "odd"}, {"calendar": "even"}, {"calendar": "daily"},
        {"calendar": "weekly", "weekdays": ["7", "3"]}, {"calendar": "branch", "branches": ["1", "7"]},
        {"calendar": "dates", "dates": "2026年2月6日\n2026.2.5"},
    ):  # fmt: skip
        assert add(**changes).status_code == 303
        rule = rules(fair)[-1]
        models.MarketRule.delete().execute()
        assert rule.calendar == changes["calendar"]
    assert rule.dates == "2026-02-05\n2026-02-06"


def test_a_new_rule_follows_the_earlier_one_and_another_overlap_is_refused(add, fair):
    assert add().status_code == 303
    assert add(digits="2-5-8").status_code == 422
    assert add(digits="2-5-8", valid_from="2026-03-01").status_code == 303
    assert [rule.valid_to for rule in rules(fair)] == [date(2026, 2, 28), None]
    assert add(digits="1", valid_from="2026-02-01", valid_to="2026-02-10").status_code == 422


def test_the_dates_that_follow_are_shown_as_one_types_and_nothing_is_kept(organiser, town, fair):
    typed = {"calendar": "lunar", "digits": "3-6-9", "not_held": "2026-02-19 春节"}
    answer = organiser.get(f"{town}/dates", query_string=typed, headers=HTMX)
    assert answer.text.count("<li>") == 12 and "<html" not in answer.text and "<form" not in answer.text
    assert "2月16日" in (more := organiser.get(f"{town}/dates", query_string=typed | {"valid_from": "2026-02-16"}).text)
    assert "2月19日" not in more and "2月22日" in more
    assert "<li>" not in organiser.get(f"{town}/dates", query_string={"calendar": "lunar"}).text
    assert not rules(fair)


def test_the_dates_of_a_later_rule_are_its_own_and_not_the_earlier_one_s(add, organiser, town):
    add()
    typed = {"calendar": "weekly", "weekdays": "7", "valid_from": "2026-03-01"}
    page = organiser.get(f"{town}/dates", query_string=typed).text
    assert page.count("<li>") == page.count("周日<small") == 12 and "3月1日" in page
    overlapping = organiser.get(f"{town}/dates", query_string=typed | {"valid_from": ""}).text
    assert overlapping.count("周日<small") == 12


def test_a_form_that_was_only_opened_shows_no_error(add, organiser, town, fair):
    assert "field-error" not in organiser.get(f"{town}/new").text
    assert "field-error" not in add(look="yes", digits="").text
    add()
    assert "field-error" not in organiser.get(f"{town}/{rules(fair)[0].id}/edit").text
    assert "error-summary" not in organiser.get(f"{town}/new").text


def test_without_htmx_a_button_shows_the_dates_and_keeps_what_was_typed(add, fair):
    answer = add(look="yes", digits="2-5-8", not_held="2026-01-22 停市")
    assert answer.status_code == 200 and answer.text.count("<li>") >= 12
    assert 'value="2-5-8"' in answer.text and "2026-01-22 停市" in answer.text and "1月25日" in answer.text
    assert not rules(fair)


def test_a_rule_changes_with_its_exceptions_and_is_deleted(add, organiser, town, fair):
    add(not_held="2026-02-19 春节停市\n2026-02-23", added="2026/2/20 补场")
    (rule,) = rules(fair)
    page = organiser.get(f"{town}/{rule.id}/edit").text
    assert "2026-02-19 春节停市\n2026-02-23" in page and "2026-02-20 补场" in page
    assert "春节停市" in organiser.get(town).text
    assert add(url=f"{town}/{rule.id}", not_held="2026-02-19 停市").status_code == 303
    calendar = MarketCalendar.of(fair.town.code)
    assert [(e.date.day, e.reason) for e in calendar.exceptions_of(calendar.rules[0])] == [(19, "停市")]
    assert organiser.post(f"{town}/{rule.id}/delete").status_code == 303
    assert not rules(fair) and models.MarketException.select().count() == 0
    noted = [(entry.action, entry.thing) for entry in models.AuditEntry.select().order_by(models.AuditEntry.id)]
    assert [action for action, thing in noted if thing == "market_rule"] == ["made", "deleted"]  # once each
    assert {thing for _, thing in noted} == {"market_rule", "market_exception"}


def test_a_clerk_reads_the_rules_of_their_towns_alone(app, add, town, fair):
    add()
    clerk, other = app.test_client(user=fair.clerk), app.test_client(user=fair.other_clerk)
    assert "八塘镇" in clerk.get("/organiser/market-rules").text and clerk.get(town).status_code == 200
    assert "大兴镇" not in clerk.get("/organiser/market-rules").text
    assert f"{town}/new" not in clerk.get(town).text and "/edit" not in clerk.get(town).text
    assert clerk.get("/organiser/market-days").text.count("/organiser/market-rules") == 1
    assert other.get(town).status_code == 404 and "八塘镇" not in other.get("/organiser/market-rules").text
    assert clerk.post(town, data={"calendar": "gregorian", "digits": "1-4-7"}).status_code == 404
    assert len(rules(fair)) == 1


def test_planning_asks_about_an_exception_and_says_why(add, organiser, fair):
    add(not_held="2026-02-26 停市", added="2026-02-27 补场")
    asked = {"town": fair.town.code, "date": "2026-02-26"}
    assert "停市" in (said := organiser.get("/organiser/market-dates", query_string=asked).text)
    assert 'name="off_market"' in said and "2月27日" in said
    added = organiser.get("/organiser/market-dates", query_string=asked | {"date": "2026-02-27"}).text
    assert 'name="off_market"' not in added and "补场" in added


def test_before_the_first_rule_holds_no_date_is_asked_about(add, organiser, fair):
    add(valid_from="2026-06-01")
    asked = {"town": fair.town.code, "date": "2026-02-25"}
    assert 'name="off_market"' not in organiser.get("/organiser/market-dates", query_string=asked).text


def test_a_town_of_another_county_and_one_whose_code_ended_are_404(organiser, fair):
    models.Division.create(code="500151100", name="安居镇", parent="500151", level="township")
    models.Division.create(
        code="500120999", name="旧镇", parent="500120", level="township", valid_to=date(2025, 11, 5)
    )
    for code in ("500151100", "500120999", "500120", "x"):
        assert organiser.get(f"{RULES}/{code}").status_code == 404
