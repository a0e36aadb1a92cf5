"""Ticked rows of a list: a look at each, the change, and the way back; by who may change the things themselves."""

import pytest

from models import schema as models

HERE = "/organiser/bulk-changes"


@pytest.fixture
def ticked(fair):
    return {"act": "urgent", "row": [fair.sewing.id, fair.cook.id, fair.stranger.id]}


def test_rows_are_ticked_looked_at_changed_and_put_back(organiser, fair, ticked):
    page = organiser.get("/organiser/vacancies").text
    assert f'name="row" value="{fair.sewing.id}"' in page and 'value="extend"' in page
    look = organiser.post(f"{HERE}/preview", data=ticked).text
    assert "缝纫工" in look and "厨师" in look and "灯笼工" not in look and not models.BulkChange.select().exists()
    answer = organiser.post(HERE, data=ticked)
    assert answer.status_code == 303
    assert models.Vacancy.get_by_id(fair.sewing.id).urgent and not models.Vacancy.get_by_id(fair.stranger.id).urgent
    assert f'action="{answer.location}/delete"' in organiser.get(answer.location).text
    assert "缝纫工" in organiser.get(answer.location).text and answer.location in organiser.get(HERE).text
    for _ in range(2):
        assert organiser.post(f"{answer.location}/delete").status_code == 303
    assert not models.Vacancy.get_by_id(fair.sewing.id).urgent
    assert organiser.post(HERE, data=ticked | {"act": "not_urgent"}).status_code == 409  # they are so already


def test_all_that_were_found_can_be_chosen(organiser, fair):
    found = f"{fair.sewing.id},{fair.cook.id},x,-1,{fair.stranger.id}"
    organiser.post(HERE, data={"act": "urgent", "all": "yes", "found": found})
    assert models.Vacancy.select().where(models.Vacancy.urgent).count() == 2


@pytest.mark.parametrize("changes", [
    {"act": "drop"}, {"row": []}, {"row": ["x", "9" * 30]}, {"act": "extend"}, {"act": "extend", "until": "2026-13-40"},
    {"row": [str(number) for number in range(501)]},
])  # fmt: skip
def test_what_makes_no_sense_is_said(organiser, ticked, changes):
    for path in (HERE, f"{HERE}/preview"):
        assert organiser.post(path, data=ticked | changes).status_code == 422
    assert not models.BulkChange.select().exists()


def test_a_reviewer_changes_vacancies_and_no_operators(app, fair, ticked):
    reviewer = app.test_client(user=fair.reviewer)
    li = models.Operator.create(county=fair.county, name="李工")
    assert reviewer.post(HERE, data=ticked).status_code == 303
    assert reviewer.post(HERE, data={"act": "archive_operators", "row": li.id}).status_code == 403
    assert app.test_client(user=fair.reader).post(HERE, data=ticked).status_code == 403
    assert 'name="row"' not in app.test_client(user=fair.reader).get("/organiser/vacancies").text
    (change,) = models.BulkChange.select()
    neighbour = app.test_client(user=fair.neighbour)
    assert neighbour.get(f"{HERE}/{change.id}").status_code == 404
    assert neighbour.post(f"{HERE}/{change.id}/delete").status_code == 404
