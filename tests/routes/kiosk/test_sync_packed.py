"""Bodies that a tablet packs: the same batch in a third of the bytes, and never more than it may be."""

import gzip
import json
import uuid
import zlib

import pytest

from models.schema import Operation
from routes.kiosk.sync import LARGEST_BODY


@pytest.fixture
def tablet(enrol, fair):
    return enrol(fair.desk)


@pytest.fixture
def batch(operation):
    facts = [operation(seq, "tally.counted", topic="leaflet", count=1) for seq in range(1, 101)]
    return json.dumps({"protocol": 1, "batch": str(uuid.uuid4()), "cursor": 0, "operations": facts}).encode()


@pytest.fixture
def post(tablet):
    def post(body: bytes, packing: str = "gzip"):
        headers = {"Content-Encoding": packing} if packing else {}
        return tablet.browser.post("/sync", data=body, content_type="application/json", headers=headers)

    return post


def test_a_packed_batch_is_the_batch(post, batch):
    answer = post(gzip.compress(batch))
    assert (answer.status_code, answer.json["acknowledged"]) == (200, 100)

    again = post(batch, "identity")
    assert {result["outcome"] for result in again.json["results"]} == {"duplicate"}


def test_a_tablet_is_told_that_it_may_pack(tablet, post, batch):
    assert post(batch, "").json["accepts"] == ["gzip"]
    assert tablet.browser.get("/kiosk/snapshot").json["accepts"] == ["gzip"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body,
        lambda body: b"",
        lambda body: zlib.compress(body),
        lambda body: gzip.compress(body)[:-4],
        lambda body: gzip.compress(body)[:40],
        lambda body: gzip.compress(body) + b"more",
        lambda body: gzip.compress(body)[:30] + b"\xff" * 20,
        lambda body: gzip.compress(b"[" * 100_000),
    ],
)
def test_a_pack_that_cannot_be_read_gets_a_clear_answer(post, batch, spoil):
    answer = post(spoil(batch))
    assert (answer.status_code, answer.json["error"]) == (400, "malformed")
    assert not Operation.select().exists()


@pytest.mark.parametrize("packing", ["br", "deflate", "gzip, gzip", "x" * 500])
def test_only_gzip_is_spoken(post, batch, packing):
    answer = post(gzip.compress(batch), packing)
    assert (answer.status_code, answer.json["error"]) == (400, "malformed")


@pytest.mark.parametrize("size", [LARGEST_BODY + 1, 100_000_000])
def test_a_bomb_is_413_and_is_not_unpacked(post, size):
    bomb = gzip.compress(b" " * size, compresslevel=1)
    assert len(bomb) < LARGEST_BODY

    answer = post(bomb)

    assert (answer.status_code, answer.json) == (413, {"error": "too_large"})


def test_as_much_as_may_be_is_unpacked(post, batch):
    answer = post(gzip.compress(batch + b" " * (LARGEST_BODY - len(batch))))
    assert answer.status_code == 200
