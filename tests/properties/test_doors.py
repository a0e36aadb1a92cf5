"""From door to door, in any order of batches, repeats, changes of the set-up and decisions: one state, counted once."""

from collections import Counter
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import schema as models
from models.base.database import db
from models.intake.ingest import ingest
from models.kiosk.survey_set_up import change_round, change_survey, make_round
from models.quarantine.decide import put_back, settle
from models.surveys.roster import read_roster, take_in
from models.surveys.survey_answer import Answer, Entry, latest_of, store
from models.surveys.survey_list import figures_of
from tests.effort import examples
from tests.properties.state import assert_alike, state
from tests.properties.test_convergence import REST, deliver, orders

FIRST, LAST = date(2026, 2, 23), date(2026, 2, 24)
VILLAGES = ("石院村", "接龙村", "青杠村")
PLANS = ("stay", "go_out", "train")
LEGIBLE = ("survey.answered", "survey.attempted", "survey.withdrawn")


@pytest.fixture
def world(fair) -> SimpleNamespace:
    """A survey of six people in three villages; two tablets of a round in the first two, one of a stand."""
    dates = {"begins_on": FIRST, "ends_on": LAST}
    survey = models.Survey.create(county=fair.county, name="打算", made_by="chen", **dates)
    lines = [f"{n},王{n},,{VILLAGES[n % 3]},是" for n in range(6)]
    take_in(survey, fair.county, read_roster("\n".join(["编号,姓名,电话,村,同意联系", *lines]).encode()))
    found = make_round(survey, fair.day, "一组", VILLAGES[:2])
    booths = (found.booth, found.booth, fair.clothing)
    tablets = [models.Tablet.enlist(booth, letter=letter) for booth, letter in zip(booths, "ABC", strict=True)]
    people = {str(one.bureau_id): str(one.id) for one in models.SurveyPerson.select()}
    return SimpleNamespace(survey=survey, round=found, tablets=tablets, people=[people[str(n)] for n in range(6)])


class Doors:
    """Draws logs that name the same few people and calls."""

    def __init__(self, draw: st.DrawFn, people: list[str]) -> None:
        self.draw, self.calls, self.minted = draw, [], 0
        self.people = [*people, "f" * 8 + "-0000-4000-8000-" + "0" * 12]
        self.logs = [[{"seq": seq} | self._fact() for seq in range(1, draw(st.integers(0, 9)) + 1)] for _ in range(3)]

    def _fact(self) -> dict:
        known = [op for _, op in self.calls]
        if known and self.draw(st.integers(0, 6)) == 0:
            return self._one_of(known)  # the same again, in whichever log
        kind = self._one_of((*LEGIBLE, "survey.answered", "tally.counted"))
        self.minted += 1
        on, minute = self._one_of((22, 23, 24, 24, 25)), self.draw(st.integers(0, 9))
        moment = datetime(2026, 2, on, 8) + timedelta(minutes=minute)
        op = {"id": f"{self.minted:08x}-0000-4000-8000-000000000000", "kind": kind, "operator": None,
              "at": f"{moment.isoformat()}+08:00"}  # fmt: skip
        person = self._one_of(self.people)
        if kind == "tally.counted":
            return op | {"data": {"topic": "leaflet", "count": 1}}
        if kind == "survey.withdrawn":
            of, call = self._one_of(self.calls) if self.calls else (person, op)
            return op | {"data": {"person": self._one_of((of, of, person)), "call": call["id"]}}
        said = {"intention": self._one_of((*PLANS, "emigrate"))} if kind == "survey.answered" else {"result": "moved"}
        op |= {"data": {"person": person} | said}
        self.calls.append((person, op))
        return op

    def _one_of(self, values: object) -> object:
        return self.draw(st.sampled_from(values))


def counted(world: SimpleNamespace, logs: list[list[dict]], villages: tuple[str, ...], last: date) -> dict[str, str]:
    """Work out slowly what each person's answer is, by the facts alone."""
    reach = {person for n, person in enumerate(world.people) if VILLAGES[n % 3] in villages}
    facts = []
    for letter, ops in zip("AB", logs[:2], strict=True):
        clock = ""
        for op in ops:
            clock = max(clock, op["at"])
            on, data = date.fromisoformat(clock[:10]), op["data"]
            is_read = op["kind"] in LEGIBLE and data.get("intention") != "emigrate"
            if is_read and data["person"] in reach and FIRST <= on <= last:
                facts.append((clock, letter, op["seq"], op))
    gone = {(op["data"]["person"], op["data"]["call"]) for *_, op in facts if op["kind"] == "survey.withdrawn"}
    first: dict[tuple, tuple] = {}
    for clock, *_, op in sorted(facts, key=lambda fact: fact[:3]):
        if op["kind"] == "survey.answered" and (op["data"]["person"], op["id"]) not in gone:
            first.setdefault((op["data"]["person"], op["id"]), (clock, op["id"], op))
    said = [op["data"] for _, _, op in sorted(first.values(), key=lambda one: one[:2])]
    return {data["person"]: data["intention"] for data in said}


@settings(
    max_examples=examples(40), deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(data=st.data())
def test_any_order_of_batches_and_of_the_set_up_gives_one_state_and_the_right_answers(data, world):
    logs = Doors(data.draw, world.people).logs
    villages = data.draw(st.sampled_from((VILLAGES[:2], VILLAGES[1:], VILLAGES)))
    last = data.draw(st.sampled_from((LAST, FIRST)))
    states, found = [], []
    for _ in range(2):
        steps, change_at = [*data.draw(orders()), *REST], data.draw(st.integers(0, 12))
        with db.atomic() as transaction:
            sent = [0, 0, 0]
            for step, (who, size, way) in enumerate(steps):
                if step == min(change_at, len(steps) - 1):
                    change_round(world.round, "一组", villages)
                    survey = models.Survey.get_by_id(world.survey.id)
                    survey.ends_on = last
                    change_survey(survey)
                sent[who] += deliver(world.tablets[who], logs[who][sent[who] : sent[who] + size], way)
            states.append(state())
            latest = {person: given.answer.intention for person, given in latest_of(world.survey).items()}
            found.append((latest, figures_of(world.survey, LAST)[0]))
            transaction.rollback()
    assert_alike(*states)
    latest, everybody = found[0]
    assert latest == counted(world, logs, villages, last)
    assert +everybody.intentions == Counter(latest.values()) and everybody.answered == len(latest)


def test_an_accepted_fact_has_its_effect_and_put_back_has_none(world):
    op = {"seq": 1, "id": "0" * 8 + "-0000-4000-8000-" + "0" * 12, "kind": "survey.answered", "operator": None,
          "at": "2026-02-24T09:00:00+08:00", "data": {"person": world.people[2], "intention": "stay"}}  # fmt: skip
    ingest(world.tablets[0].log, [op])
    before = state()
    settle((world.tablets[0].id, 1), "accepted", "chen", None, "")
    assert set(latest_of(world.survey)) == {world.people[2]}
    store(world.survey, [Entry("a" * 36, world.people[2], Answer("train"), datetime.fromisoformat(op["at"]))], "phone")
    put_back((world.tablets[0].id, 1), "chen")
    assert latest_of(world.survey)[world.people[2]].answer.intention == "train"
    assert state()["door_call"] == before["door_call"] == []
