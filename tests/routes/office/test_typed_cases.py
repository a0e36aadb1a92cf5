"""What organisers typed with an input method, copied, or typed twice (tests/data/cases/)."""

from datetime import date

import pytest

from models import schema as models
from tests.cases import cases

LIST = "/organiser/market-days"
VACANCY = {
    "title": "裁剪工", "trade": "sewing", "openings": "5", "duties": "按纸样裁布", "place": "八塘镇工业园",
    "pay_min": "3500", "pay_max": "", "pay_unit": "month", "work_kind": "full_time", "valid_until": "2026-03-24",
}  # fmt: skip


@pytest.fixture
def send(app, fair):
    """Return a function that sends an organiser's form of a kind, filled in rightly but for the changes."""
    browser, day = app.test_client(user=fair.chen), f"{LIST}/{fair.day.id}"
    forms = {
        "operator": ("/organiser/operators", {"name": "李师傅"}),
        "market day": (LIST, {
            "town": fair.town.code, "date": "2026-02-26", "opens_at": "08:00", "closes_at": "12:00", "place": "",
            "past": "yes",
        }),
        "vacancy": (f"{day}/booths/1/vacancies", VACANCY),
        "booth": (f"{day}/booths", {"number": "4", "kind": "employer", "employer": "", "new_kind": "individual"}),
        "employer": ("/organiser/employers", {"name": "新厂", "kind": "individual", "credit_code": ""}),
    }  # fmt: skip

    def send(form: str, /, **changes: str):
        address, filled = forms[form]
        return browser.post(address, data=filled | changes)

    return send


def stored(form: str, field: str) -> object:
    """Return what the newest thing of a form's kind has in a field."""
    model = {"market day": models.MarketDay, "vacancy": models.Vacancy}[form]
    return getattr(model.select().order_by(model.id.desc()).get(), field)


# A PIN is typed on a tablet (tests/js/kiosk/pin-pad.test.js has its cases).
@pytest.mark.parametrize("case", cases("full_width", lambda case: case["field"] != "pin"))
def test_full_width_is_read_as_its_plain_form(send, case):
    assert send(case["form"], **{case["field"]: case["typed"]}).status_code == 303
    assert stored(case["form"], case["field"]) == case["same_as"]


def test_every_code_of_a_form_is_read_in_full_width(send, fair):
    assert send("market day", date="２０２６－０２－２６", closes_at="１２：３０").status_code == 303
    assert send("vacancy", openings="８", pay_min="３，５００．５", valid_until="2026-03-24\u200b").status_code == 303
    assert send("employer", kind="enterprise", credit_code="９１５００１２０ majntygd12\u200b").status_code == 303

    assert models.MarketDay.get(date=date(2026, 2, 26)).closes_at == "12:30"
    offered = models.Vacancy.select().order_by(models.Vacancy.id.desc()).get()
    assert models.Employer.get(name="新厂").credit_code == "91500120MAJNTYGD12"
    assert (offered.openings, offered.pay_min_fen, offered.valid_until) == (8, 350_050, date(2026, 3, 24))


@pytest.mark.parametrize("case", cases("whole_numbers"))
def test_what_is_no_whole_number_is_asked_for_again(send, case):
    answer = send(case["form"], **{case["field"]: case["typed"]})

    assert answer.status_code == 422 and f'value="{case["typed"]}"' in answer.text and "field-error" in answer.text


@pytest.mark.parametrize("text", ["\u200b", "\u3164", "\u202e\u2066", "\u2800"], ids=ascii)
def test_text_of_which_nothing_can_be_seen_is_asked_for_again(send, text):
    assert send("vacancy", title=text).status_code == 422
    assert send("operator", name=text).status_code == 422


def test_what_turns_the_direction_of_writing_is_not_kept(send):
    assert send("vacancy", title="缝纫\u202e工\u202c").status_code == 303

    assert stored("vacancy", "title") == "缝纫工"


@pytest.mark.parametrize("case", cases("twins"))
def test_the_second_way_of_writing_an_employer_finds_the_first(send, fair, case):
    assert send("booth", new_employer=case["first"]).status_code == 303
    assert send("booth", new_employer=case["second"], number="5").status_code == 303

    first, second = (models.Booth.get(market_day=fair.day, number=number).employer for number in (4, 5))
    assert first == second and first.name == case["first"]
    answer = send("employer", name=case["second"])
    assert answer.status_code == 422 and case["first"] in answer.text


def test_twins_of_other_kinds_are_found_in_the_same_way(send, fair):
    assert send("operator", name="买买提·艾力").status_code == 303
    assert send("operator", name="买买提•艾力").status_code == 422
    assert send("market day", new_campaign="2026年(春风)行动").status_code == 303
    assert send("market day", new_campaign="2026年（春风）行动", date="2026-03-01", off_market="yes").status_code == 303

    campaigns = models.Campaign.select().where(models.Campaign.name.startswith("2026年"))
    assert [campaign.name for campaign in campaigns if "春风)" in campaign.name or "春风）" in campaign.name] == [
        "2026年(春风)行动"
    ]


@pytest.mark.parametrize("case", cases("passwords"))
def test_a_password_is_what_was_typed(app, fair, case):
    chosen = ["--county", fair.county.name, "--password", case["password"]]
    answer = app.test_cli_runner().invoke(args=["user", "add", "zhang", *chosen])
    assert answer.exit_code == 0, answer.output

    def sign_in(login: str, password: str) -> int:
        return app.test_client().post("/sign-in", data={"login": login, "password": password}).status_code

    assert sign_in("zhang", case["password"]) == 303
    assert sign_in("zhang", case["password"].strip()) == 422
    assert sign_in(" ｚｈａｎｇ\u200b", case["password"]) == 303  # the name may be written in any width
    again = app.test_cli_runner().invoke(args=["user", "add", "ｚｈａｎｇ", *chosen])
    assert again.exit_code == 1 and models.Organiser.select().where(models.Organiser.login == "zhang").count() == 1
