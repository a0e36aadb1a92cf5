"""Logs: a device's, the phones', the office's, and what was rescued from one."""

from models.intake.ingest import record
from models.kiosk.in_use import facts_of
from models.log.operation import Operation
from models.market.log import OFFICE, PHONES, RESCUED, Log
from models.market.tablet import Tablet
from models.schema import Vacancy


def test_phones_and_office_have_a_log_each(fair, operation):
    closed = operation(0, "vacancy.filled", vacancy=fair.sewing.number)
    record(fair.day, [operation(0, "visit.recorded", pass_=fair.passes[0])])
    record(fair.day, [closed], OFFICE)
    record(fair.day, [operation(0, "vacancy.reopened", vacancy=fair.sewing.number)], OFFICE)

    kinds = {(op.log.kind, op.log.letter, op.seq): op.kind for op in Operation.select()}
    assert kinds == {
        ("phones", "web", 1): "visit.recorded", ("office", "office", 1): "vacancy.filled",
        ("office", "office", 2): "vacancy.reopened",
    }  # fmt: skip
    assert not Vacancy.get_by_id(fair.sewing.id).closed
    assert facts_of([fair.day]) == {fair.day.id: 3}
    assert Tablet.enrolled(fair.day) == []


def test_each_market_day_has_its_own_and_only_one(fair):
    first = Log.of(fair.day, OFFICE)

    assert Log.of(fair.day, OFFICE) == first != Log.of(fair.other_day, OFFICE)
    assert Log.of(fair.day, PHONES) != first
    assert first.booth is None


def test_letters_are_for_devices_and_for_what_was_rescued_from_them(fair):
    Log.of(fair.day, PHONES)
    Log.of(fair.day, OFFICE)
    first = Tablet.enlist(fair.clothing)
    rescued = first.log.rescue()
    second = Tablet.enlist(fair.clothing)

    assert [first.letter, rescued.letter, second.letter] == ["A", "B", "C"]
    assert (rescued.kind, rescued.rescued_from, rescued.booth) == (RESCUED, first.id, fair.clothing)
    assert first.log.rescue() == first.log.rescued() == rescued
    assert second.log.rescued() is None
    assert [tablet.letter for tablet in Tablet.enrolled(fair.day)] == ["A", "C"]


def test_after_z_comes_aa(fair):
    for _ in range(26):
        last = Log.at(fair.clothing)

    assert (last.letter, Log.at(fair.clothing).letter) == ("Z", "AA")
