"""Every route, asked signed out, by the wrong role, by another county and by another site.

A route that is not in one of the lists fails the test: whoever adds it says who may use it.
"""

from uuid import uuid4

import pytest

from models import schema as models
from models.intake.ingest import ingest
from models.keys.pass_key import PassKey
from models.market.tablet import Tablet
from tests.properties.mornings import STRAY_PASS

PUBLIC = {
    "boards.show", "booth_pages.show", "counties.index",
    "design.show", "enrolments.new", "enrolments.create", "health.show",
    "links.show",
    "kiosk.show", "kiosk.worker", "kiosk.decoder", "kiosk.screen", "kiosk.practice", "kiosk.manifest",
    "market_days.home", "me.show", "me.picture", "me.speak", "vacancy_pages.speak", "trust.certificate", "trust.show",
    "me.destroy", "me.change_consent", "me.withdraw_check_in", "me.ask_to_withdraw", "me.take_back_withdrawal",
    "passes.show", "sessions.new",
    "sessions.create", "sessions.destroy", "static_files.show", "vacancy_pages.index",
    "vacancy_pages.show", "vacancy_pages.create", "vacancy_pages.check_in",
}  # fmt: skip
OF_A_TABLET = {"deliveries.create", "sync.create", "sync.identity", "sync.snapshot"}
CROSS_SITE = [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}]


def rules(app, *methods: str) -> list:
    return [rule for rule in app.url_map.iter_rules() if set(methods) & rule.methods]


@pytest.fixture
def address(app, fair, operation):
    """Return a function that gives a route's address among the cast."""
    operator = models.Operator.enlist(fair.clothing, "李工", "1234")
    tablet = Tablet.enlist(fair.clothing, letter="A")
    ingest(tablet.log, [operation(1, "visit.recorded", pass_=STRAY_PASS)])
    exclusion = models.Exclusion.create(
        market_day=fair.day, log=tablet.log, from_ms=2**40, who="chen", note="stolen", ended_at=1, ended_by="chen"
    )
    visit = models.EmployerVisit.create(employer=fair.factory, day=fair.day.date, went="陈")
    known = {
        "visit_id": visit.id,
        "market_day_id": fair.day.id, "number": fair.clothing.number, "operator_id": operator.id,
        "vacancy_number": fair.sewing.number, "tablet_id": tablet.id, "employer_id": fair.factory.id,
        "range_id": fair.day.pass_ranges.get().id, "booth_id": fair.clothing.id, "version": "x", "path": "x",
        "town": fair.town.code, "rule_id": models.MarketRule.create(town=fair.town, digits="3-6-9").id,
        "point_id": models.ServicePoint.create(county=fair.county, town=fair.town, name="八塘站", address="正街1号").id,
        "name": "gate", "kind": "v", "rest": "x",
        "key_id": PassKey.current(fair.county).id, "hand_over_id": "0" * 64, "exclusion_id": exclusion.id,
        "thing": "booth", "key": fair.clothing.id,
        "digits": fair.passes[0], "token": uuid4().hex, "vacancy": fair.sewing.number, "seq": 1,
    }  # fmt: skip

    def address(rule: object) -> str:
        values = {name: known[name] for name in rule.arguments}
        if rule.endpoint.startswith("vacancy_pages."):
            values["number"] = fair.sewing.number
        with app.test_request_context():
            return app.url_for(rule.endpoint, **{n: v for n, v in values.items() if n in rule.arguments})

    return address


def of_the_office(app, *methods: str) -> list:
    return [rule for rule in rules(app, *methods) if rule.endpoint not in PUBLIC | OF_A_TABLET]


def test_signed_out_nobody_gets_into_the_office(app, client, address):
    asked = of_the_office(app, "GET", "POST")
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
        assert reader.post(address(rule), data={}).status_code == 403, rule
    refused = models.AuditEntry.select().where(models.AuditEntry.action == "refused")
    assert refused.count() == len(of_the_office(app, "POST"))


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
