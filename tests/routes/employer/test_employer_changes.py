"""What employers say about vacancies by a link: that one holds, or a change, which the office takes or declines."""

from datetime import UTC, datetime
from html import unescape

import pytest

from models import schema as models
from models.base.clock import milliseconds
from models.figures.version import close
from models.log.change import Change
from models.market.amendment import Amendment
from models.market.vacancy_proposal import waiting_of
from routes.employer import employer_changes
from routes.web.attempts import Attempts
from tests.routes.employer.conftest import opened_with

PROPOSALS = "/organiser/vacancy-proposals"


def sewing(fair) -> models.Vacancy:
    return models.Vacancy.get_by_id(fair.sewing.id)


def waiting(fair) -> models.VacancyProposal:
    return waiting_of(fair.sewing)


@pytest.fixture
def decide(organiser):
    """Return a function that opens a proposal in the office and takes it, or does what else is asked."""

    def post(proposal, act="", browser=organiser, **form):
        where = f"{PROPOSALS}/{proposal.id}"
        page = browser.get(where).text
        seen = unescape(page.partition('name="seen" value="')[2].partition('"')[0])
        return browser.post(where + act, data={"seen": seen} | form)

    return post


def test_that_a_vacancy_holds_counts_at_once_and_is_marked_as_the_employers_word(client, organiser, fair, link):
    address = link()
    answer = client.post(f"{address}/vacancies/{fair.sewing.number}/confirmation")
    assert answer.status_code == 303 and "情况属实" in client.get(answer.location).text
    assert sewing(fair).verified_by == "employer link:周老板" and sewing(fair).verified_at is not None
    page = organiser.get(f"/organiser/employers/{fair.factory.id}/vacancies/{fair.sewing.number}").text
    assert "周老板" in page and "employer link" not in page
    assert "周老板" in organiser.get(PROPOSALS).text


def test_a_draft_that_its_employer_confirms_stays_a_draft(client, fair, link):
    models.Vacancy.update(draft=True).where(models.Vacancy.id == fair.sewing.id).execute()
    client.post(f"{link(day=None)}/vacancies/{fair.sewing.number}/confirmation")
    assert sewing(fair).draft and sewing(fair).verified_at is not None


def test_a_confirmation_is_taken_back_unless_somebody_checked_since(client, fair, link, decide):
    client.post(f"{link()}/vacancies/{fair.sewing.number}/confirmation")
    first = models.VacancyProposal.get()
    assert decide(first, "/taken-back").status_code == 303
    assert (sewing(fair).verified_at, sewing(fair).verified_by) == (None, "")
    assert decide(first, "/taken-back").status_code == 409
    client.post(f"{link()}/vacancies/{fair.sewing.number}/confirmation")
    sewing(fair).verify("chen")
    second = models.VacancyProposal.select().order_by(models.VacancyProposal.id.desc()).get()
    assert decide(second, "/taken-back").status_code == 409 and sewing(fair).verified_by == "chen"


def test_a_change_waits_for_the_office_and_is_public_once_it_was_taken(
    client, organiser, fair, link, send, decide, enrol
):
    tablet = enrol(fair.clothing)
    address = link()
    answer = send(address, openings="3", pay_min="4000")
    assert answer.status_code == 303 and "待" in client.get(answer.location).text
    assert (sewing(fair).openings, sewing(fair).pay_min_fen) == (8, 350_000)
    assert "4000" not in client.get(f"/v/{fair.sewing.number}").text
    assert all(PROPOSALS in organiser.get(f"/organiser/{page}").text for page in ("notices", "employers"))
    page = organiser.get(f"{PROPOSALS}/{waiting(fair).id}").text
    assert "3500" in page and "4000" in page and "周老板" in page

    before = Change.select().where(Change.market_day == fair.day).count()
    assert decide(waiting(fair)).status_code == 303
    vacancy = sewing(fair)
    assert (vacancy.openings, vacancy.pay_min_fen, vacancy.verified_by) == (3, 400_000, "employer link:周老板")
    assert "4000" in client.get(f"/v/{fair.sewing.number}").text
    assert Change.select().where(Change.market_day == fair.day).count() > before
    told = [one["data"] for one in tablet.sync().json["changes"] if one["kind"] == "vacancy"]
    assert [one["openings"] for one in told if one["number"] == fair.sewing.number] == [3]
    entry = models.AuditEntry.get(thing="vacancy", action="changed")
    assert entry.who == "chen" and "周老板" in entry.why and entry.changes["openings"] == [8, 3]
    assert PROPOSALS not in organiser.get("/organiser/notices").text


def test_a_change_of_a_closed_day_is_an_amendment(fair, link, send, decide):
    close(fair.day, "chen")
    send(link(), openings="3")
    decide(waiting(fair))
    assert "周老板" in Amendment.get().reason


def test_a_change_is_taken_back_where_it_still_says_what_the_employer_wrote(fair, link, send, decide):
    send(link(), openings="3", title="平车工", valid_until="2026-05-01")
    change = waiting(fair)
    models.Vacancy.update(valid_until="2026-04-01").where(models.Vacancy.id == fair.sewing.id).execute()
    decide(change)
    models.Vacancy.update(title="缝纫熟手").where(models.Vacancy.id == fair.sewing.id).execute()
    change = models.VacancyProposal.get_by_id(change.id)
    change.stood |= {"valid_until": ["2026-04-01"]}
    change.save()
    assert decide(change, "/taken-back").status_code == 303
    assert (sewing(fair).openings, sewing(fair).title) == (8, "缝纫熟手")
    assert models.VacancyProposal.get_by_id(change.id).state == "taken_back"


def test_a_declined_change_changes_nothing_and_says_why_to_the_employer(client, fair, link, send, decide):
    address = link()
    send(address, pay_min="20000", pay_max="")
    assert decide(waiting(fair), "/refusal", why=" ").status_code == 422
    assert decide(waiting(fair), "/refusal", why="工资与面议不符").status_code == 303
    assert sewing(fair).pay_min_fen == 350_000 and "工资与面议不符" in client.get(address).text
    late = models.VacancyProposal.get()
    assert [decide(late).status_code, decide(late, "/refusal", why="x").status_code] == [409, 409]


def test_a_later_change_replaces_the_one_that_waits(client, fair, link, send):
    address = link()
    send(address, openings="3")
    edit = client.get(f"{address}/vacancies/{fair.sewing.number}/edit").text
    assert 'value="3"' in edit.partition('name="openings"')[2][:120]
    send(address, openings="5")
    states = [one.state for one in models.VacancyProposal.select().order_by(models.VacancyProposal.id)]
    assert states == ["replaced", "waiting"]
    assert waiting(fair).asked["openings"] == ["5"]


def test_what_the_office_changed_while_the_page_was_open_is_looked_at_again(fair, link, send, organiser):
    send(link(), openings="3")
    where = f"{PROPOSALS}/{waiting(fair).id}"
    models.Vacancy.update(openings=6).where(models.Vacancy.id == fair.sewing.id).execute()
    assert organiser.post(where, data={"seen": '[["8"]]'}).status_code == 409
    assert sewing(fair).openings == 6


def test_what_the_office_changed_meanwhile_stands_beside_the_employers_field(client, fair, link, send):
    address = link()
    opened = opened_with(client, f"{address}/vacancies/{fair.sewing.number}/edit")
    models.Vacancy.update(openings=6, place="青杠街道").where(models.Vacancy.id == fair.sewing.id).execute()
    answer = send(address, opened=opened, openings="3")
    assert answer.status_code == 422 and "6" in answer.text.partition('id="field-openings-error"')[2][:200]
    assert not models.VacancyProposal.select().exists()
    again = opened_with(client, f"{address}/vacancies/{fair.sewing.number}/edit")
    assert send(address, opened=again, openings="3", place="青杠街道").status_code == 303
    assert "place" not in waiting(fair).asked


@pytest.mark.parametrize("spoilt, kept", [
    ({"title": "女性优先缝纫工"}, "女性优先缝纫工"), ({"duties": "收押金500元"}, "收押金500元"),
    ({"openings": "0"}, "0"), ({"pay_min": "面议"}, "面议"), ({"valid_until": "2026-01-01"}, "2026-01-01"),
    ({"title": "长" * 41}, "长" * 41), ({"title": ""}, "按样板缝制"), ({"trade": "spy"}, "按样板缝制"),
])  # fmt: skip
def test_the_offices_checks_hold_for_employers_and_nothing_typed_is_lost(fair, link, send, spoilt, kept):
    answer = send(link(), **spoilt)
    assert answer.status_code == 422 and kept in answer.text and "error-summary" in answer.text
    assert not models.VacancyProposal.select().exists()


def test_an_employer_overrules_no_rule_and_keeps_what_the_office_answered_for(fair, link, send):
    told = {"overrule": "yes", "shown": "女性优先", "overrule_reason": "浴室"}
    assert send(link(), title="女性优先缝纫工", **told).status_code == 422
    models.Vacancy.update(requirements="女性优先").where(models.Vacancy.id == fair.sewing.id).execute()
    assert send(link(), requirements="女性优先", openings="3").status_code == 303
    assert set(waiting(fair).asked) == {"openings", "valid_until"}


def test_what_is_the_offices_own_keeps_its_value_whatever_is_sent(fair, link, send, decide):
    models.Vacancy.update(origin="sichuan", cluster="电子").where(models.Vacancy.id == fair.sewing.id).execute()
    sent = {"urgent": "yes", "origin": "local", "cluster": "", "source": "agency", "closed": "yes", "number": "1"}
    send(link(), openings="3", **sent)
    decide(waiting(fair))
    vacancy = sewing(fair)
    assert (vacancy.urgent, vacancy.origin, vacancy.cluster) == (False, "sichuan", "电子")
    assert (vacancy.source, vacancy.closed) == ("direct", False)
    assert vacancy.number == fair.sewing.number


def test_markup_is_shown_as_it_was_typed(client, organiser, fair, link, send):
    address = link()
    send(address, duties='<script>alert(1)</script>{{ 7*7 }}"><img src=x>')
    form = client.get(f"{address}/vacancies/{fair.sewing.number}/edit")
    for page in (form, organiser.get(f"{PROPOSALS}/{waiting(fair).id}")):
        assert "<script>alert" not in page.text and "<img src=x" not in page.text and "{{ 7*7 }}" in page.text


def test_what_changes_nothing_proposes_nothing(client, fair, link, send):
    models.Vacancy.update(valid_until="2026-04-30").where(models.Vacancy.id == fair.sewing.id).execute()
    answer = send(link(), openings="８")
    assert answer.status_code == 303 and "same-" in answer.location
    assert not models.VacancyProposal.select().exists()


def test_a_closed_vacancy_is_not_changed_by_link(client, fair, link):
    models.Vacancy.update(closed=True).where(models.Vacancy.id == fair.sewing.id).execute()
    where = f"{link()}/vacancies/{fair.sewing.number}"
    assert [client.get(f"{where}/edit").status_code, client.post(f"{where}/confirmation").status_code] == [404, 404]


def test_changes_are_limited_and_the_last_one_is_not_lost(fair, link, send, monkeypatch):
    monkeypatch.setattr(employer_changes, "changes", Attempts("a few changes", tries=3, seconds=3_600))
    address = link()
    for number in range(3):
        assert send(address, openings=str(number + 10)).status_code == 303
    answer = send(address, openings="99")
    assert answer.status_code == 429 and 'value="99"' in answer.text
    assert waiting(fair).asked["openings"] == ["12"]


def test_a_check_of_today_holds_when_a_change_is_taken(fair, link, send, decide, at_nine):
    send(link(), valid_until="2026-02-25")
    at_nine(datetime(2026, 2, 26, 1, tzinfo=UTC))
    assert decide(waiting(fair)).status_code == 422
    assert waiting(fair) is not None


@pytest.mark.parametrize("role, seen, done", [
    ("chen", 200, 303), ("reviewer", 200, 303), ("reader", 200, 403), ("clerk", 404, 404), ("neighbour", 404, 404),
    ("city", 404, 404),
])  # fmt: skip
def test_who_sees_changes_and_who_takes_them(app, fair, link, send, decide, role, seen, done):
    send(link(), openings="3")
    change = waiting(fair)
    browser = app.test_client(user=models.Organiser.get_by_id(getattr(fair, role).id))
    assert browser.get(f"{PROPOSALS}/{change.id}").status_code == seen
    assert decide(change, browser=browser).status_code == done


def test_a_vacancy_that_goes_takes_its_proposals_with_it(fair, link, send):
    send(link(), openings="3")
    sewing(fair).delete_instance()
    assert not models.VacancyProposal.select().exists()


def test_times_are_those_of_the_moment(fair, link, send):
    before = milliseconds(datetime.now(UTC))
    send(link(), openings="3")
    assert before - 1 <= milliseconds(waiting(fair).at) <= milliseconds(datetime.now(UTC)) + 1
