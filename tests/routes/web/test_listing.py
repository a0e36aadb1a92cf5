"""What a listing makes of what its reader asked for."""

from typing import NamedTuple

import pytest
from werkzeug.datastructures import MultiDict

from routes.web.listing import LONGEST, PAGE, Column, Facet, Listing


class Stall(NamedTuple):
    name: str
    sold: int | None


COLUMNS = (
    Column("name", "Name", lambda row: row.name),
    Column("sold", "Sold", lambda row: row.sold, "number"),
    Column("act", "Act", kind="actions"),
)
STALLS = [Stall("周师傅", 3), Stall("陈家", 5), Stall("安心", 3), Stall("Bao", None), Stall("唐记", 12)]


def address(**query: object) -> str:
    return "/stalls?" + "&".join(f"{key}={value}" for key, value in query.items())


def listing(rows: list = STALLS, **asked: str) -> Listing:
    return Listing("stalls", COLUMNS, rows, MultiDict(asked), address, lambda row: f"{row.name} {row.sold}")


def names(found: Listing) -> list[str]:
    return [row.name for row in found.rows]


def test_without_a_wish_rows_stay_as_they_came():
    assert names(listing()) == [stall.name for stall in STALLS]


def test_words_go_by_pinyin_and_figures_by_size():
    assert names(listing(sort="name")) == ["Bao", "安心", "陈家", "唐记", "周师傅"]
    assert names(listing(sort="-sold"))[:2] == ["唐记", "陈家"]


@pytest.mark.parametrize("sort", ["sold", "-sold"])
def test_rows_that_are_alike_keep_their_order_and_those_without_a_value_come_last(sort):
    sorted_names = names(listing(sort=sort))

    assert [name for name in sorted_names if name in ("周师傅", "安心")] == ["周师傅", "安心"]
    assert sorted_names[-1] == "Bao"


def test_a_row_has_to_contain_every_word():
    assert names(listing(q="师傅 3")) == ["周师傅"]
    assert names(listing(q="  ")) == names(listing())
    assert names(listing(q="bAO")) == ["Bao"]
    assert names(listing(q="１２")) == ["唐记"]  # as an input method types it
    assert names(listing(q="师·傅")) == ["周师傅"]  # as names are compared
    assert names(listing(q="nobody")) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "price"}, {"sort": "act"}, {"sort": "--sold"}, {"sort": "name; DROP TABLE stall"}, {"sort": "-"},
        {"page": "0"}, {"page": "-3"}, {"page": "two"}, {"page": "9" * 30}, {"page": ""},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_the_default(asked):
    assert names(listing(**asked)) == names(listing())


@pytest.mark.parametrize("q", ["%", "_", "\0", "' OR 1=1 --", "<b>", "\ud800", "长" * 10_000, "\u202e"])
def test_odd_words_find_nothing_and_break_nothing(q):
    found = listing(q=q)

    assert found.rows == [] and len(found.q) <= LONGEST


def test_a_page_holds_so_many_and_paper_all():
    many = [Stall(f"第{number}摊", number) for number in range(2 * PAGE + 1)]

    assert [len(listing(many, page=page).rows) for page in "1234"] == [PAGE, PAGE, 1, 1]
    assert listing(many, print="yes", page="2").rows == many
    assert listing(many, q="nobody").pages == 1


def test_an_address_keeps_what_was_asked_and_leaves_out_the_rest():
    many = [Stall("摊", number) for number in range(PAGE + 1)]
    found = listing(many, q="摊", sort="-sold", page="2")

    assert found.address() == "/stalls?q=摊&sort=-sold&page=2"
    assert found.address(sort="name") == "/stalls?q=摊&sort=name"
    assert found.address(q="", page=1) == "/stalls?sort=-sold"
    assert listing().address() == "/stalls?"


def test_a_head_leads_to_the_order_that_people_want_first_and_then_turns_it():
    name, sold, act = COLUMNS

    assert (listing().toward(name), listing().toward(sold)) == ("name", "-sold")
    assert listing(sort="-sold").toward(sold) == "sold"
    assert listing(sort="sold").toward(sold) == "-sold"
    assert listing(sort="-sold").direction(sold) == "descending"
    assert listing(sort="-sold").direction(name) == "none"
    assert act not in listing().sorts


def test_a_facet_keeps_the_rows_of_one_code_through_sorting_and_paging():
    sizes = {"few": "Few", "many": "Many"}
    facet = Facet("size", "Size", lambda row: "many" if (row.sold or 0) > 4 else "few", sizes)

    def chosen(**asked: str) -> Listing:
        return Listing("stalls", COLUMNS, STALLS, MultiDict(asked), address, lambda row: row.name, (facet,))

    assert names(chosen(size="many", sort="sold")) == ["陈家", "唐记"]
    assert chosen(size="many").address(sort="name") == "/stalls?size=many&sort=name"
    assert chosen(size="many", q="唐").plain_address() == "/stalls?"
    assert names(chosen(size="nonsense")) == names(chosen()) == [stall.name for stall in STALLS]
