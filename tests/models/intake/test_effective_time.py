"""The time by which a log's facts are ordered never runs backwards, whatever the tablet's clock did."""

from models.intake.ingest import ingest, record
from models.schema import CheckIn, Operation, Tablet

NINE, TEN, EIGHT = (f"2026-02-24T{hour:02d}:00:00+08:00" for hour in (9, 10, 8))
NINE_MS, TEN_MS = 1_771_894_800_000, 1_771_898_400_000


def times() -> list[tuple[int, int]]:
    rows = Operation.select(Operation.at_ms, Operation.effective_ms).order_by(Operation.log, Operation.seq)
    return list(rows.tuples())


def test_a_clock_that_was_set_back_does_not_reorder_a_log(fair, operation):
    tablet = Tablet.enlist(fair.clothing, "A")
    count = {"topic": "leaflet", "count": 1}
    moments = enumerate((TEN, EIGHT, NINE), start=1)
    ten, eight, nine = (operation(seq, "tally.counted", at=at, **count) for seq, at in moments)
    ingest(tablet.log, [ten, eight])
    ingest(tablet.log, [nine])  # a later batch goes on from where the log stood

    assert [effective for _, effective in times()] == [TEN_MS, TEN_MS, TEN_MS]
    assert [at for at, _ in times()] == [TEN_MS, TEN_MS - 7_200_000, NINE_MS]


def test_the_log_of_phones_keeps_its_order_too(fair, operation):
    for at in (TEN, NINE):
        record(fair.day, [operation(0, "visit.recorded", at=at, pass_=fair.passes[0])])

    assert [effective for _, effective in times()] == [TEN_MS, TEN_MS]


def test_a_correction_counts_after_the_stage_it_corrects_though_the_clock_was_set_back(fair, operation):
    tablet = Tablet.enlist(fair.clothing, "A")
    scan = operation(1, "check_in.recorded", at=NINE, pass_=fair.passes[0], vacancy=fair.sewing.number)
    moves = [("hired", TEN, False), ("interviewed", EIGHT, True)]
    ingest(tablet.log, [scan] + [
        operation(seq, "check_in.progressed", at=at, check_in=scan["id"], stage=stage, correction=correction)
        for seq, (stage, at, correction) in enumerate(moves, start=2)
    ])  # fmt: skip

    assert CheckIn.get().stage == "interviewed"
