"""The search over the office as each role sees it, as a page and as what htmx swaps."""

import pytest

HERE = "/organiser/find"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def find(app, fair):
    """Return a function that asks for the results as an account."""

    def ask(q: str, account=fair.chen):
        answer = app.test_client(user=account).get(HERE, query_string={"q": q}, headers=HTMX)
        assert answer.status_code == 200 and "<html" not in answer.text
        return answer.text

    return ask


def test_as_a_page_it_needs_no_script_and_each_office_page_leads_to_it(organiser, fair):
    page = organiser.get(HERE, query_string={"q": "2月24日"}).text
    assert f'href="/organiser/market-days/{fair.day.id}"' in page and "office-find-link" in page
    assert 'id="office-find"' not in page and 'id="office-find"' in organiser.get("/organiser/employers").text


@pytest.mark.parametrize(("q", "href"), [
    ("山城", "/organiser/employers/{fair.factory.id}"),
    ("缝纫工", "/organiser/employers/{fair.factory.id}/vacancies/{fair.sewing.number}"),
    ("维权", "/organiser/market-days/{fair.day.id}/booths/3"),
    ("btz", "/organiser/market-rules/500120100"),
    ("密码", "/organiser/account"), ("password", "/organiser/account"), ("假期", "/organiser/calendar"),
    ("打印", "/organiser/season-poster"), ("王小明", "/organiser/people?q="),
])  # fmt: skip
def test_each_kind_leads_to_its_page(find, fair, q, href):
    assert f'href="{href.format(fair=fair)}' in find(q)


def test_names_are_text_and_the_words_too(find, fair):
    assert "<script" not in find("<script>alert(1)</script>")


def test_roles_find_what_they_may_see(find, fair, app):
    clerks = find("来凤", fair.clerk)
    day = f"/organiser/market-days/{fair.day.id}"
    assert f'{day}/booths/2"' in clerks and f"{day}/vacancies?q={fair.cook.number}" in clerks
    assert 'href="/organiser/employers?q=' in clerks and "/organiser/employers/" not in clerks
    assert "来凤鱼庄" in find("来凤", fair.other_clerk) and day not in find("来凤", fair.other_clerk)
    assert "/organiser/people" not in find("王小明", fair.reader) and "/organiser/people" in find("王小明", fair.clerk)
    assert "/organiser/accounts" not in find("password", fair.reader)
    assert "/organiser/employers/new" not in find("新增", fair.reader)
    assert "来凤" not in find("来凤鱼庄", fair.neighbour).replace("来凤鱼庄”", "").replace("“来凤鱼庄", "")
    assert app.test_client(user=fair.city).get(HERE).status_code == 403
    assert app.test_client().get(HERE).status_code == 303
