"""An employer's page: papers, a contact that is opened with a purpose, visits of the office, and merging."""

from datetime import date, timedelta

import pytest

from models import schema as models
from models.keys.employer_contact import EmployerContact, open_contact, seal_contact
from models.market.planning import date_in

LIST = "/organiser/employers"


@pytest.fixture
def url(fair):
    return f"{LIST}/{fair.factory.id}"


@pytest.fixture
def sealed(fair):
    seal_contact(fair.factory, EmployerContact("吕凤子", "13800000000"))
    fair.factory.save()
    return fair.factory


def readings() -> list[tuple]:
    found = models.AuditEntry.select().where(models.AuditEntry.action == "read")
    return [(entry.who, entry.name, entry.rows, entry.why) for entry in found]


def test_a_contact_is_on_no_page_until_it_is_opened_with_a_purpose(app, organiser, url, sealed):
    reader = app.test_client(user=models.Organiser.get(login="tan"))
    for path in (LIST, url, f"{url}/edit"):
        assert "吕凤子" not in organiser.get(path).text and "13800000000" not in organiser.get(path).text
    assert organiser.post(f"{url}/contact", data={"purpose": " "}).status_code == 422
    assert readings() == []
    answer = organiser.post(f"{url}/contact", data={"purpose": "约走访时间"})
    assert "吕凤子" in answer.text and "13800000000" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert readings() == [("chen", "山城制衣厂", 1, "约走访时间")]
    assert reader.post(f"{url}/contact", data={"purpose": "x"}).status_code == 403
    assert "约走访时间" in organiser.get("/organiser/history").text


def test_a_contact_that_no_key_opens_is_asked_for_anew(organiser, url, fair):
    fair.factory.sealed = "AAAA"
    fair.factory.save()
    answer = organiser.post(f"{url}/contact", data={"purpose": "约走访时间"})
    assert answer.status_code == 422 and "field-error" in answer.text
    assert readings() == []


@pytest.mark.parametrize(
    ("typed", "stays"),
    [
        ({}, ("吕凤子", "13800000000")),
        ({"contact": "王工"}, ("王工", "")),
        ({"forget_contact": "yes"}, ("", "")),
    ],
)
def test_a_contact_left_empty_stays_and_another_takes_its_place(organiser, url, sealed, typed, stays):
    form = {"name": "山城制衣厂", "kind": "enterprise", "credit_code": "91500120MA5YBT24QK"}
    assert organiser.post(url, data=form | typed).status_code == 303
    assert open_contact(models.Employer.get_by_id(sealed.id)) == stays


def test_a_visit_is_written_down_and_deleted(organiser, url, fair):
    today = date_in(fair.county)
    form = {"day": today.isoformat(), "went": "陈", "met": "车间主任", "needs": "缝纫工五名，月底要人",
            "next_day": (today + timedelta(days=30)).isoformat()}  # fmt: skip
    assert organiser.post(f"{url}/visits", data=form).location.endswith("#visits")
    page = organiser.get(url).text
    assert "缝纫工五名，月底要人" in page and "车间主任" in page
    visit = models.EmployerVisit.get()
    assert (visit.noted_by, visit.next_day) == ("chen", today + timedelta(days=30))
    assert organiser.post(f"{url}/visits/{visit.id}/delete").status_code == 303
    assert "缝纫工五名" not in organiser.get(url).text
    entries = models.AuditEntry.select().where(models.AuditEntry.thing == "employer_visit")
    assert [entry.action for entry in entries.order_by(models.AuditEntry.id)] == ["made", "deleted"]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"day": ""}, {"day": (date.today() + timedelta(days=5)).isoformat()}, {"went": ""}, {"needs": ""},
        {"next_day": "2020-01-01"}, {"needs": "长" * 2_000}, {"next_day": "morgen"},
    ],
)  # fmt: skip
def test_a_wrong_visit_is_named_and_nothing_typed_is_lost(organiser, url, fair, spoilt):
    form = {"day": date_in(fair.county).isoformat(), "went": "陈", "met": "车间主任", "needs": "缝纫工"}
    answer = organiser.post(f"{url}/visits", data=form | spoilt)
    assert answer.status_code == 422 and "field-error" in answer.text and "车间主任" in answer.text
    assert models.EmployerVisit.select().count() == 0


def test_a_visit_belongs_to_its_employer(organiser, url, fair):
    other = models.EmployerVisit.create(employer=models.Employer.get(name="来凤鱼庄"), day=fair.day.date, went="陈")
    assert organiser.post(f"{url}/visits/{other.id}/delete").status_code == 404


def test_twins_show_on_the_list_on_the_page_and_while_a_name_is_typed(app, organiser, url, fair):
    twin = models.Employer.create(county=fair.county, name="重庆山城制衣厂有限公司")
    merge = f"{url}/merge?other={twin.id}"
    assert merge in organiser.get(LIST).text and merge in organiser.get(url).text
    assert merge not in app.test_client(user=fair.reader).get(LIST).text
    typed = organiser.get(f"{LIST}/twins?name=山城制衣厂股份有限公司").text
    assert f"{LIST}/{twin.id}" in typed and url in typed
    assert url not in organiser.get(f"{LIST}/twins?name=山城制衣厂&besides={fair.factory.id}").text
    assert organiser.get(f"{LIST}/twins?name=").text.strip() == ""


def test_merging_asks_first_and_says_why(organiser, url, fair):
    twin = models.Employer.create(county=fair.county, name="重庆山城制衣厂有限公司", licence="渝123")
    assert "重庆山城制衣厂有限公司" in organiser.get(f"{url}/merge").text
    assert "渝123" in organiser.get(f"{url}/merge?other={twin.id}").text
    assert organiser.post(f"{url}/merge", data={"other": twin.id}).status_code == 422
    assert organiser.post(f"{url}/merge", data={"other": 99_999, "reason": "同一家"}).status_code == 404
    assert models.Employer.get_or_none(id=twin.id)
    assert organiser.post(f"{url}/merge", data={"other": twin.id, "reason": "同一家"}).location == url
    assert models.Employer.get_or_none(id=twin.id) is None
    assert "重庆山城制衣厂有限公司" in organiser.get(f"/organiser/history/employer/{twin.id}").text


def test_two_codes_are_not_merged(organiser, url, fair):
    other = models.Employer.get(name="来凤鱼庄")
    assert organiser.post(f"{url}/merge", data={"other": other.id, "reason": "同一家"}).status_code == 422
    assert models.Employer.get_or_none(id=other.id)


def test_an_agency_names_whom_it_hires_for_and_what_it_lacks(organiser, fair):
    agency = models.Employer.create(
        county=fair.county, name="璧山劳务", kind="agency", credit_code="91500120MAJNTYGD12",
        hires_for="山城制衣厂\n外地电子厂",
    )
    page = organiser.get(f"{LIST}/{agency.id}?lang=en").text
    assert f'href="{LIST}/{fair.factory.id}">山城制衣厂</a>' in page and "外地电子厂" in page
    assert "Missing: Licence number of the agency" in page


def test_a_reader_sees_the_page_without_its_forms(app, url, fair, sealed):
    page = app.test_client(user=fair.reader).get(url).text
    assert "山城制衣厂" in page and "/visits" not in page and "/contact" not in page and "/merge" not in page


def test_which_papers_were_seen_is_kept_with_who_saw_them_and_when(organiser, url, fair):
    form = {"name": "山城制衣厂", "kind": "enterprise", "credit_code": "91500120MA5YBT24QK"}
    organiser.post(url, data=form | {"papers": ["licence", "notice", "cake"]})
    employer = models.Employer.get_by_id(fair.factory.id)
    assert (set(employer.papers), employer.papers_by, employer.papers_on) == (
        {"licence", "notice"}, "chen", date_in(fair.county)
    )  # fmt: skip
    models.Employer.update(papers_by="tan").where(models.Employer.id == employer.id).execute()
    organiser.post(url, data=form | {"papers": ["licence", "notice"], "licence": ""})
    assert models.Employer.get_by_id(fair.factory.id).papers_by == "tan"  # nobody looked again
    page = organiser.get(url).text
    assert "营业执照" in page and "招聘简章" in page and "tan" in page
    assert "营业执照" in organiser.get(f"/organiser/history/employer/{fair.factory.id}").text
    organiser.post(url, data=form)
    employer = models.Employer.get_by_id(fair.factory.id)
    assert (list(employer.papers), employer.papers_by, employer.papers_on) == ([], "", None)
