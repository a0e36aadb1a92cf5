"""Errors: a page for people, JSON for programs; a tablet that asks is always a program."""

import pytest

from models.market.enrolment import Enrolment
from models.market.tablet import Tablet

FOR_TABLETS = [
    ("POST", "/sync"), ("GET", "/kiosk/identity"), ("GET", "/kiosk/snapshot"), ("POST", "/kiosk/hand-overs"),
]  # fmt: skip
# What a browser's fetch() accepts, and what a page's navigation does.
ACCEPTS = ["*/*", "text/html,application/xhtml+xml,*/*;q=0.8"]


@pytest.fixture
def broken(app, monkeypatch):
    """The application when looking up a tablet fails; nobody in the test is told of the exception."""
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def fail(*_: object) -> None:
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(Tablet, "by_token", fail)
    return app.test_client()


def test_these_are_all_the_addresses_that_a_tablets_cookie_opens(app):
    guarded = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.endpoint.split(".")[0] in ("sync", "deliveries")
    }
    assert guarded == set(FOR_TABLETS)


@pytest.mark.parametrize("accept", ACCEPTS)
@pytest.mark.parametrize(("method", "path"), FOR_TABLETS)
def test_what_fails_for_a_tablet_fails_in_json(broken, method, path, accept):
    answer = broken.open(path, method=method, headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (500, "application/json")
    assert answer.json["error"] == "Internal Server Error"


@pytest.mark.parametrize(("method", "path"), FOR_TABLETS)
def test_so_does_a_wrong_method(client, method, path):
    wrong = "DELETE" if method == "GET" else "GET"
    answer = client.open(path, method=wrong, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (405, "application/json")


def test_an_enrolment_that_fails_fails_in_json(broken, monkeypatch):
    monkeypatch.setattr(Enrolment, "redeem", Tablet.by_token)
    answer = broken.post("/enrol", data={"code": "x"}, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (500, "application/json")


def test_people_get_a_page(client, fair):
    assert client.get("/nowhere").mimetype == "text/html"
    assert client.get("/nowhere.json").mimetype == "application/json"
    assert client.get("/nowhere", headers={"Accept": "application/json"}).mimetype == "application/json"
    assert client.delete("/kiosk").mimetype == "text/html"
