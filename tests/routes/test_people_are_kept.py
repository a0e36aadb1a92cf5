"""200 people of known names and phones: every page and export, as every role, shows each of them only where it may.

Names are shown to organisers of the county and to the clerks of the town, on the pages about people. A phone is shown
on a list that was handed to an employer with whom its owner agreed, and when somebody opens it for a purpose.
"""

import re
from uuid import uuid4

import pytest

from models import schema as models
from models.desk.handed_list import hand_over
from models.intake.ingest import record
from routes.office import call_lists
from tests.effort import DEEP
from tests.routes.test_every_route import PUBLIC, address, rules
from tests.routes.test_no_names import words_of

__all__ = ["address"]  # a fixture

COUNT = 200
NAME, PHONE = re.compile("歐陽.."), re.compile(r"139\d{8}")
# On these pages people of the county are named, by whose role: "all" of the county, "town": of the clerk's towns.
NAMING = {
    "people.index", "people.show", "day_people.index", "same_people.index", "call_lists.show", "call_lists.export",
    "person_corrections.edit",
}  # fmt: skip
CALLED = {"call_lists.show", "call_lists.export"}
EACH_OF_ITS_KIND = ("nobody", "reader", "clerk", "chen")
ROLES = ("nobody", "reader", "reviewer", "city", "clerk", "other_clerk", "chen", "neighbour")


class Known:
    """One of the 200: where they were registered, and whether they agreed with the factory."""

    def __init__(self, place: int, day: object, agreed: bool) -> None:
        self.id, self.day, self.agreed = str(uuid4()), day, agreed
        self.name = "歐陽" + chr(0x3400 + 2 * place) + chr(0x3401 + 2 * place)  # in no word of any page
        self.phone = f"139{place:04d}{9999 - place:04d}"


@pytest.fixture
def known(fair, operation, monkeypatch):
    """Register 200 people: in the clerk's town, in another town of the county, in another county; half agreed."""
    town = models.Division.get_by_id("500120199")
    elsewhere = models.MarketDay.create(county=fair.county, town=town, date=fair.day.date)
    days = (fair.day, elsewhere, fair.other_day)
    people = [Known(place, days[place % 3], place % 3 == 0 and place % 2 == 0) for place in range(COUNT)]
    for day in days:
        mine = [one for one in people if one.day is day]
        record(day, [
            operation(0, "candidate.registered", id=one.id, name=one.name, birth_year=1970, phone=one.phone)
            for one in mine
        ])  # fmt: skip
        record(day, [
            fact for one in mine if one.day is fair.day for fact in (
                operation(0, "check_in.recorded", candidate=one.id, vacancy=fair.sewing.number),
                *([operation(0, "consent.given", candidate=one.id, vacancy=fair.sewing.number)] if one.agreed else []),
            )
        ] or [operation(0, "tally.counted", topic="visitor", count=1)])  # fmt: skip
    monkeypatch.setattr(call_lists, "today_in", lambda _: fair.day.date)
    return people


def shown(app, who, where: str, people: list[Known]) -> tuple[set[str], set[str]]:
    """Return whose names and whose phones an answer shows."""
    browser = app.test_client() if who is None else app.test_client(user=models.Organiser.get_by_id(who.id))
    said = words_of(browser.get(where))
    names, phones = set(NAME.findall(said)), set(PHONE.findall(said))
    return {one.id for one in people if one.name in names}, {one.id for one in people if one.phone in phones}


def is_asked(role: str, endpoint: str) -> bool:
    """Say whether a role is asked for a page: by day those who see the same as another only for pages about people.

    Public pages are the same for everybody, so nobody in particular asks for them.
    """
    return DEEP or endpoint in NAMING or (role == "nobody" if endpoint in PUBLIC else role in EACH_OF_ITS_KIND)


def of(role: str, fair, people: list[Known]) -> set[str]:
    """Return whose names a role may be shown at all."""
    mine = {
        "chen": lambda one: one.day.county_id == fair.county.id,
        "clerk": lambda one: one.day.county_id == fair.county.id and one.day.town_id == fair.town.code,
        "other_clerk": lambda one: one.day.county_id == fair.county.id and one.day.town_id != fair.town.code,
        "neighbour": lambda one: one.day.county_id == fair.elsewhere.id,
    }.get(role, lambda _: False)
    return {one.id for one in people if mine(one)}


def addresses(app, fair, address, people: list[Known], made: int) -> dict[str, str]:
    """Return every address to ask, with its endpoint: each route, and the pages of people by each of some of them."""
    found = {address(rule): rule.endpoint for rule in rules(app, "GET") if rule.endpoint != "sessions.destroy"}
    lists = f"/organiser/employers/{fair.factory.id}/call-lists/{made}"
    found |= {"/organiser/people?q=歐": "people.index", lists: "call_lists.show", f"{lists}.xlsx": "call_lists.export"}
    for one in people[:3]:
        found[f"/organiser/people/{one.id}"] = "people.show"
        found[f"/organiser/people/{one.id}/registrations/{one.id}/edit"] = "person_corrections.edit"
        found[f"/organiser/people?q={one.phone}"] = "people.index"
        found[f"/organiser/market-days/{one.day.id}/people?print=yes"] = "day_people.index"
    return found


def test_each_is_shown_only_where_consent_role_and_purpose_allow(app, fair, known, address):
    made = hand_over(fair.factory, [fair.sewing.number], "面试", "周老板", "chen", fair.day.date).id
    asked = addresses(app, fair, address, known, made)
    agreed = {one.id for one in known if one.agreed}
    seen: dict[str, set[str]] = {}
    for role in ROLES:
        who, may = getattr(fair, role, None), of(role, fair, known)
        for where, endpoint in asked.items():
            if not is_asked(role, endpoint):
                continue
            names, phones = shown(app, who, where, known)
            typed = {one.id for one in known if one.phone in where}  # a page repeats what was typed
            assert names <= (may if endpoint in NAMING else set()), (role, where)
            called = agreed if endpoint in CALLED and role == "chen" else set()
            assert phones - typed <= called, (role, where)
            seen[role] = seen.get(role, set()) | names
    assert seen["chen"] == of("chen", fair, known) and seen["clerk"] == of("clerk", fair, known)
    assert {role for role, names in seen.items() if not names} == {"nobody", "reader", "reviewer", "city"}
    assert shown(app, fair.chen, f"/organiser/employers/{fair.factory.id}/call-lists/{made}", known) == (agreed, agreed)


def test_a_phone_is_opened_one_by_one_by_who_may(app, fair, known):
    one, other, foreign = known[:3]
    for role in ROLES:
        who, may = getattr(fair, role, None), of(role, fair, known)
        browser = app.test_client() if who is None else app.test_client(user=models.Organiser.get_by_id(who.id))
        for each in (one, other, foreign):
            said = words_of(browser.post(f"/organiser/people/{each.id}/phone", data={"purpose": "回访"}))
            phones = {known_one.id for known_one in known if known_one.phone in said}
            assert phones == ({each.id} if each.id in may else set()), role
    opened = models.AuditEntry.select().where(models.AuditEntry.what == "phone")
    assert {(entry.who, entry.why) for entry in opened} == {
        (login, "回访") for login in ("chen", "gao", "luo", "neighbour")
    }
