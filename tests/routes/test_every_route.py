"""Every route, asked signed out, by the wrong role, by another county and by another site.

A route that is not in one of the lists fails the test: whoever adds it says who may use it.
"""

import re
from datetime import UTC, date, datetime
from html import unescape
from uuid import uuid4

import pytest

from models import schema as models
from models.desk.complaint import receive
from models.desk.handed_list import hand_over
from models.desk.incident import report
from models.intake.ingest import ingest
from models.keys.pass_key import PassKey
from models.market.employer_link import EmployerLink
from models.market.tablet import Tablet
from models.market.vacancy_proposal import propose
from tests.properties.mornings import STRAY_PASS
from tests.sheets import xlsx

PUBLIC = {
    "boards.show", "boards.square", "booth_pages.show", "counties.index",
    "coming_days.index", "coming_days.show", "coming_days.index_feed", "coming_days.show_feed",
    "design.show", "enrolments.new", "enrolments.create", "health.show", "metrics.show",
    "links.show", "links.index",
    "kiosk.show", "kiosk.worker", "kiosk.decoder", "kiosk.screen", "kiosk.practice", "kiosk.manifest",
    "market_days.home", "me.show", "me.picture", "me.speak", "vacancy_pages.speak", "trust.certificate", "trust.show",
    "own_queues.show", "own_sign_ups.index", "own_sign_ups.update",
    "own_phones.index", "own_phones.update", "own_phones.ask", "own_phones.destroy",
    "own_deletions.new", "own_deletions.create", "own_entries.edit", "own_entries.update", "own_wishes.edit",
    "own_recommendations.index", "own_wishes.update",
    "own_messages.edit", "own_messages.update", "survey_pages.show", "survey_pages.create", "survey_pages.update",
    "me.card", "me.change_consent", "me.ask_to_take_consent_back",
    "me.withdraw_check_in", "me.ask_to_withdraw", "me.take_back_withdrawal",
    "passes.show", "privacy_notices.show", "sessions.new",
    "sessions.create", "sessions.destroy", "sign_in_codes.new", "sign_in_codes.create", "welcomes.edit",
    "welcomes.update", "static_files.show", "vacancy_pages.index",
    "vacancy_pages.show", "vacancy_pages.create", "vacancy_pages.check_in", "walls.show", "walls.renew",
}  # fmt: skip
# Of who has an employer's link: tests/routes/employer.
BY_LINK = {
    "employer_pages.show", "employer_changes.edit", "employer_changes.update", "employer_changes.confirm",
    "employer_lists.create", "employer_lists.show", "employer_lists.export",
}  # fmt: skip
PUBLIC |= BY_LINK
# Of one's own account: everybody who signed in, whatever their role.
OWN = {
    "own_account.show", "own_account.update_password", "own_account.destroy_sessions", "second_factors.new",
    "second_factors.create", "second_factors.edit", "second_factors.update", "second_factors.renew_codes",
    "second_factors.destroy", "helps.index", "helps.show", "guides.show",
    "saved_filters.create", "saved_filters.update", "saved_filters.destroy",
}  # fmt: skip
# Of who has the secret of a set-up, while nobody has an account: tests/routes/office/test_first_run.py.
OF_THE_FIRST_RUN = {
    "first_runs.show", "first_runs.index", "first_runs.edit_county", "first_runs.update_county",
    "first_runs.edit_office", "first_runs.update_office", "first_runs.edit_account", "first_runs.update_account",
}  # fmt: skip
PUBLIC |= OF_THE_FIRST_RUN
OF_ORGANISERS = {"accounts", "account_states", "invitations", "first_steps"}  # blueprints
# Blueprints about people by name: organisers' and, but for those in the second, of the clerks of their towns.
OF_PEOPLE = {
    "assistances", "call_lists", "certificates", "complaints", "contact_attempts", "day_people", "deletions",
    "follow_ups", "held", "helpers", "import_columns", "import_states", "imports", "incidents", "ledger",
    "mailing_states", "mailings", "notices", "opt_outs", "people",
    "programmes", "person_messages", "rosters", "survey_answers", "survey_people", "survey_rounds", "surveys",
    "person_corrections", "person_groups", "person_letters", "person_passes", "person_phones",
    "person_recommendations", "same_people",
}  # fmt: skip
OF_PEOPLE_NOT_FOR_CLERKS = {
    "call_lists", "certificates", "complaints", "deletions", "held", "import_columns", "import_states", "imports",
    "incidents", "ledger",
    "mailing_states", "mailings", "opt_outs", "programmes", "rosters", "same_people",
    "survey_answers", "survey_people", "survey_rounds", "surveys",
}  # fmt: skip
OF_THE_CITY = {
    "city_totals.show", "city_totals.as_csv", "city_totals.as_xlsx",
    "city_campaigns.index", "city_campaigns.show", "city_campaigns.new", "city_campaigns.create",
    "city_campaigns.edit", "city_campaigns.update", "city_campaigns.destroy",
    "city_targets.edit", "city_targets.update",
}  # fmt: skip
# What a town clerk sees of the county besides the pages of market days, and what a reviewer changes.
CLERKS_SEE = {
    "market_days.office", "market_days.index", "market_days.new", "market_days.create", "market_days.dates",
    "summaries.index", "placements.index", "employers.index", "market_rules.index", "market_rules.show",
    "calendar.index", "calendar.show", "calendar.create", "season_posters.index", "office_search.index",
    "paper_batches.index", "paper_batches.create", "paper_batches.show", "paper_batches.fetch", "paper_batches.cancel",
    "paper_batches.destroy",
}  # fmt: skip
REVIEWERS_CHANGE = {
    "employers.twins", "employers.open_contact",
    "employers.new", "employers.create", "employers.edit", "employers.update", "employers.destroy",
    "employers.archive", "employers.restore", "vacancies.new", "vacancies.create", "vacancies.edit",
    "vacancies.update", "vacancies.destroy", "vacancies.offer", "vacancies.verify",
    "closures.create", "closures.destroy",
    "employer_vacancies.new", "employer_vacancies.create", "employer_vacancies.edit", "employer_vacancies.update",
    "employer_vacancies.destroy", "employer_vacancy_states.verify", "employer_vacancy_states.offer",
    "employer_vacancy_states.close", "employer_vacancy_states.reopen",
    "employer_links.create", "employer_links.destroy",
    "bulk_changes.preview", "bulk_changes.create", "bulk_changes.destroy",
    "vacancy_proposals.take", "vacancy_proposals.decline", "vacancy_proposals.take_back",
}  # fmt: skip
NOON = datetime(2026, 2, 24, 4, tzinfo=UTC)
COMPLAINT = {
    "received_on": date(2026, 2, 24), "due_on": date(2026, 3, 11), "channel": "desk", "topic": "fees", "text": "收押金",
}  # fmt: skip
LINK = re.compile(rb'<a\b[^>]*?href="(/[^"#]*)')
OF_A_TABLET = {"deliveries.create", "pins.create", "sync.create", "sync.identity", "sync.snapshot"}
# Besides new, edit and what is the organisers'.
READERS_DO_NOT_OPEN = {
    "backups.index", "backups.show", "employers.twins", "many_days.index", "tablets.ask_to_write_off",
}  # fmt: skip
CROSS_SITE = [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}]


def rules(app, *methods: str) -> list:
    return [rule for rule in app.url_map.iter_rules() if set(methods) & rule.methods]


@pytest.fixture
def address(app, fair, operation):
    """Return a function that gives a route's address among the cast."""
    operator = models.Operator.enlist(fair.clothing, "李工", "1234")
    tablet = Tablet.enlist(fair.clothing, letter="A")
    person = str(uuid4())
    ingest(tablet.log, [
        operation(1, "visit.recorded", pass_=STRAY_PASS),
        operation(2, "candidate.registered", id=person, name="王师傅", birth_year=1975),
    ])  # fmt: skip
    series = models.Series.create(
        county=fair.county, starts_on=NOON.date(), ends_on=NOON.date(), towns=0, days=0, source="none", made_by="chen"
    )
    exclusion = models.Exclusion.create(
        market_day=fair.day, log=tablet.log, from_ms=2**40, who="chen", note="stolen", ended_at=1, ended_by="chen"
    )
    visit = models.EmployerVisit.create(employer=fair.factory, day=fair.day.date, went="陈")
    invitation = models.Invitation.issue(fair.county, "chen", name="新同事", role="reader") and models.Invitation.get()
    link = EmployerLink.issue(fair.factory, fair.day, "周老板", "面试", "chen", date(2026, 3, 3))[0]
    known = {
        "account_id": fair.reader.id, "invitation_id": invitation.id,
        "visit_id": visit.id, "person": person, "candidate": person, "pass_number": "0", "log_id": tablet.id,
        "import_id": _import(fair), "form_id": _superior_form(fair),
        "series_id": series.id, "mailing_id": _mailing(fair), "survey_id": _survey(fair),
        "change_id": models.BulkChange.create(
            county=fair.county, act="urgent", count=0, rows=[], made_by="chen"
        ).id,
        "attempt": "0", "assistance": "0", "list_id": _handed(fair.factory),
        "market_day_id": fair.day.id, "number": fair.clothing.number, "operator_id": operator.id,
        "duty_id": operator.duties.get().id,
        "vacancy_number": fair.sewing.number, "tablet_id": tablet.id, "employer_id": fair.factory.id,
        "range_id": fair.day.pass_ranges.get().id, "booth_id": fair.clothing.id, "version": "x", "path": "x",
        "town": fair.town.code, "rule_id": models.MarketRule.create(town=fair.town, digits="3-6-9").id,
        "partner_id": (partner := models.Partner.create(
            county=fair.county, name="广安区", public="A" * 43, origin="sichuan", confirmed_by="chen")).id,
        "package_id": models.SentPackage.create(
            county=fair.county, made_by="chen", expires_on=date(2099, 1, 1), vacancies=0, body="{}").id,
        "received_id": _received(fair, partner),
        "wage_id": models.MinimumWage.create(
            county=fair.county, valid_from=date(2025, 1, 1), month_fen=233_000, hour_fen=2_300
        ).id,
        "point_id": models.ServicePoint.create(county=fair.county, town=fair.town, name="八塘站", address="正街1号").id,
        "programme_id": models.Programme.create(
            county=fair.county, kind="trip", title="去广东", begins_on=NOON.date(), clock="08:30", place="汽车站",
            seats=2, contact="周队长", phone="13800000000").id,
        "campaign_id": fair.campaign.id, "city_campaign_id": _of_the_city(), "county_id": fair.county.id,
        "device_id": tablet.device_id, "name": "gate", "kind": "v", "rest": "x",
        "key_id": PassKey.current(fair.county).id, "hand_over_id": "0" * 64, "exclusion_id": exclusion.id,
        "incident_id": report(tablet.device, NOON, "正街", "chen").id, "step": "head",
        "complaint_id": receive(fair.county, "chen", **COMPLAINT).id,
        "thing": "booth", "key": fair.clothing.id,
        "link_id": link.id, "proposal_id": propose(link, fair.sewing, {"openings": ["9"]}, {"openings": ["8"]}).id,
        "secret": "x", "code": "signs", "paper": "58", "batch_id": _batch(fair), "section": "start", "guide": "clerk",
        "digits": fair.passes[0], "token": uuid4().hex, "vacancy": fair.sewing.number, "seq": 1,
    }  # fmt: skip

    def address(rule: object) -> str:
        values = {name: known[name] for name in rule.arguments}
        if rule.endpoint.startswith("vacancy_pages."):
            values["number"] = fair.sewing.number
        with app.test_request_context():
            return app.url_for(rule.endpoint, **{n: v for n, v in values.items() if n in rule.arguments})

    return address


def _handed(employer) -> int:
    return hand_over(employer, [], "面试", "周老板", "chen", date(2026, 3, 24)).id


def _import(fair) -> int:
    given = {"kind": "operators", "name": "名单.xlsx", "size": 1, "made_by": "chen", "state": "ready"}
    return models.SheetImport.create(county=fair.county, sheets=[{"name": "", "rows": 0, "merged": []}], **given).id


def _batch(fair) -> int:
    given = {"days": [str(fair.day.id)], "papers": ["gate"], "state": "done", "made_by": "chen", "content": b"%PDF"}
    return models.PaperBatch.create(county=fair.county, **given).id


def _superior_form(fair) -> int:
    made = {"name": "汇总表", "content": xlsx(("人次", None)), "size": 1, "made_by": "chen"}
    return models.SuperiorForm.create(county=fair.county, **made).id


def _mailing(fair) -> int:
    given = {"audience": "day", "about": fair.day.id, "purpose": "提醒", "language": "zh", "text": "{name}"}
    return models.Mailing.create(county=fair.county, made_by="chen", **given).id


def _survey(fair) -> int:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    return models.Survey.create(county=fair.county, name="意向", begins_on=first, ends_on=last, made_by="chen").id


def _received(fair, partner):
    package = models.ReceivedPackage.create(
        county=fair.county, partner=partner, package="x", issued_at=datetime(2026, 2, 1, tzinfo=UTC),
        expires_on=date(2099, 1, 1), received_by="chen", vacancies=1,
    )  # fmt: skip
    work = {"number": "1", "employer": 0, "title": "普工", "trade": "fitter", "openings": 1, "duties": "装配",
            "place": "广安", "pay_unit": "month", "work_kind": "full_time", "valid_until": "2099-01-01"}  # fmt: skip
    said = {"vacancy": work, "employer": {"name": "广安厂", "kind": "household"}}
    return models.ReceivedVacancy.create(county=fair.county, partner=partner, number="1", package=package, said=said).id


def _of_the_city() -> int:
    first, last = date(2026, 1, 1), date(2026, 3, 31)
    return models.Campaign.create(county=None, name="全市春风行动", starts_on=first, ends_on=last).id


def of_the_office(app, *methods: str) -> list:
    """The routes of a county's office."""
    return [rule for rule in rules(app, *methods) if rule.endpoint not in PUBLIC | OF_A_TABLET | OF_THE_CITY | OWN]


def is_of_people(rule) -> bool:
    return rule.endpoint.partition(".")[0] in OF_PEOPLE


def asked_by(app, address, who, rule) -> int:
    """Ask a route as somebody, who signed in a moment ago, and return the status."""
    who = models.Organiser.get_by_id(who.id)
    method = "POST" if "POST" in rule.methods else "GET"
    return app.test_client(user=who).open(address(rule), method=method, data={}).status_code


def test_signed_out_nobody_gets_into_the_office(app, client, address):
    asked = [rule for rule in rules(app, "GET", "POST") if rule.endpoint not in PUBLIC | OF_A_TABLET]
    assert len(asked) > 30
    for rule in asked:
        answer = client.open(address(rule), method="POST" if "POST" in rule.methods else "GET")
        where = answer.headers.get("Location", "")
        assert answer.status_code == 401 or "/sign-in" in where, rule


def test_another_county_finds_nothing(app, fair, address):
    stranger = app.test_client(user=fair.neighbour)
    for rule in of_the_office(app, "GET", "POST"):
        if rule.arguments:
            method = "POST" if "POST" in rule.methods else "GET"
            assert stranger.open(address(rule), method=method, data={}).status_code == 404, rule


def test_a_reader_changes_nothing(app, fair, address):
    reader = app.test_client(user=fair.reader)
    for rule in of_the_office(app, "POST"):
        assert reader.post(address(rule), data={}).status_code in ((403, 404) if is_of_people(rule) else (403,)), rule
    refused = models.AuditEntry.select().where(models.AuditEntry.action == "refused")
    assert refused.count() == len(of_the_office(app, "POST"))


def test_a_reader_reads_the_county_and_opens_no_form(app, fair, address):
    for rule in of_the_office(app, "GET"):
        is_closed = rule.endpoint.endswith((".new", ".edit")) or rule.endpoint in READERS_DO_NOT_OPEN
        is_closed = is_closed or rule.endpoint.partition(".")[0] in OF_ORGANISERS
        if not is_of_people(rule):
            assert (asked_by(app, address, fair.reader, rule) == 403) is is_closed, rule


def names_a_day(rule) -> bool:
    return "market_day_id" in rule.arguments


def test_an_organiser_may_do_everything_in_their_county(app, fair, address):
    for rule in of_the_office(app, "GET", "POST"):
        assert asked_by(app, address, fair.chen, rule) != 403, rule


def test_a_clerk_works_on_the_market_days_of_their_towns_alone(app, fair, address):
    for rule in of_the_office(app, "GET", "POST"):
        is_theirs = names_a_day(rule) or rule.endpoint in CLERKS_SEE
        if is_of_people(rule):
            is_theirs = rule.endpoint.partition(".")[0] not in OF_PEOPLE_NOT_FOR_CLERKS
        assert (asked_by(app, address, fair.clerk, rule) not in (403, 404)) is is_theirs or (
            asked_by(app, address, fair.chen, rule) == 404  # nobody finds that row
        ), rule


def test_a_market_day_of_another_town_is_nothing_to_a_clerk(app, fair, address):
    for rule in of_the_office(app, "GET", "POST"):
        if names_a_day(rule):
            assert asked_by(app, address, fair.other_clerk, rule) == 404, rule


def test_a_reviewer_reads_the_county_and_changes_vacancies_and_employers(app, fair, address):
    forms = {rule.endpoint for rule in of_the_office(app, "GET") if asked_by(app, address, fair.reader, rule) == 403}
    posts = {rule.endpoint for rule in of_the_office(app, "POST")}
    assert forms | posts >= REVIEWERS_CHANGE
    for rule in of_the_office(app, "GET", "POST"):
        may = rule.endpoint not in forms | posts or rule.endpoint in REVIEWERS_CHANGE
        assert is_of_people(rule) or (asked_by(app, address, fair.reviewer, rule) != 403) is may, rule


@pytest.mark.parametrize("role", ["clerk", "reviewer", "reader", "city"])
def test_no_page_leads_anybody_to_what_they_do_not_see(app, fair, address, role):
    of_all = [rule for rule in rules(app, "GET") if rule.endpoint in OWN | OF_THE_CITY] + of_the_office(app, "GET")
    browser = app.test_client(user=models.Organiser.get_by_id(getattr(fair, role).id))
    led: dict[bytes, str] = {}
    for page in map(address, of_all):
        answer = browser.get(page)
        led |= {link: page for link in LINK.findall(answer.data) if answer.status_code == 200}
    assert len(led) > 1
    missing = {link for link in led if browser.get(unescape(link.decode())).status_code in (403, 404)}
    assert {link: led[link] for link in missing} == {}


def test_the_city_gets_into_no_county(app, fair, address):
    for rule in of_the_office(app, "GET", "POST"):
        assert asked_by(app, address, fair.city, rule) == (404 if rule.arguments else 403), rule


@pytest.mark.parametrize("role", ["chen", "clerk", "reviewer", "reader", "city"])
def test_everybody_has_an_account_of_their_own(app, fair, address, role):
    for rule in rules(app, "GET", "POST"):
        if rule.endpoint in OWN:
            nothing = 404 if rule.endpoint in ("second_factors.edit", "second_factors.update") else None  # not begun
            assert asked_by(app, address, getattr(fair, role), rule) in (200, 303, 422, nothing), rule


@pytest.mark.parametrize("role", ["nobody", "chen", "clerk", "reviewer", "reader", "city", "neighbour"])
def test_the_set_up_is_nothing_to_anybody_once_there_is_an_account(app, client, fair, address, role):
    asked = [rule for rule in rules(app, "GET", "POST") if rule.endpoint in OF_THE_FIRST_RUN]
    assert len(asked) == len(OF_THE_FIRST_RUN)
    browser = client if role == "nobody" else app.test_client(user=getattr(fair, role))
    for rule in asked:
        method = "POST" if "POST" in rule.methods else "GET"
        assert browser.open(address(rule), method=method, data={}).status_code == 404, rule


def test_nobody_else_manages_accounts(app, fair, address):
    for rule in of_the_office(app, "GET", "POST"):
        if rule.endpoint.partition(".")[0] in OF_ORGANISERS:
            for role in ("reader", "reviewer", "clerk", "city"):
                assert asked_by(app, address, getattr(fair, role), rule) in (403, 404), (role, rule)


def test_people_are_nothing_to_who_has_nothing_to_do_with_them(app, fair, address):
    for rule in filter(is_of_people, of_the_office(app, "GET", "POST")):
        for role in ("reader", "reviewer", "city", "other_clerk"):
            if role != "other_clerk" or rule.arguments:
                assert asked_by(app, address, getattr(fair, role), rule) in (403, 404), (role, rule)


@pytest.mark.parametrize("role", ["chen", "clerk", "reviewer", "reader"])
def test_who_has_to_set_a_second_factor_up_does_so_first(app, fair, address, role):
    models.County.update(requires_second_factor=True).execute()
    for rule in of_the_office(app, "GET", "POST"):
        method = "POST" if "POST" in rule.methods else "GET"
        answer = app.test_client(user=getattr(fair, role)).open(address(rule), method=method, data={})
        assert (answer.status_code, answer.location) == (303, "/organiser/account/second-factor"), rule
    for rule in rules(app, "GET", "POST"):
        if rule.endpoint in OWN:
            assert asked_by(app, address, getattr(fair, role), rule) in (200, 303, 404, 422), rule


@pytest.mark.parametrize("role", ["chen", "clerk", "reviewer", "reader"])
def test_the_totals_and_campaigns_of_the_city_are_its_own(app, fair, address, role):
    of_the_city = [rule for rule in rules(app, "GET", "POST") if rule.endpoint in OF_THE_CITY]
    assert len(of_the_city) == len(OF_THE_CITY)
    for rule in of_the_city:
        assert asked_by(app, address, getattr(fair, role), rule) == (404 if rule.arguments else 403), rule
    for rule in of_the_city:
        assert asked_by(app, address, fair.city, rule) in (200, 303, 404, 422), rule
        assert asked_by(app, address, fair.city, rule) == 200 or "POST" in rule.methods or is_gone(rule), rule


def is_gone(rule) -> bool:
    """Say whether what a route shows may have been deleted by another route before."""
    return "city_campaign_id" in rule.arguments


def test_who_of_the_city_has_to_set_a_second_factor_up_does_so_first(app, fair, address):
    app.config["CITY_SECOND_FACTOR"] = True
    assert asked_by(app, address, fair.reader, next(r for r in rules(app, "GET") if r.endpoint == "keys.index")) == 200
    for rule in rules(app, "GET", "POST"):
        if rule.endpoint in OF_THE_CITY:
            method = "POST" if "POST" in rule.methods else "GET"
            answer = app.test_client(user=fair.city).open(address(rule), method=method, data={})
            assert (answer.status_code, answer.location) == (303, "/organiser/account/second-factor"), rule
    for rule in rules(app, "GET", "POST"):
        if rule.endpoint in OWN:
            assert asked_by(app, address, fair.city, rule) in (200, 303, 404, 422), rule


def test_a_tablet_is_no_organiser(app, fair, address, enrol):
    tablet = enrol(fair.clothing).browser
    for rule in of_the_office(app, "GET", "POST"):
        answer = tablet.open(address(rule), method="POST" if "POST" in rule.methods else "GET")
        assert answer.status_code == 401 or "/sign-in" in answer.headers.get("Location", ""), rule


def test_an_organiser_is_no_tablet(app, fair, address):
    organiser = app.test_client(user=fair.chen)
    for rule in rules(app, "GET", "POST"):
        if rule.endpoint in OF_A_TABLET:
            method = "POST" if "POST" in rule.methods else "GET"
            assert organiser.open(address(rule), method=method).status_code == 401


@pytest.mark.parametrize("headers", CROSS_SITE, ids=str)
def test_another_site_writes_nothing(app, fair, address, headers):
    organiser = app.test_client(user=fair.chen)
    for rule in rules(app, "POST"):
        assert organiser.post(address(rule), headers=headers).status_code == 403, rule


def test_a_form_without_fields_is_never_a_server_error(app, fair, address, enrol):
    for browser in (app.test_client(user=fair.chen), app.test_client(), enrol(fair.clothing).browser):
        for rule in rules(app, "POST"):
            assert browser.post(address(rule), data={}).status_code < 500, rule
            assert browser.post(address(rule), json=[]).status_code < 500, rule


def test_every_answer_carries_the_strict_policy(app, client, fair, address):
    for rule in rules(app, "GET"):
        policy = client.get(address(rule)).headers["Content-Security-Policy"]
        assert "'unsafe-inline'" not in policy and "'unsafe-eval'" not in policy
        assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
