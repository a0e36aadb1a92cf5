"""How far one enrolled tablet gets: its own county, market day and booth (docs/protocol.md), tried from outside."""

from datetime import date, datetime
from uuid import UUID, uuid4

import pytest

from models.figures.summary import figures
from models.market.offer import Offer, new_vacancy
from models.phone.registration import _derived
from models.quarantine.case import Case, NotAllowed
from models.quarantine.decide import settle
from models.schema import Booth, Candidate, CheckIn, Consent, MarketDay, Operation, PassRange, Vacancy
from tests.routes.kiosk.test_sync import outcomes

LATER = "2026-02-24T09:20:00+08:00"


@pytest.fixture
def person(operation):
    """Return a function that registers a candidate."""

    def person(seq: int = 1, id: str | None = None, **changes: object) -> dict:
        data = {"name": "欧阳娜娜", "birth_year": 1970, "trades": ["sewing"], "wanted_place": "town", "sex": "female"}
        return operation(seq, "candidate.registered", id, **data | changes)

    return person


@pytest.fixture
def town(fair, enrol, operation, person):
    """A morning at booth 1: forty people with a paper pass each, tied to a vacancy; the first is hired."""
    tablet = enrol(fair.clothing)
    people = [person(seq, pass_=fair.passes[seq]) for seq in range(1, 41)]
    ties = [
        operation(40 + seq, "check_in.recorded", candidate=one["id"], vacancy=fair.sewing.number)
        for seq, one in enumerate(people, start=1)
    ]
    tablet.sync(*people, *ties, operation(81, "check_in.progressed", check_in=ties[0]["id"], stage="hired"))
    fair.people, fair.ties, fair.tablet = [one["id"] for one in people], [tie["id"] for tie in ties], tablet
    return fair


def count(day: MarketDay) -> dict:
    whose = ("as_of", "tablets", "complete", "waiting")  # of the strangers' own tablets
    return {name: value for name, value in figures(MarketDay.get_by_id(day.id)).items() if name not in whose}


@pytest.fixture
def strangers(town, enrol):
    """Tablets from which the town's morning is none of their business, by what they are strangers by."""
    later = MarketDay.create(county=town.county, town=town.town, date=date(2026, 2, 27))
    return {
        "booth": enrol(town.kitchen),
        "day": enrol(Booth.create(market_day=later, number=1, name="山城制衣厂")),
        "county": enrol(town.other_booth),
    }


@pytest.mark.parametrize("who", ["day", "county"])
def test_guessed_numbers_of_another_day_tell_nothing_and_link_with_nobody(town, strangers, operation, who):
    before = count(town.day)
    guesses = [operation(seq, "visit.recorded", pass_=number) for seq, number in enumerate(town.passes, start=1)]

    answer = strangers[who].sync(*guesses)

    assert set(outcomes(answer)) == {("attention", "pass_other_day")}
    assert "欧阳" not in answer.text and not any(id in answer.text for id in town.people)
    assert count(town.day) == before
    own = strangers[who].tablet.market_day
    assert count(own)["persons"] == len(guesses)  # as many as came, and none of them anybody


@pytest.mark.parametrize("who", ["day", "county"])
@pytest.mark.parametrize("kind", ["check_in.recorded", "candidate.registered", "pass.bound"])
def test_nor_does_any_other_fact_with_a_guessed_number(town, strangers, person, operation, who, kind):
    before, stranger = count(town.day), strangers[who]
    offered = new_vacancy(stranger.tablet.booth, title="杂工", trade="cook",
                             openings=99)  # fmt: skip
    own = person(1, name="张三")
    guesses = {
        "check_in.recorded": lambda seq, number: operation(seq, kind, pass_=number, vacancy=offered.number),
        "candidate.registered": lambda seq, number: person(seq, name=f"张{seq}", pass_=number),
        "pass.bound": lambda seq, number: operation(seq, kind, pass_=number, candidate=own["id"]),
    }[kind]

    answer = stranger.sync(own, *(guesses(seq, number) for seq, number in enumerate(town.passes[:60], start=2)))
    everything = [answer.text, stranger.sync().text, stranger.browser.get("/kiosk/snapshot?own=1").text]

    assert answer.json["acknowledged"] == 61
    assert not [told for told in everything if "欧阳" in told or any(id in told for id in town.people)]
    assert count(town.day) == before
    assert Candidate.select().where(Candidate.name == "欧阳娜娜", Candidate.person.in_(town.people)).count() == 40


@pytest.mark.parametrize("who", ["booth", "day", "county"])
def test_giving_others_passes_to_one_person_merges_nobody(town, strangers, person, operation, who):
    before = count(town.day)
    somebody = person(1, name="张三")
    taken = [
        operation(seq, "pass.bound", pass_=number, candidate=somebody["id"], at=LATER)
        for seq, number in enumerate(town.passes[1:41], start=2)
    ]

    answer = strangers[who].sync(somebody, *taken)

    reason = "pass_taken" if who == "booth" else "pass_out_of_reach"
    assert outcomes(answer)[1:] == [("waiting", reason)] * 40
    own = 1 if who == "booth" else 0
    after = count(town.day)
    assert (after["persons"], after["visits"]) == (before["persons"] + own, before["visits"] + own)
    assert after["registered"] == before["registered"] + own
    assert len({one.person for one in Candidate.select()}) == 41


@pytest.mark.parametrize("who", ["booth", "day", "county"])
@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("check_in.progressed", "check_in_other_booth"),
        ("check_in.withdrawn", "check_in_other_booth"),
        ("candidate.amended", "candidate_other_booth"),
        ("candidate.registered", "id_taken"),
        ("pass.bound", "candidate_other_booth"),
        ("consent.given", "candidate_other_booth"),
        ("consent.withdrawn", "candidate_other_booth"),
        ("vacancy.filled", None),
        ("vacancy.reopened", None),
    ],
)
def test_what_is_not_its_own_a_tablet_cannot_change(town, strangers, operation, who, kind, reason):
    before, candidate = count(town.day), Candidate.get_by_id(town.people[0])
    own = Vacancy.select().join(Offer).where(Offer.booth == strangers[who].tablet.booth_id).first()
    offered = own.number if own else town.sewing.number
    data = {
        "check_in.progressed": {"check_in": town.ties[1], "stage": "hired"},
        "check_in.withdrawn": {"check_in": town.ties[0]},
        "candidate.amended": {"id": candidate.id, "name": "李四", "phone": "13900000000", "based_on": 1},
        "candidate.registered": {"id": candidate.id, "name": "李四", "birth_year": 1999, "phone": "13900000000"},
        "pass.bound": {"candidate": candidate.id, "pass": PassRange.reserve(strangers[who].tablet.market_day, 1).first},
        "consent.given": {"candidate": candidate.id, "vacancy": offered},
        "consent.withdrawn": {"candidate": candidate.id, "vacancy": offered},
        "vacancy.filled": {"vacancy": town.sewing.number},
        "vacancy.reopened": {"vacancy": town.sewing.number},
    }[kind]

    ((outcome, why),) = outcomes(strangers[who].sync(operation(1, kind, **data)))

    assert outcome == "waiting" and why in (reason, "vacancy_other_booth", "vacancy_other_day")
    assert count(town.day) == before
    unchanged = Candidate.get_by_id(candidate.id)
    assert (unchanged.name, unchanged.phone, unchanged.identity) == (candidate.name, None, candidate.identity)
    assert not Consent.select().exists() and not Vacancy.get_by_id(town.sewing.id).closed


@pytest.mark.parametrize("kind", ["candidate.registered", "check_in.recorded"])
@pytest.mark.parametrize("who", ["booth", "day", "county"])
def test_nobody_takes_anothers_number_by_an_earlier_time(town, strangers, person, operation, who, kind):
    """The log that was enrolled first has the number, whatever time the other gives."""
    early, before = "2026-02-24T06:00:00+08:00", count(town.day)
    own = strangers[who].tablet
    if kind == "candidate.registered":
        forged = person(1, town.people[0], name="李四", birth_year=1999, at=early)
    else:
        span = PassRange.reserve(own.market_day, 1).numbers()
        number = Vacancy.free_number()
        new_vacancy(own.booth, number=number, title="杂工", trade="cook", openings=9)
        forged = operation(1, kind, town.ties[0], early, pass_=span[0], vacancy=number)

    assert outcomes(strangers[who].sync(forged)) == [("waiting", "id_taken")]

    after = count(town.day)
    assert after["reached"] == before["reached"] and after["persons"] == before["persons"]
    assert Candidate.get_by_id(town.people[0]).name == "欧阳娜娜"
    assert CheckIn.get(person=town.people[0]).stage == "hired"


def test_the_first_enrolled_keeps_its_number_also_when_it_syncs_last(fair, enrol, person):
    first, second = enrol(fair.clothing), enrol(fair.kitchen)
    id = str(uuid4())

    second.sync(person(1, id, name="李四"))
    first.sync(person(1, id, name="王五"))

    assert Candidate.get_by_id(id).name == "王五"
    assert Operation.get(log=second.tablet.id).reason == "id_taken"
    assert count(fair.day)["visits"] == 1


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_an_impossible_time_shuts_nobodys_booth(app, town, enrol, operation, at):
    other, desk = enrol(town.kitchen), enrol(town.desk)
    desk.sync(operation(1, "check_in.recorded", at=at, pass_=town.passes[60], vacancy=town.cook.number))

    assert other.sync().status_code == 200
    assert other.browser.get("/kiosk/snapshot").status_code == 200
    office = app.test_client(user=town.chen)
    assert office.get(f"/organiser/market-days/{town.day.id}/quarantine").status_code == 200
    assert office.get(f"/organiser/market-days/{town.day.id}/summary").status_code == 200


@pytest.mark.parametrize("sent_at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_nor_does_a_wild_clock(app, town, operation, sent_at):
    seen = operation(82, "check_in.recorded", pass_=town.passes[70], vacancy=town.sewing.number)
    assert town.tablet.sync(seen, sent_at=sent_at).status_code == 200
    assert town.tablet.sync().status_code == 200
    assert town.tablet.browser.get("/kiosk/snapshot?own=1").status_code == 200
    office = app.test_client(user=town.chen)
    for page in ("quarantine", "summary", "summary.json", "tablets", f"quarantine/{town.tablet.tablet.id}/82"):
        assert office.get(f"/organiser/market-days/{town.day.id}/{page}").status_code == 200


@pytest.mark.parametrize(
    ("topic", "number", "waits"),
    [("leaflet", 1000, False), ("leaflet", -100, False), ("leaflet", 1001, True), ("visitor", -101, True),
     ("visitor", -1_000_000, True), ("=cmd", 1, True)],
)  # fmt: skip
def test_a_count_that_no_booth_makes_waits(town, operation, topic, number, waits):
    answer = town.tablet.sync(operation(82, "tally.counted", topic=topic, count=number))

    assert outcomes(answer) == [("waiting", "tally_unusual") if waits else ("applied", None)]
    assert count(town.day)["tallies"].get(topic, 0) == (0 if waits else number)


def test_million_after_million_is_no_error(town, operation):
    for start in range(82, 2582, 500):
        facts = [operation(seq, "tally.counted", topic="visitor", count=1_000_000) for seq in range(start, start + 500)]
        assert town.tablet.sync(*facts).status_code == 200


def test_a_mark_does_not_depend_on_what_came_in_the_same_batch(fair, enrol, operation):
    facts = [
        operation(1, "referral.made", candidate="nobody"),
        operation(2, "tally.counted", topic="leaflet", count=1),
        operation(3, "umbrella.lent", candidate=7),
        operation(4, "tally.counted", topic="policy", count=2),
    ]
    one, other = enrol(fair.clothing), enrol(fair.clothing)
    together = outcomes(one.sync(*facts))
    alone = [outcome for fact in facts for outcome in outcomes(other.sync(fact))]

    assert together == alone


def test_by_a_number_alone_a_booth_hears_the_surname_and_the_trades(town, enrol, operation):
    kitchen = enrol(town.kitchen)
    answer = kitchen.sync(operation(1, "visit.recorded", pass_=town.passes[1]))

    (told,) = [change["data"] for change in answer.json["changes"] if change["kind"] == "candidate"]
    assert (told["name"], told["birth_year"], told["sex"], told["trades"]) == ("欧阳", None, None, ["sewing"])
    assert (told["phone_end"], told["consents"], told["void_passes"]) == ("", [], [])
    assert told["passes"] == [town.passes[1]]

    answer = kitchen.sync(
        operation(2, "check_in.recorded", pass_=town.passes[1], vacancy=town.cook.number), cursor=answer.json["cursor"]
    )
    (told,) = [change["data"] for change in answer.json["changes"] if change["kind"] == "candidate"]
    assert (told["name"], told["birth_year"]) == ("欧阳娜娜", 1970)
    assert told.keys() == {  # no phone, no groups
        "person", "name", "birth_year", "phone_end", "sex", "trades", "wanted_place", "work_kinds", "education",
        "passes", "void_passes", "consents", "version",
    }  # fmt: skip


def test_what_waits_takes_effect_when_it_comes_into_reach(town, enrol, operation):
    kitchen = enrol(town.kitchen)
    amended = operation(1, "candidate.amended", town.people[2], name="欧阳楠", based_on=1)
    assert outcomes(kitchen.sync(amended)) == [("waiting", "candidate_other_booth")]

    kitchen.sync(operation(2, "visit.recorded", candidate=town.people[2]))

    assert Candidate.get_by_id(town.people[2]).name == "欧阳楠"
    assert Operation.get(log=kitchen.tablet.id, seq=1).outcome == "applied"


@pytest.mark.parametrize("kind", ["candidate.amended", "consent.given"])
def test_of_two_that_wait_for_one_person_only_what_is_in_reach_has_an_effect(fair, enrol, operation, person, kind):
    """The first of them was derived while the other stood without a remark, and so the other took effect too."""
    clothing, kitchen = enrol(fair.clothing), enrol(fair.kitchen)
    here = person(1, pass_=fair.passes[1])
    mine = operation(1, "candidate.amended", here["id"], sex="male", based_on=1, at=LATER)
    theirs = {
        "candidate.amended": operation(1, kind, here["id"], birth_year=1990, based_on=2, at=LATER),
        "consent.given": operation(1, kind, candidate=here["id"], vacancy=fair.cook.number, at=LATER),
    }[kind]
    clothing.sync(mine, operation(2, "consent.given", candidate=here["id"], vacancy=fair.sewing.number, at=LATER))
    assert outcomes(kitchen.sync(theirs)) == [("waiting", "candidate_unknown")]

    clothing.sync(here | {"seq": 3})

    assert Operation.get(log=kitchen.tablet.id, seq=1).reason == "candidate_other_booth"
    candidate = Candidate.get_by_id(here["id"])
    assert (candidate.sex, candidate.birth_year, candidate.version) == ("male", 1970, 2)
    assert [consent.vacancy for consent in Consent.select()] == [fair.sewing.number]


@pytest.mark.parametrize("first", ["clothing", "kitchen"])
def test_nobody_takes_the_number_of_anothers_consent(fair, enrol, operation, person, first):
    """A consent is its candidate's: another's with the same number stands beside it, whichever came first."""
    id, given = str(uuid4()), {}
    for booth, vacancy in ((fair.clothing, fair.sewing), (fair.kitchen, fair.cook)):
        somebody = person(1, name=booth.name)
        fact = operation(2, "consent.given", id, candidate=somebody["id"], vacancy=vacancy.number)
        given["clothing" if booth == fair.clothing else "kitchen"] = (enrol(booth), somebody, fact)
    for name in sorted(given, key=lambda name: name != first):
        tablet, *facts = given[name]
        assert outcomes(tablet.sync(*facts)) == [("applied", None)] * 2

    assert {(str(one.candidate), one.vacancy) for one in Consent.select()} == {
        (somebody["id"], fact["data"]["vacancy"]) for _, somebody, fact in given.values()
    }


def test_an_organiser_accepts_within_the_county_and_never_beyond_it(town, strangers, operation):
    hired = {"check_in": town.ties[1], "stage": "hired"}
    for who in ("booth", "county"):
        strangers[who].sync(operation(1, "check_in.progressed", **hired))
    near, far = (strangers[who].tablet for who in ("booth", "county"))

    Case.find(near.market_day, near.id, 1).decide("accepted", "chen")
    assert count(town.day)["reached"]["hired"] == 2

    with pytest.raises(NotAllowed):
        Case.find(far.market_day, far.id, 1).decide("accepted", "neighbour")
    settle((near.id, 1), "set_aside", "chen")
    settle((far.id, 1), "accepted", "neighbour")  # whatever made it possible: it moves nothing
    assert count(town.day)["reached"]["hired"] == 1
    assert Operation.get(log=far.id, seq=1).outcome == "waiting"


def test_the_phones_ids_cannot_be_worked_out(fair):
    candidate = str(uuid4())
    other = MarketDay.get_by_id(fair.other_day.id)

    assert _derived(fair.day, candidate, "check-in") == _derived(fair.day, candidate, "check-in")
    assert _derived(fair.day, candidate, "check-in") != _derived(other, candidate, "check-in")


@pytest.mark.parametrize("who", ["booth", "day", "county"])
def test_nobody_is_made_a_child_by_another_log(town, strangers, person, who):
    before = count(town.day)

    answer = strangers[who].sync(person(1, town.people[0], birth_year=2015))

    assert outcomes(answer) == [("waiting", "id_taken")]
    assert count(town.day) == before


def test_a_child_of_the_log_that_has_the_right_is_one_whichever_came_first(fair, enrol, person):
    first, second = enrol(fair.clothing), enrol(fair.kitchen)
    child, grown = str(uuid4()), str(uuid4())

    second.sync(person(1, child), person(2, grown, birth_year=2015))
    first.sync(person(1, child, birth_year=2015), person(2, grown))

    reasons = {(op.tablet_id, op.seq): op.reason for op in Operation.select()}
    assert reasons[first.tablet.id, 1] == reasons[second.tablet.id, 1] == "under_16"
    assert (reasons[first.tablet.id, 2], reasons[second.tablet.id, 2]) == (None, "id_taken")
    assert [one.id for one in Candidate.select()] == [grown]


def test_a_tablet_of_an_earlier_day_takes_no_id_that_was_made_today(fair, enrol, person, operation):
    """Its log is the older one; the id says on which day it was made."""
    past = MarketDay.create(county=fair.county, town=fair.town, date=date(2026, 2, 20))
    stranger = enrol(Booth.create(market_day=past, number=1, name="山城制衣厂"))
    made_ms = int(datetime.fromisoformat(fair.nine).timestamp() * 1000)
    id = str(UUID(int=made_ms << 80 | 7 << 76 | 2 << 62 | 5))
    enrol(fair.clothing).sync(person(1, id))
    before = count(fair.day)

    assert outcomes(stranger.sync(person(1, id, name="李四"))) == [("waiting", "id_taken")]
    assert count(fair.day) == before and Candidate.get_by_id(id).name == "欧阳娜娜"


@pytest.mark.parametrize("decided_first", [True, False])
def test_a_taken_number_is_free_when_what_had_it_is_set_aside(fair, enrol, operation, decided_first):
    one, other, id = enrol(fair.clothing), enrol(fair.kitchen), str(uuid4())
    one.sync(operation(1, "check_in.recorded", id, pass_=fair.passes[0], vacancy=fair.sewing.number))
    second = operation(1, "check_in.recorded", id, pass_=fair.passes[1], vacancy=fair.cook.number)

    steps = [lambda: settle((one.tablet.id, 1), "set_aside", "chen"), lambda: other.sync(second)]
    for step in steps if decided_first else reversed(steps):
        step()

    assert Operation.get(log=other.tablet.id, seq=1).outcome == "applied"


def test_the_office_of_the_other_county_reads_no_name_of_ours(app, town, enrol, operation):
    stranger = enrol(town.other_booth)
    stranger.sync(
        operation(1, "candidate.amended", town.people[0], phone="13900000000", based_on=1),
        operation(2, "check_in.progressed", check_in=town.ties[1], stage="hired"),
        operation(3, "pass.bound", pass_=town.passes[2], candidate=town.people[2]),
        operation(4, "visit.recorded", pass_=town.passes[3]),
    )
    office, list = app.test_client(user=town.neighbour), f"/organiser/market-days/{town.other_day.id}/quarantine"

    pages = [list, *(f"{list}/{stranger.tablet.id}/{seq}" for seq in range(1, 5))]

    answers = [office.get(page) for page in pages]
    assert {answer.status_code for answer in answers} == {200}
    assert not [page for page, answer in zip(pages, answers, strict=True) if "欧阳" in answer.text]
