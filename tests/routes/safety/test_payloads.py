"""Markup in every field that anybody can send, and every page drawn: it is shown as text everywhere.

Facts come from a tablet, in every kind and field, and names at enrolment and by phone; the office's own texts are
written into the rows, for forms refuse some. What is looked for is an element or an attribute made of the payload.
"""

from html.parser import HTMLParser
from types import SimpleNamespace
from uuid import NAMESPACE_OID, uuid5

import pytest

from models import schema as models
from models.base.database import db
from models.derived import nouns
from models.log.kind import fields_of
from tests.effort import DEEP
from tests.routes.test_every_route import address, rules  # noqa: F401  a fixture

PAYLOAD = "<b q9>"  # fits into the shortest field
LONG = f"\"'>{PAYLOAD}<!--%(x)s{{{{7*7}}}}"
WRITTEN = {
    "division": ("name",), "county": ("name", "service_name", "phone"), "campaign": ("name", "theme"),
    "market_day": ("place",), "employer": ("name", "credit_code", "licence", "contact", "phone"), "booth": ("name",),
    "operator": ("name",), "vacancy": ("title", "duties", "place", "hours", "benefits", "requirements", "bring"),
    "tablet": ("written_off_by", "written_off_why"), "device": ("name", "browser", "release"),
    "organiser": ("name",), "access_token": ("name",),
    "audit_entry": ("who", "what"), "hand_over": ("who",), "settlement": ("note", "who"), "closing": ("who", "reason"),
    "amendment": ("who", "reason", "old", "new"), "exclusion": ("who", "note", "ended_by"),
    "candidate": ("name", "phone", "phone_owner", "home_division", "trades", "education", "groups"),
}  # fmt: skip
QUERIES = (
    {},
    {"print": "1"},
    {"state": "settled", "q": LONG, "next": LONG, "version": "open"},
    *([{"lang": "en"}] if DEEP else []),  # the markup is the same: by night
)
FILLED = {
    "pass": None, "candidate": str(uuid5(NAMESPACE_OID, "wang")), "birth_year": 1970, "based_on": 1, "count": 1,
    "spoken": True, "correction": False, "wanted_pay_min_fen": 1, "trades": [PAYLOAD], "work_kinds": [PAYLOAD],
    "groups": [PAYLOAD], "vacancy": None, "contact": None, "check_in": str(uuid5(NAMESPACE_OID, "check-in")),
}  # fmt: skip


class Finder(HTMLParser):
    """Notes whether anything on a page was made of the payload."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found = False
        if "q9>" in page or "<!--%(x)s" in page:  # else every sign of it is escaped, and most pages are long
            self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found = self.found or any(name == "q9" for name, _ in attributes)

    def handle_comment(self, data: str) -> None:
        self.found = self.found or "%(x)s" in data


@pytest.fixture
def spoiled(app, fair, enrol, operation, sign_up, address):  # noqa: F811
    """Fill everything with the payload, and return the browsers of all who may look and the address of their page."""
    own_page = sign_up(name=f"王{PAYLOAD}", browser=(phone := app.test_client())).location.partition("#")[0]
    tablet = enrol(fair.clothing)
    tablet.sync(*_facts(fair, operation))
    code = models.Enrolment.open(fair.clothing)
    assert app.test_client().post("/enrol", data={"code": code, "name": LONG}).status_code == 201
    office = app.test_client(user=fair.chen)
    day = f"/organiser/market-days/{fair.day.id}"
    office.post(f"{day}/closings", data={"reason": LONG})
    keys = models.Operation.select(models.Operation.log, models.Operation.seq)
    for log, seq in keys.where(models.Operation.outcome == "attention").limit(2).tuples():
        office.post(f"{day}/quarantine/{log}/{seq}", data={"act": "set_aside", "note": LONG})
    _write()
    return SimpleNamespace(
        office=office, reader=app.test_client(user=fair.reader), phone=phone, tablet=tablet.browser, own_page=own_page,
        day=day, address=address,
    )  # fmt: skip


def _facts(fair, operation) -> list[dict]:
    """Return facts of every kind, first with the payload in every field that takes it, then in each by itself."""
    known = FILLED | {"pass": fair.passes[0], "vacancy": fair.sewing.number}
    facts = []
    for kind, said in nouns.kinds().items():
        names = sorted(fields_of(said))
        good = {name: known.get(name, PAYLOAD) for name in names if known.get(name, PAYLOAD) is not None}
        good |= {"stage": "hired"} if "stage" in names else {}
        facts.append(operation(0, kind, **good))
        facts += [operation(0, kind, **good | {name: LONG}) for name in names]
        facts.append(operation(0, kind, **good | {"more": LONG}))
    facts += [operation(0, LONG[:60]), operation(0, "visit.recorded") | {"id": LONG, "operator": LONG, "at": LONG}]
    facts += [operation(0, "visit.recorded", pass_=fair.passes[1]) | {"operator": LONG}]
    for kind, id in (("candidate.registered", "candidate"), ("check_in.recorded", "check_in")):
        next(fact for fact in facts if fact["kind"] == kind)["id"] = FILLED[id]
    return [fact | {"seq": seq} for seq, fact in enumerate(facts, start=1)]


def _write() -> None:
    """Write the payload into what the office itself writes, whatever its forms refuse."""
    for table, columns in WRITTEN.items():
        key = "code" if table == "division" else "id"
        has_key = any(column.name == key for column in db.get_columns(table))
        for column in columns:
            end = f" || {key}" if has_key else ""
            db.execute_sql(f"UPDATE {table} SET {column} = ?{end}", (LONG,))


def _pages(app, spoiled, queries=QUERIES):
    """Draw every page that there is, for all who may see it, whole and as htmx asks for it.

    With fewer queries than ``QUERIES``, those of every tenth fact for the office alone.
    """
    facts = list(models.Operation.select(models.Operation.log, models.Operation.seq).tuples())
    facts = facts if queries is QUERIES else facts[::10]
    paths = {path: rule for rule in rules(app, "GET") if (path := spoiled.address(rule)) and "static" not in path}
    paths |= {f"{spoiled.day}/quarantine/{log}/{seq}{more}": None for log, seq in facts for more in ("", "/edit")}
    paths |= {
        f"{spoiled.day}/quarantine?page={page}&state={state}": None for page in range(1, 6) for state in ("", "refused")
    }
    for path in [*paths, spoiled.own_page]:
        for query in queries if paths.get(path) else queries[:1]:
            yield path, spoiled.office.get(path, query_string=query or None)
        if paths.get(path) and queries is QUERIES:
            yield path, spoiled.office.get(path, headers={"HX-Request": "true"})
            for browser in (spoiled.reader, spoiled.phone, spoiled.tablet):
                yield path, browser.get(path)


def _forms(app, spoiled):
    """Send every form with the payload in each field; what is refused comes back with it."""
    names = "name title place phone contact note reason duties hours benefits number date login count topics trades"
    form = dict.fromkeys(
        [*names.split(), "birth_year", "pay_min", "act", "code", "why", "pin", "kind", "vacancy"], LONG
    )
    for rule in rules(app, "POST"):
        for browser in (spoiled.office, spoiled.phone):
            if "delete" not in rule.rule and rule.endpoint != "sessions.destroy":
                yield rule.rule, browser.post(spoiled.address(rule), data=form)


def _leaks(answers) -> tuple[set[str], int]:
    """Return the addresses on whose pages the payload is more than text, and how many pages hold it as text."""
    found, shown = set(), 0
    for path, answer in answers:
        assert answer.status_code < 500, path
        if answer.mimetype == "text/html":
            shown += "q9" in answer.text
            if Finder(answer.text).found:
                found.add(path)
    return found, shown


def test_a_payload_is_text_on_every_page(app, spoiled):
    leaks, shown = _leaks(_pages(app, spoiled))
    assert not leaks and shown > 400
    leaks, shown = _leaks(_forms(app, spoiled))
    assert not leaks and shown > 20


def test_the_payload_arrives_so_a_page_without_its_escape_is_noticed(app, spoiled, monkeypatch):
    """The same with Jinja told to escape nothing: were the payload not there, the test above would say nothing."""
    monkeypatch.setattr(app.jinja_env, "autoescape", False)
    monkeypatch.setattr(app.jinja_env, "bytecode_cache", None)
    app.jinja_env.cache.clear()
    try:
        leaks, _ = _leaks(_pages(app, spoiled, QUERIES[:1]))
    finally:
        app.jinja_env.cache.clear()
    templates = {path.replace(spoiled.day, "").partition("?")[0].strip("/").split("/")[0] for path in leaks}
    assert len(leaks) > 60 and templates >= {
        "",
        "booths",
        "quarantine",
        "summary",
        "live",
        "posters",
        "tablets",
        "v",
        "me",
    }
