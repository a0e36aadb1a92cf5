"""What random mornings need besides the cast: tablets, signed passes and sealed contacts, made once a test."""

import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from models.keys.pass_key import PassKey
from models.keys.seal import SealKey, text_of
from models.schema import Programme, Tablet
from tests.properties.mornings import PHONES


@pytest.fixture
def fair(fair) -> SimpleNamespace:
    """The cast, with ``signed`` (a pass's QR text by its number) and ``contacts`` (the phone in each box)."""
    pass_key, seal_key = PassKey.current(fair.county), SealKey.current(fair.county)
    tomorrow = datetime(2026, 2, 25, tzinfo=UTC)
    fair.signed = {
        number: f"https://ganchang.example/p/{pass_key.sign(fair.day, number, tomorrow)}" for number in fair.passes[:4]
    }
    sealed = [(phone, seal_key) for phone in PHONES * 2] + [(None, SealKey.make(fair.elsewhere))]
    for county in (fair.county, fair.elsewhere):  # 1 is ours, 2 another county's, 3 nobody's
        Programme.create(
            county=county, kind="trip", title="去广东", begins_on=fair.day.date, clock="08:30", place="汽车站", seats=2,
            contact="周队长", phone="13800000000",
        )  # fmt: skip
    fair.contacts = {text_of(key.seal(json.dumps({"phone": phone}).encode())): phone for phone, key in sealed}
    return fair


@pytest.fixture
def tablets(fair) -> list[Tablet]:
    """Tablets A, B and C at the clothing factory's booth, the restaurant's and the desk."""
    booths = (fair.clothing, fair.kitchen, fair.desk)
    return [
        Tablet.enlist(booth, letter=letter)
        for booth, letter in zip(booths, "ABC", strict=True)
    ]
