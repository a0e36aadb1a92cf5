"""Writers of one county queue, those of others go on beside on PostgreSQL, and one of all waits for all."""

import threading
from collections.abc import Callable

import pytest

from models.base.database import db, execute_many, fetch, insert_many, is_sqlite, writing

COUNTY, ANOTHER = 1, 2
HELD = 0.3  # seconds in which somebody who need not wait has long got through
ODD = ["", "\\N", "tab\there", "two\nlines", "back\\slash", '"quoted", \'too\'', "龚滩镇", "NULL", "\u2028", "{1,2}"]


def _gets_through(mine: int | None, theirs: int | None) -> bool:
    """Say whether a second writer gets through while a first one writes."""
    in_it, may_end, done = threading.Event(), threading.Event(), threading.Event()

    def first() -> None:
        with writing(mine):
            in_it.set()
            may_end.wait(20)

    def second() -> None:
        in_it.wait(20)
        with writing(theirs):
            done.set()

    threads = [threading.Thread(target=_connected(what)) for what in (first, second)]
    for thread in threads:
        thread.start()
    got_through = done.wait(HELD if _may_wait(mine, theirs) else 20)
    may_end.set()
    for thread in threads:
        thread.join(20)
    assert done.is_set()  # at the latest when the first has ended
    return got_through


def _may_wait(mine: int | None, theirs: int | None) -> bool:
    return is_sqlite() or mine == theirs or None in (mine, theirs)


def _connected(what: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        with db.connection_context():
            what()

    return run


@pytest.mark.parametrize(
    ("mine", "theirs"), [(COUNTY, COUNTY), (COUNTY, ANOTHER), (COUNTY, None), (None, COUNTY), (None, None)]
)
def test_only_writers_of_different_counties_write_at_once(database, mine, theirs):
    assert _gets_through(mine, theirs) == (not _may_wait(mine, theirs))


def test_a_writer_that_another_calls_shares_its_transaction(database):
    with pytest.raises(ZeroDivisionError), writing(COUNTY):
        with writing():  # it does not ask for the lock of all: two writers that did would wait for each other
            execute_many("INSERT INTO division (code, name, level) VALUES (?, ?, ?)", [("500120", "璧山区", "county")])
        assert fetch("SELECT COUNT(*) FROM division") == [(1,)]
        raise ZeroDivisionError

    assert fetch("SELECT COUNT(*) FROM division") == [(0,)]
    with writing(ANOTHER):  # the lock was given back
        pass


@pytest.mark.parametrize("times", [1, 20])
def test_many_rows_are_stored_as_they_are(database, times):
    rows = [(f"{n:06}{place:02}", text, "town", None) for n in range(times) for place, text in enumerate(ODD)]
    with writing():
        insert_many("division", "code, name, level, parent", rows)

    assert fetch("SELECT code, name, level, parent FROM division ORDER BY code") == rows
