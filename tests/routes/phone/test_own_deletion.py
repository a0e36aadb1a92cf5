"""Somebody deletes what is kept of them on their own page; the page is nobody's afterwards."""

from uuid import uuid4

import pytest

from models import schema as models
from models.base.secret import digest
from models.forgetting.request import DeletionRequest
from models.intake.ingest import record

TOKEN = "t" * 43
WANG = {"name": "慕容小雁", "birth_year": 1985, "phone": "13812345678"}


@pytest.fixture(autouse=True)
def listed(app, tmp_path):
    app.config["FORGOTTEN"] = str(tmp_path / "forgotten")
    return tmp_path / "forgotten"


@pytest.fixture
def own(fair, operation):
    """Return a function that registers Wang on a phone and gives the page its address."""

    def register(token: str = TOKEN) -> str:
        id = str(uuid4())
        record(fair.day, [operation(0, "candidate.registered", id=id, registered_by="self", **WANG)])
        models.Candidate.update(token_hash=digest(token)).where(models.Candidate.id == id).execute()
        return id

    return register


def test_it_is_asked_confirmed_and_done(client, own, listed):
    id = own()
    asked = client.get(f"/me/{TOKEN}/deletion")
    done = client.post(f"/me/{TOKEN}/deletion")

    assert asked.status_code == 200 and WANG["name"] in asked.text
    assert done.status_code == 200 and WANG["name"] not in done.text
    assert client.get(f"/me/{TOKEN}").status_code == 404
    assert client.post(f"/me/{TOKEN}/deletion").status_code == 404
    row = models.Candidate.get_by_id(id)
    assert (row.name, row.phone) == ("慕容某", None)
    assert id not in listed.read_text() and listed.read_text().count("\n") == 2


def test_of_several_registrations_the_office_looks_first(client, app, fair, own):
    one = own()
    own("u" * 43)  # anybody can type another's name, birth year and phone
    answer = client.post(f"/me/{TOKEN}/deletion", follow_redirects=True)
    client.post(f"/me/{TOKEN}/deletion")
    waiting = app.test_client(user=fair.chen).get("/organiser/retention")

    assert "15" in answer.text
    assert [request.candidate for request in DeletionRequest.open_of(fair.county)] == [one]
    assert f"/organiser/people/{one}" in waiting.text
    assert {row.name for row in models.Candidate.select()} == {WANG["name"]}


def test_of_a_stranger_there_is_nothing(client, own):
    own()
    assert client.get(f"/me/{'x' * 43}/deletion").status_code == 404
    assert client.post(f"/me/{'x' * 43}/deletion").status_code == 404
