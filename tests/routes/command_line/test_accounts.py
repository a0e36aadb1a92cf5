"""Accounts on the command line: who signs in and which tokens read figures, each made, listed, ended and audited."""

import pytest

from models.base.clock import utcnow
from models.schema import AccessToken, AuditEntry, ClerkTown, County, MarketDay, Organiser, SecondFactor
from routes.command_line import demo

PASSWORD = "赶场天去看一看工作吧"  # ten letters


@pytest.fixture
def run(app):
    """Return a function that runs a command as it is typed, and gives its exit code and what it says."""

    def run(*words: str, typed: str = "") -> tuple[int, str]:
        result = app.test_cli_runner().invoke(args=words, input=typed)
        return result.exit_code, result.output

    return run


@pytest.fixture
def add(run):
    def add(login: str, *words: str, password: str = PASSWORD):
        return run("user", "add", login, "--password", password, *words)

    return add


def audited() -> list[tuple[str, str, str]]:
    entries = AuditEntry.select().where(AuditEntry.thing == "").order_by(AuditEntry.id)
    return [(entry.who, entry.action, entry.what) for entry in entries]


def test_where_there_are_several_counties_one_has_to_be_named(run, add, fair):
    for words in (("token", "--name", "bureau"), ("enrol", "--booth", "1"), ("key", "new", "seal"), ("key", "list")):
        code, said = run(*words)
        assert code == 1 and "--county" in said and "璧山区 (500120), 铜梁区 (500151)" in said, words
    assert add("wang")[0] == 1 and not Organiser.get_or_none(login="wang")
    assert add("wang", "--county", "铜梁区")[0] == 0
    assert Organiser.get(login="wang").county == fair.elsewhere
    assert add("li", "--county", "重庆")[0] == 1


def test_a_county_is_named_by_its_division_or_its_office_too(add, fair):
    assert add("wang", "--county", "500120")[0] == add("li", "--county", fair.elsewhere.service_name)[0] == 0
    assert Organiser.get(login="wang").county == fair.county


def test_where_there_is_one_county_nobody_has_to_name_it(add, run, fair):
    Organiser.delete().where(Organiser.county == fair.elsewhere).execute()
    MarketDay.delete().where(MarketDay.county == fair.elsewhere).execute()
    fair.elsewhere.delete_instance()
    assert add("wang")[0] == run("token", "--name", "bureau")[0] == 0


def test_a_tablet_is_enrolled_at_a_booth_of_the_county_that_was_named(run, fair):
    MarketDay.update(date="2026-02-23").where(MarketDay.id == fair.other_day.id).execute()
    code, link = run("enrol", "--booth", "3", "--county", "璧山区")
    assert code == 0 and "/enrol#" in link
    assert run("enrol", "--booth", "3", "--county", "铜梁区") == (1, "Error: there is no such booth\n")


@pytest.mark.parametrize("password", ["", "123456789", "一二三四五六七八九"])
def test_a_password_has_ten_letters(add, run, fair, password):
    code, said = add("wang", "--county", "璧山区", password=password)
    assert code != 0 and not Organiser.get_or_none(login="wang")
    code, said = run("user", "password", "chen", "--password", password)
    assert code != 0 and Organiser.authenticate("chen", "market-day-24")


def test_the_demo_s_password_too(app, database, monkeypatch):
    monkeypatch.setenv("GANCHANG_DEMO_PASSWORD", "demo")
    result = app.test_cli_runner().invoke(demo.demo_command)
    assert result.exit_code == 1 and "GANCHANG_DEMO_PASSWORD" in result.output and not County.by_age()


def test_a_user_is_added_gets_a_new_password_and_is_removed(run, add, client, fair):
    assert add("wang", "--county", "璧山区") == (0, "wang can sign in\n")
    assert add("wang", "--county", "铜梁区")[0] == 1
    assert "wang\torganiser\t璧山区" in run("user", "list")[1]
    form = {"login": "wang", "password": PASSWORD}
    assert client.post("/sign-in", data=form).status_code == 303

    assert run("user", "password", "wang", "--password", "another-password")[0] == 0
    assert client.get("/organiser/market-days").status_code == 303  # it was signed in with the old one
    form["password"] = "another-password"
    assert client.post("/sign-in", data=form).status_code == 303

    assert run("user", "remove", "wang") == (0, "wang can sign in no more\n")
    assert client.get("/organiser/market-days").status_code == 303
    assert client.post("/sign-in", data=form).status_code == 422
    assert run("user", "remove", "wang")[0] == run("user", "password", "wang", "--password", PASSWORD)[0] == 1
    said = [row for row in audited() if row[0] == "command line"]
    assert said == [
        ("command line", "user_added", "wang, organiser"), ("command line", "password_changed", "wang"),
        ("command line", "user_removed", "wang"),
    ]  # fmt: skip


def test_who_comes_after_somebody_who_was_removed_is_not_taken_for_them(run, add, client, fair):
    add("wang", "--county", "璧山区")
    client.post("/sign-in", data={"login": "wang", "password": PASSWORD})
    gone = Organiser.get(login="wang").id
    run("user", "remove", "wang")
    add("li", "--county", "璧山区")
    assert Organiser.get(login="li").id != gone
    assert client.get("/organiser/market-days").status_code == 303


def test_a_token_is_made_listed_and_revoked(run, client, fair):
    code, said = run("token", "--name", "bureau", "--county", "璧山区")
    headers = {"Authorization": f"Bearer {said.strip()}"}
    assert code == 0 and client.get("/organiser/market-days.json", headers=headers).status_code == 200
    number = str(AccessToken.get().id)
    assert run("token", "list")[1].startswith(f"{number}\tbureau\t璧山区\t{utcnow().date()}")
    assert run("token", "revoke", number) == (0, f"the token {number} of bureau is revoked\n")
    assert client.get("/organiser/market-days.json", headers=headers).status_code == 401
    assert run("token", "revoke", number)[0] == run("token", "revoke", "99")[0] == 1
    assert run("token", "revoke", "9" * 30)[0] == run("token")[0] == 2
    assert [row[1:] for row in audited()] == [("token_made", "bureau"), ("token_revoked", "bureau")]


def test_a_town_clerk_gets_towns_of_the_county_and_nobody_else_does(add, fair):
    assert add("wang", "--county", "璧山区", "--role", "clerk")[0] == 1
    assert add("wang", "--county", "璧山区", "--role", "clerk", "--town", "500151100")[0] == 1
    assert add("wang", "--county", "璧山区", "--town", fair.town.code)[0] == 1
    assert add("wang", "--county", "璧山区", "--role", "clerk", "--town", fair.town.code)[0] == 0
    assert ClerkTown.codes_of(Organiser.get(login="wang")) == {fair.town.code}


def test_the_city_belongs_to_no_county(add, run, fair):
    assert add("wang", "--role", "city")[0] == 0
    assert Organiser.get(login="wang").county_id is None
    assert "wang\tcity\t-" in run("user", "list")[1]
    assert run("user", "password", "wang", "--password", "another-password")[0] == 0


def test_who_lost_the_telephone_signs_in_without_it(run, fair):
    assert run("user", "no-second-factor", "chen")[0] == 1
    SecondFactor.begin(fair.chen).confirm()
    assert run("user", "no-second-factor", "chen")[0] == 0
    assert SecondFactor.of(fair.chen) is None
    assert audited()[-1] == ("command line", "second_factor_off", "chen")
