"""A county's settings: what its pages and sheets say of its office, its service points, its towns in time."""

from datetime import date

import pytest

from models import schema as models
from models.market.service_point import ServicePoint
from models.phone import own_page

SETTINGS = "/organiser/county"
POINTS = f"{SETTINGS}/service-points"
TOWNS = f"{SETTINGS}/towns"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def settle(organiser):
    """Return a function that sends the settings; changes spoil a field."""

    def post(headers=None, **changes):
        form = {
            "name": "璧山区", "service_name": "璧山区就业服务中心", "phone": "023-41412345",
            "timezone": "Asia/Shanghai", "hours": "周一至周五 9:00–17:00", "languages": ["zh", "en"],
            "seal_line": "璧山区人力资源和社会保障局", "lock_minutes": "15",
        }  # fmt: skip
        return organiser.post(SETTINGS, data=form | changes, headers=headers)

    return post


def county(fair):
    return models.County.get_by_id(fair.county.id)


def test_settings_are_kept_and_shown(settle, organiser, fair, day):
    assert settle().status_code == 303
    page = organiser.get(SETTINGS).text
    assert all(word in page for word in ("璧山区就业服务中心", "023-41412345", "周一至周五", "人力资源和社会保障局"))
    assert county(fair).languages == ""
    assert "璧山区人力资源和社会保障局" in organiser.get(f"{day}/summary").text


def test_tablets_hear_after_how_many_minutes_they_lock_themselves(settle, fair, enrol):
    settle(lock_minutes="15")
    changes = enrol(fair.clothing).browser.get("/kiosk/snapshot").json["changes"]
    assert [one["data"]["lock_minutes"] for one in changes if one["kind"] == "market_day"] == [15]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": ""}),
        ("service_name", {"service_name": " "}),
        ("phone", {"phone": "call us"}),
        ("timezone", {"timezone": "Asia/Chongqing City"}),
        ("languages", {"languages": []}),
        ("lock_minutes", {"lock_minutes": "0"}),
    ],
)
def test_what_is_wrong_stands_beside_its_field(settle, fair, field, changes):
    answer = settle(headers=HTMX, **changes)
    assert answer.status_code == 422 and f'id="field-{field}-error"' in answer.text
    assert county(fair).service_name == fair.county.service_name


@pytest.mark.parametrize("phone", ["12333", "023-41412345", "138 0013 8000"])
def test_short_numbers_and_landlines_are_telephone_numbers(settle, phone):
    assert settle(phone=phone).status_code == 303


def test_the_time_zone_stays_once_facts_were_recorded_by_it(settle, fair, enrol, operation):
    assert settle(timezone="Asia/Urumqi").status_code == 303
    enrol(fair.clothing).sync(operation(1, "visit.recorded", pass_=fair.passes[0]))
    assert settle(timezone="Asia/Shanghai").status_code == 422
    assert settle(timezone="Asia/Urumqi").status_code == 303


def test_phone_pages_name_the_county_s_telephone_and_hours(settle, client, fair):
    settle()
    page = client.get(f"/v/{fair.sewing.number}").text
    assert 'href="tel:023-41412345"' in page and "周一至周五" in page and "12333" not in page
    assert 'href="tel:12333"' in client.get(f"/v/{fair.stranger.number}").text


def test_phone_pages_are_offered_in_the_county_s_languages_alone(settle, client, fair):
    settle(languages=["zh"])
    for address in (f"/v/{fair.sewing.number}", f"/m/{fair.day.id}", f"/b/{fair.clothing.id}"):
        page = client.get(f"{address}?lang=en", headers={"Accept-Language": "en"}).text
        assert 'lang="zh-CN"' in page and "?lang=" not in page
    assert 'html lang="en"' in client.get(f"/m/{fair.other_day.id}?lang=en").text


def test_a_service_point_is_added_changed_and_deleted(organiser, fair):
    form = {"town": fair.town.code, "name": "八塘镇就业服务站", "address": "正街12号", "phone": "023-41411111"}
    assert organiser.post(POINTS, data=form).status_code == 303
    (point,) = ServicePoint.of(fair.county.id)
    assert "正街12号" in organiser.get(SETTINGS).text
    assert organiser.post(f"{POINTS}/{point.id}", data=form | {"address": "新街1号"}).status_code == 303
    assert ServicePoint.get_by_id(point.id).address == "新街1号"
    assert organiser.post(f"{POINTS}/{point.id}", data=form | {"address": ""}).status_code == 422
    assert organiser.post(POINTS, data=form | {"town": "500151100"}).status_code == 422
    assert organiser.post(f"{POINTS}/{point.id}/delete").status_code == 303
    assert not ServicePoint.of(fair.county.id)


def test_a_town_that_ended_is_offered_no_more_and_its_days_keep_its_name(organiser, fair):
    models.Division.create(code="500120101", name="七塘镇", parent="500120", level="township")
    ended = {"valid_to": "2026-02-28", "successor": "500120101"}
    assert organiser.post(f"{TOWNS}/{fair.town.code}", data=ended).status_code == 303
    assert models.Division.get_by_id(fair.town.code).valid_to == date(2026, 2, 28)
    assert "七塘镇" in (page := organiser.get(TOWNS).text) and "八塘镇" in page
    form = organiser.get("/organiser/market-days/new").text
    assert "500120101" in form and fair.town.code not in form
    assert "八塘镇" in organiser.get(f"/organiser/market-days/{fair.day.id}").text
    assert fair.town.code in organiser.get(f"/organiser/market-days/{fair.day.id}/edit").text


def test_no_day_is_planned_in_a_town_after_its_end(organiser, fair):
    models.Division.update(valid_to=date(2099, 1, 1)).where(models.Division.code == fair.town.code).execute()
    form = {"town": fair.town.code, "opens_at": "08:00", "closes_at": "12:00"}
    answer = organiser.post("/organiser/market-days", data=form | {"date": "2099-01-02"}, headers=HTMX)
    assert answer.status_code == 422 and 'id="field-town-error"' in answer.text
    assert organiser.post("/organiser/market-days", data=form | {"date": "2099-01-01"}).status_code == 303


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("code", {"code": "500120"}),
        ("code", {"code": "500151100"}),
        ("code", {"code": "500120100"}),
        ("name", {"name": ""}),
        ("successor", {"successor": "999999999", "valid_to": "2030-01-01"}),
        ("valid_to", {"successor": "500120100"}),
        ("valid_to", {"valid_from": "2030-01-01", "valid_to": "2029-01-01"}),
    ],
)
def test_what_is_wrong_with_a_town_stands_beside_its_field(organiser, fair, field, changes):
    answer = organiser.post(TOWNS, data={"code": "500120101", "name": "七塘镇"} | changes, headers=HTMX)
    assert answer.status_code == 422 and f'id="field-{field}-error"' in answer.text


def test_a_new_town_is_the_county_s(organiser, fair):
    new = {"code": "500120110", "name": "新镇", "valid_from": "2026-01-01"}
    assert organiser.post(TOWNS, data=new).status_code == 303
    assert models.Division.get_by_id("500120110").parent == "500120"
    assert "新镇" in organiser.get("/organiser/market-rules").text


def test_own_page_and_paper_pass_name_the_nearest_service_point(organiser, sign_up, client, fair, day):
    ServicePoint.create(county=fair.county, name="区就业局", address="璧城街道1号", phone="12333")
    ServicePoint.create(county=fair.elsewhere, town=fair.town, name="铜梁站", address="巴川")
    span = fair.day.pass_ranges.get()
    assert "区就业局" in organiser.get(f"{day}/passes/{span.id}").text
    ServicePoint.create(county=fair.county, town=fair.town, name="八塘站", address="正街12号", phone="023-41411111")
    assert "八塘站" in (sheet := organiser.get(f"{day}/passes/{span.id}").text) and "铜梁站" not in sheet
    own = sign_up().headers["Location"]
    page = client.get(own).text
    assert "八塘站" in page and "tel:023-41411111" in page and "铜梁站" not in page
    asked = own_page.OwnPage.by_token(own.rsplit("/", 1)[1])
    assert ServicePoint.nearest(asked.county_id, "璧山区八塘镇福里村", "别处").name == "八塘站"
    assert ServicePoint.nearest(asked.county_id, "", "七塘镇").name == "区就业局"
