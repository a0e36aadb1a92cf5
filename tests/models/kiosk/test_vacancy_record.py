"""A vacancy as a tablet is told of it; a desk hears also what matching asks, the same as the server's pages."""

from datetime import date
from types import SimpleNamespace

import pytest

from models.kiosk.vacancy_record import draw_vacancies
from models.market.vacancy import Vacancy
from models.phone.fitting import post_of
from models.phone.notice import day_notice, vacancies_of_day

OF_A_TILE = ("number", "title", "trade", "openings", "remaining", "work_kind", "adults_only", "closed", "pay_min_fen",
             "pay_max_fen", "pay_unit")  # fmt: skip
TERMS = ("lodging", "board", "suits_older", "starts_now", "expired")
CASES = [
    {"benefits": "五险,包吃住", "suits": ("older",), "starts": "随时到岗", "shift": "day"},
    {"benefits": "包午餐", "valid_until": date(2026, 1, 1), "shift": "night", "adults_only": True},
    {"benefits": "", "true_employer": "真厂", "origin": "sichuan", "place": "成都"},
    {"benefits": "住宿自理", "place": "八塘镇场镇"},
]


@pytest.mark.parametrize("fields", CASES)
def test_a_desks_tablet_knows_of_a_vacancy_what_the_server_matches_with(fair, enrol, fields):
    Vacancy.update(**fields).where(Vacancy.id == fair.sewing.id).execute()
    desk, number = enrol(fair.desk).tablet, fair.sewing.number
    record = SimpleNamespace(**draw_vacancies(desk, [number])[number])
    day = day_notice(fair.day.id)
    (notice,) = (one for one in vacancies_of_day(fair.day.id) if one.number == number)
    post = post_of(notice, day)
    assert [getattr(record, name) for name in OF_A_TILE] == [getattr(post, name) for name in OF_A_TILE]
    assert (record.place_code, record.fit.get("shift", "")) == (post.place, post.shift)
    assert [bool(record.fit.get(name)) for name in TERMS] == [getattr(post, name) for name in TERMS]
    assert record.fit.get("true_employer", record.employer) == post.employer


def test_a_booth_is_told_no_more_than_its_tiles_show(fair, enrol):
    tablet, number = enrol(fair.clothing).tablet, fair.sewing.number
    assert "fit" not in draw_vacancies(tablet, [number])[number]
