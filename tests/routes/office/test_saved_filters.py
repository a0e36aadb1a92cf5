"""Views of lists: kept under a name, shown as chips to who may see them, renamed, shared and deleted by their owner."""

import pytest
from werkzeug.datastructures import MultiDict

from models import schema as models
from models.finding import saved_filter
from routes.web.listing import Column, Listing

HERE, LIST = "/organiser/saved-filters", "/organiser/vacancies"
KEEP = {"listing": "season.season", "name": "开放的", "ask-state": "open", "ask-q": "工", "back": LIST}


@pytest.fixture
def keep(organiser):
    """Return a function that keeps a view, with some fields of the form changed."""

    def send(browser=organiser, **changes):
        return browser.post(HERE, data=KEEP | {name.replace("_", "-"): value for name, value in changes.items()})

    return send


def chips(browser, path=LIST) -> list[str]:
    page = browser.get(path).text.replace("</svg>\n", ">").replace("</svg>", ">")
    return [name for name in ("开放的", "另一个") if f">{name}</a>" in page]


def test_a_view_is_kept_leads_back_and_is_its_owners_alone(organiser, app, fair, keep):
    assert "ask-state" in organiser.get(f"{LIST}?state=open").text and "ask-" not in organiser.get(LIST).text
    answer = keep()
    assert answer.status_code == 303 and answer.location.startswith(f"{LIST}?")
    assert chips(organiser) == ["开放的"]
    page = organiser.get(answer.location).text
    assert 'aria-current="true">开放的' in page and "saved-filters\"" not in page  # it is what is shown
    assert chips(app.test_client(user=fair.reader)) == [] and chips(app.test_client(user=fair.neighbour)) == []
    keep(ask_state="closed")  # one of the same name is replaced
    assert models.SavedFilter.select().count() == 1 and "state=closed" in organiser.get(LIST).text


def test_a_shared_view_is_seen_by_the_county_and_changed_by_its_owner(organiser, app, fair, keep):
    keep(shared="yes")
    reader, neighbour = app.test_client(user=fair.reader), app.test_client(user=fair.neighbour)
    assert chips(reader) == ["开放的"] and chips(neighbour) == []
    (view,) = models.SavedFilter.select()
    for stranger in (reader, neighbour):
        stranger.post(f"{HERE}/changes", data={"filter": view.id, "name": "另一个", "back": LIST})
        stranger.post(f"{HERE}/delete", data={"filter": view.id, "back": LIST})
    assert chips(reader) == ["开放的"]
    organiser.post(f"{HERE}/changes", data={"filter": view.id, "name": "另一个", "back": LIST})
    assert chips(organiser) == ["另一个"] and chips(reader) == []
    for _ in range(2):
        assert organiser.post(f"{HERE}/delete", data={"filter": view.id, "back": LIST}).status_code == 303
    assert chips(organiser) == []


@pytest.mark.parametrize("changes", [
    {"listing": "x"}, {"listing": "a.b'; --"}, {"name": ""}, {"name": "长" * 41}, {"ask_state": "", "ask_q": ""},
])  # fmt: skip
def test_what_makes_no_sense_is_not_kept(keep, changes):
    assert keep(**changes).status_code == 303
    assert not models.SavedFilter.select().exists()


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/organiser//evil.example", "/sign-out", "[::"]
)
def test_nobody_is_led_elsewhere(keep, back):
    assert keep(back=back).location == "/organiser/market-days"


@pytest.mark.parametrize(("names_people", "kept"), [(True, {"sort": "name"}), (False, {"sort": "name", "q": "王小明"})])
def test_words_typed_into_a_list_of_people_are_not_kept(names_people, kept):
    columns, asked = [Column("name", "Name", str)], MultiDict({"q": "王小明", "sort": "name"})
    assert Listing("people", columns, [], asked, str, str, names_people=names_people).asked == kept


def test_there_is_room_for_so_many(keep, monkeypatch):
    monkeypatch.setattr(saved_filter, "MOST", 1)
    keep()
    keep(name="另一个")
    assert models.SavedFilter.select().count() == 1
