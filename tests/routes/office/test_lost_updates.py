"""Two organisers change one thing at once: neither change is lost; of a field that both changed the second is asked."""

import re
from html import unescape

import pytest

from models import schema as models


@pytest.fixture
def forms(fair):
    """Return the address of each form of something stored, its row, a field of it, and two other values for it."""
    day = f"/organiser/market-days/{fair.day.id}"
    models.Vacancy.update(duties="按纸样裁布", place="镇上", valid_until=fair.day.date).execute()
    models.Employer.update(kind="village").execute()  # needs no credit code
    operator = models.Operator.enlist(fair.clothing, "张姐", "2468")
    return {
        "market day": (day, fair.day, "place", "东门", "西门", "opens_at", "07:30"),
        "booth": (f"{day}/booths/1", fair.clothing, "name", "制衣一厂", "制衣二厂", "number", "9"),
        "vacancy": (f"{day}/booths/1/vacancies/{fair.sewing.number}", fair.sewing, "title", "平车工", "锁边工",
                    "place", "八塘"),
        "employer": (f"/organiser/employers/{fair.clothing.employer_id}", fair.clothing.employer, "name", "山城一厂",
                     "山城二厂", "licence", "渝300号"),
        "operator": (f"/organiser/operators/{operator.id}", operator, "name", "张大姐", "张三姐", "unit", "八塘"),
    }  # fmt: skip


NAMES = ("market day", "booth", "vacancy", "employer", "operator")


def opened(organiser, address: str) -> dict[str, object]:
    """Return what a browser would send of the form as it stands."""
    page = organiser.get(f"{address}/edit").text
    form = page[page.index("<form class=\"form") :].split("</form>")[0]
    typed: dict[str, list[str]] = {}
    for tag in re.finditer(r"<input\b[^>]*>", form):
        name, value = (re.search(rf'\b{key}="([^"]*)"', tag[0]) for key in ("name", "value"))
        is_box = re.search(r'type="(?:checkbox|radio)"', tag[0])
        if name and (not is_box or " checked" in tag[0]):
            typed.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    for tag in re.finditer(r'<textarea\b[^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        typed[tag[1]] = [unescape(tag[2])]
    for tag in re.finditer(r'<select\b[^>]*name="([^"]+)".*?</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', tag[0])
        typed[tag[1]] = [chosen[1] if chosen else ""]
    return typed


@pytest.mark.parametrize("what", NAMES)
def test_what_one_changed_stays_when_the_other_keeps_an_older_form(organiser, forms, what):
    address, row, field, value, _, other, another = forms[what]
    first, second = opened(organiser, address), opened(organiser, address)

    assert organiser.post(address, data=first | {field: value}).status_code == 303
    assert organiser.post(address, data=second | {other: another}).status_code == 303

    stored = type(row).get_by_id(row.id)
    assert getattr(stored, field) == value
    assert str(getattr(stored, other)) == another


@pytest.mark.parametrize("what", NAMES)
def test_who_changed_the_same_field_later_sees_the_first_ones_value_and_may_insist(organiser, forms, what):
    address, row, field, value, other_value, *_ = forms[what]
    first, second = opened(organiser, address), opened(organiser, address)
    organiser.post(address, data=first | {field: value})

    asked = organiser.post(address, data=second | {field: other_value})

    assert asked.status_code == 422
    assert value in asked.text and other_value in asked.text
    assert getattr(type(row).get_by_id(row.id), field) == value
    again = unescape(re.search(r'name="opened_with" value="([^"]*)"', asked.text)[1])
    assert organiser.post(address, data=second | {field: other_value, "opened_with": again}).status_code == 303
    assert getattr(type(row).get_by_id(row.id), field) == other_value


NONSENSE = ["", "{", "[]", "null", '{"title": 1}', '{"title": [null, {"a": []}]}', "\ud800"]


@pytest.mark.parametrize("opened_with", NONSENSE)
def test_nonsense_about_what_stood_there_is_passed_over(organiser, forms, opened_with):
    address, row, field, value, *_ = forms["vacancy"]
    form = opened(organiser, address) | {field: value, "opened_with": opened_with.encode("utf-8", "surrogatepass")}

    assert organiser.post(address, data=form).status_code in (303, 422)


def test_a_list_of_topics_that_both_changed_is_asked_about(organiser, fair, forms):
    address = forms["booth"][0]
    first, second = opened(organiser, address), opened(organiser, address)
    organiser.post(address, data=first | {"topics": ["leaflet"]})

    asked = organiser.post(address, data=second | {"topics": ["policy", "visitor"]})

    assert asked.status_code == 422
    assert models.Booth.get_by_id(fair.clothing.id).topics == ["leaflet"]
