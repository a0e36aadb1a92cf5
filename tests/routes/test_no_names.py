"""The city is told no person's name: on no page, in no export and in no refusal, by whichever route it asks.

Names stand in every table that has any, each of them one that an organiser of the county reads on some page.
"""

import io
import zipfile
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from models import schema as models
from models.figures.version import close
from models.intake.ingest import ingest
from models.keys.employer_contact import EmployerContact, seal_contact
from models.market.checklist import ChecklistItem
from tests.routes.test_every_route import address, rules

__all__ = ["address"]  # a fixture

NAMES = {
    "candidate": "欧阳菊花", "operator": "上官小工", "contact": "司徒掌柜", "visitor": "诸葛下乡", "met": "司马当家",
    "account": "端木阅览", "invited": "慕容新来", "history": "令狐改动", "signature": "公孙盖章",
    "checklist": "夏侯带椅", "rule": "东方定期", "decided": "皇甫决定", "closed": "尉迟收摊",
}  # fmt: skip
PHONES = ("13800006666", "13800007777")


@pytest.fixture
def named(fair, enrol, operation, address) -> None:
    """The set-up of every route with a person's name wherever there is room for one."""
    tablet = enrol(fair.clothing).tablet
    who, tie = str(uuid4()), str(uuid4())
    ingest(tablet.log, [
        operation(1, "candidate.registered", id=who, name=NAMES["candidate"], birth_year=1980, phone=PHONES[0]),
        operation(2, "check_in.recorded", id=tie, candidate=who, vacancy=fair.sewing.number),
        operation(3, "candidate.registered", name=NAMES["candidate"], birth_year=1981, mood="merry"),
    ])  # fmt: skip
    models.Operator.enlist(fair.clothing, NAMES["operator"], "1234")
    seal_contact(fair.factory, EmployerContact(NAMES["contact"], PHONES[1]))
    fair.factory.save()
    models.EmployerVisit.update(went=NAMES["visitor"], met=NAMES["met"], needs=NAMES["met"]).execute()
    models.Organiser.update(name=NAMES["account"]).where(models.Organiser.id == fair.reader.id).execute()
    models.Invitation.update(name=NAMES["invited"]).execute()
    for county in (fair.county, None):
        models.AuditEntry.create(county=county, who=NAMES["history"], action="export", what="-")
    close(fair.day, NAMES["closed"])
    models.Signing.create(
        market_day=fair.day, version=1, signed_by=NAMES["signature"], signed_on=fair.day.date, who="chen"
    )
    ChecklistItem.create(market_day=fair.day, text="椅子", person=NAMES["checklist"])
    models.MarketRule.update(confirmed_by=NAMES["rule"], confirmed_on=fair.day.date).execute()
    models.Exclusion.update(who=NAMES["decided"], ended_by=NAMES["decided"]).execute()


def words_of(answer: TestResponse) -> str:
    """Return all that an answer says, unpacked where it is packed."""
    if zipfile.is_zipfile(io.BytesIO(answer.data)):
        with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
            return " ".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    return answer.data.decode(errors="replace") + str(answer.headers)


def test_the_city_reads_no_name_on_any_route_and_an_organiser_reads_each(app, fair, named, address):
    totals = [f"/organiser/city{form}?from=2026-01-01&until=2026-12-31" for form in ("", ".csv")]
    city = app.test_client(user=models.Organiser.get_by_id(fair.city.id))
    opened = 0
    for where in [*totals, *(address(rule) for rule in rules(app, "GET"))]:
        answer = city.get(where)
        opened += answer.status_code == 200
        assert not [name for name in (*NAMES.values(), *PHONES) if name in words_of(answer)], where
    assert opened > 15 and all(city.get(where).status_code == 200 for where in totals)
    for rule in rules(app, "POST"):
        answer = app.test_client(user=models.Organiser.get_by_id(fair.city.id)).post(address(rule), data={})
        assert not [name for name in (*NAMES.values(), *PHONES) if name in words_of(answer)], rule

    chen = app.test_client(user=models.Organiser.get_by_id(fair.chen.id))
    read = [words_of(chen.get(address(rule))) for rule in rules(app, "GET") if rule.endpoint != "sessions.destroy"]
    read.append(chen.post(f"/organiser/employers/{fair.factory.id}/contact", data={"purpose": "a call"}).text)
    assert {kind for kind, name in NAMES.items() if not any(name in text for text in read)} == set()
