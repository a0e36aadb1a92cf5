"""What a tablet gets back when it syncs."""

import pytest

from models import CheckIn, Operation, Visit


@pytest.fixture
def tablet(enrol, fair):
    return enrol(fair.clothing)


def test_a_fact_is_stored_and_acknowledged(tablet, fair, operation):
    scan = operation(1, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number)

    answer = tablet.sync(scan)

    assert answer.status_code == 200
    assert answer.json["acknowledged"] == 1
    assert answer.json["results"] == [{"seq": 1, "outcome": "applied"}]
    assert CheckIn.select().count() == Visit.select().count() == 1


def test_the_same_batch_ten_times_changes_nothing_after_the_first(tablet, fair, operation):
    scan = operation(1, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number)

    answers = [tablet.sync(scan) for _ in range(10)]

    assert {answer.json["acknowledged"] for answer in answers} == {1}
    assert answers[-1].json["results"] == [{"seq": 1, "outcome": "duplicate"}]
    assert (Operation.select().count(), CheckIn.select().count()) == (1, 1)
