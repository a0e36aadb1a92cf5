"""The log: every answer has a number, and no line names anybody."""

import io
import json
import logging

import pytest

from app import create_app
from routes.web import request_log
from routes.web.request_log import HEADER, scrubbed


@pytest.fixture
def heard(database, request):
    """An application that writes JSON, and what it has written so far."""
    application = create_app(DATABASE=database, SECRET_KEY="test", LOG="json", PROXIES=1)
    stream = io.StringIO()
    request_log.LOG.handlers[0].setStream(stream)
    yield application, lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    request_log.LOG.setLevel(logging.WARNING)


def test_a_request_is_a_line_with_the_number_of_its_answer(heard):
    application, lines = heard
    answer = application.test_client().get("/healthz")
    (line,) = lines()
    assert line["request"] == answer.headers[HEADER] and len(line["request"]) == 16
    assert {k: line[k] for k in ("level", "method", "endpoint", "status")} == {
        "level": "info", "method": "GET", "endpoint": "health.show", "status": 200,
    }  # fmt: skip
    assert line["ms"] >= 0 and line["bytes"] == len(answer.data)


@pytest.mark.parametrize(
    ("given", "taken"), [("req-12345678", True), ("short", False), ("x" * 65, False), ("a b c d e f g h", False)]
)
def test_a_proxys_number_is_taken_when_it_is_one(heard, client, given, taken):
    application, _ = heard
    assert (application.test_client().get("/healthz", headers={HEADER: given}).headers[HEADER] == given) is taken
    assert client.get("/healthz", headers={HEADER: given}).headers[HEADER] != given  # nobody's proxy


def test_a_token_in_an_address_is_not_written(heard):
    application, lines = heard
    application.test_client().get("/me/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4")
    (line,) = lines()
    assert "Zm9v" not in json.dumps(line) and line["endpoint"] == "me.show"


def test_a_mistake_is_written_with_its_place_and_without_what_it_says_of_people(heard):
    application, lines = heard
    application.config["PROPAGATE_EXCEPTIONS"] = False
    said = "Key (phone)=(13812345678) of 王师傅 already exists, token Zm9vYmFyYmF6cXV4Zm9v"

    @application.get("/breaks/<token>")
    def breaks(token: str) -> str:
        raise ValueError(said)

    answer = application.test_client().get("/breaks/Zm9vYmFyYmF6cXV4Zm9v", headers={"Accept": "application/json"})
    mistake, line = lines()
    assert answer.status_code == 500 and line["status"] == 500 and mistake["request"] == line["request"]
    assert "in breaks" in mistake["mistake"] and "ValueError: Key (phone)=(…) of … already exists" in mistake["mistake"]
    assert not any(words in str(lines()) for words in ("13812345678", "王师傅", "Zm9v"))
    assert answer.json["request"] == line["request"]


def test_a_page_that_failed_says_its_number(heard):
    application, _ = heard
    application.config["PROPAGATE_EXCEPTIONS"] = False

    @application.get("/breaks")
    def breaks() -> str:
        raise ValueError

    answer = application.test_client().get("/breaks", headers={"Accept": "text/html"})
    assert answer.status_code == 500 and answer.headers[HEADER] in answer.text


@pytest.mark.parametrize("text", ["138 1234 5678"[:3] + "12345678", "王桂芳", "Zm9vYmFyYmF6cXV4Zm9v"])
def test_what_may_be_somebodys_is_left_out(text):
    assert scrubbed(f"before {text} after") == "before … after"
