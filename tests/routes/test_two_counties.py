"""Two counties in one installation: nothing of one shows in the other, on any page of the office or for phones."""

import pytest

from models import schema as models
from models.keys.pass_key import PassKey
from models.keys.seal import SealKey
from models.market.market_rule import MarketRule
from routes.command_line.commands import county_command

BISHAN = ("璧山", "八塘", "山城制衣厂", "来凤鱼庄", "熨烫工")
TONGLIANG = ("铜梁", "安居", "灯笼工", "龙灯厂")


@pytest.fixture
def both(app, fair):
    """The cast with the second county in a town of its own, and a set-up of every kind on both sides."""
    town = models.Division.create(code="500151100", name="安居镇", parent="500151", level="township")
    models.MarketDay.update(town=town).where(models.MarketDay.id == fair.other_day.id).execute()
    models.Vacancy.update(place="安居镇").where(models.Vacancy.id == fair.stranger.id).execute()
    models.Employer.create(county=fair.elsewhere, name="铜梁龙灯厂")
    for county, place in ((fair.county, fair.town), (fair.elsewhere, town)):
        MarketRule.create(town=place, digits="3-6-9", confirmed_by=county.name)
        models.ServicePoint.create(county=county, town=place, name=f"{place.name}站", address=f"{place.name}正街")
    return fair


def _pages(app, browser, day, booth, vacancy) -> dict[str, str]:
    """Return the text of every page of the office that the county has, by its address."""
    employer = models.Employer.select().where(models.Employer.county == day.county).first()
    known = {
        "market_day_id": day.id, "number": booth.number, "vacancy_number": vacancy.number, "employer_id": employer.id,
        "town": day.town_id, "rule_id": MarketRule.get(town=day.town_id).id,
        "point_id": models.ServicePoint.get(county=day.county).id,
    }  # fmt: skip
    found = {}
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.rule.startswith("/organiser") and rule.arguments <= known.keys():
            with app.test_request_context():
                address = app.url_for(rule.endpoint, **{name: known[name] for name in rule.arguments})
            answer = browser.get(address)
            if answer.status_code == 200 and not answer.mimetype.startswith("application/vnd"):
                found[address] = answer.text
    return found


def test_no_page_of_the_office_shows_anything_of_the_other_county(app, both):
    fair = both
    mine = _pages(app, app.test_client(user=fair.chen), fair.day, fair.clothing, fair.sewing)
    theirs = _pages(app, app.test_client(user=fair.neighbour), fair.other_day, fair.other_booth, fair.stranger)
    assert len(mine) >= 20 and len(theirs) >= 20
    for pages, own, foreign in ((mine, BISHAN[0], TONGLIANG), (theirs, TONGLIANG[0], BISHAN)):
        named = {address: page for address, page in pages.items() if "text/html" in page or "<html" in page}
        without = [address for address, page in named.items() if own not in page and "design" not in address]
        assert without == []
        for address, page in pages.items():
            assert not [word for word in foreign if word in page], address


def test_no_phone_page_shows_anything_of_the_other_county(client, both, sign_up):
    fair = both
    own = sign_up().headers["Location"]
    mine = (f"/m/{fair.day.id}", f"/b/{fair.clothing.id}", f"/v/{fair.sewing.number}", own)
    client.delete_cookie("ganchang_me")
    theirs = (f"/m/{fair.other_day.id}", f"/b/{fair.other_booth.id}", f"/v/{fair.stranger.number}")
    for pages, own_word, foreign in ((mine, BISHAN[0], TONGLIANG), (theirs, TONGLIANG[0], BISHAN)):
        for address in pages:
            page = client.get(address).text
            assert own_word in page and not [word for word in foreign if word in page], address


def test_a_page_of_no_county_names_none_and_the_front_page_asks_which(client, both):
    for address in ("/v", "/v/0000000", "/p/1", "/sign-in"):
        page = client.get(address, follow_redirects=True).text
        assert not [word for word in (*BISHAN, *TONGLIANG) if word in page], address
    assert client.get("/").headers["Location"].endswith("/counties")
    page = client.get("/counties").text
    assert "璧山区" in page and "铜梁区" in page


def test_a_candidate_of_one_county_is_nobody_in_the_other(client, both, sign_up):
    sign_up(name="欧阳多多")
    page = client.get(f"/v/{both.stranger.number}").text
    assert "欧阳多多" not in page and 'name="birth_year"' in page


def test_a_second_county_is_set_up_with_its_keys_and_towns(app, database):
    run = app.test_cli_runner().invoke
    assert run(county_command, ["璧山区公共就业服务中心", "500120"]).exit_code == 0
    MarketRule.delete().where(MarketRule.town == "500120100").execute()
    second = run(county_command, ["开州区就业局", "500154"])
    assert second.exit_code == 0 and "towns" in second.output
    assert not MarketRule.get_or_none(town="500120100")  # what an organiser deleted does not come back
    first, county = models.County.by_age()
    assert models.County.only() is None
    for key in (PassKey, SealKey):
        assert key.newest(first) and key.newest(county) and key.newest(first) != key.newest(county)
    assert MarketRule.get(town="500154117").calendar == "daily" and not MarketRule.get(town="500154117").is_confirmed


@pytest.mark.parametrize("division", ["500105", "500120100", "999999"])
def test_no_county_is_set_up_on_a_code_that_ended_or_is_none(app, database, division):
    assert app.test_cli_runner().invoke(county_command, ["某局", division]).exit_code == 1
    assert not models.County.by_age()


def test_a_county_is_set_up_once(app, database):
    run = app.test_cli_runner().invoke
    assert run(county_command, ["璧山区公共就业服务中心", "500120"]).exit_code == 0
    assert run(county_command, ["另一个", "500120"]).exit_code == 1
