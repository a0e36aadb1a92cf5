"""What the phone's form makes of what was typed, by the vectors that the kiosk's form is held to as well."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from werkzeug.datastructures import MultiDict

from routes.phone.registration_form import RegistrationForm
from tests.vectors import vectors

TEXT, NAMES, AGES = vectors("text"), vectors("names"), vectors("ages")["ages"]
WANG = {"name": "王师傅", "birth_year": "1975", "phone": "", "trades": "sewing", "of_age": "yes"}


@pytest.fixture
def read(app):
    """Return a function that reads a form with some fields changed: ``(form, registration or None)``."""

    def read(on: str = "2026-02-24", adults_only: bool = False, **changes: str):
        with app.test_request_context():
            form = RegistrationForm(MultiDict(WANG | changes), number=str(uuid4()))
            day = SimpleNamespace(date=date.fromisoformat(on))
            return form, form.read(day, SimpleNamespace(adults_only=adults_only))

    return read


def test_phones_are_kept_as_they_were_read_or_asked_for_again(read):
    for case in TEXT["phones"]:
        form, registration = read(phone=case["typed"], phone_asked=case["is"] or "")
        if case["is"] is None:
            assert "phone" in form.errors, case
        else:
            assert registration.phone == (case["is"] or None), case


def test_a_phone_that_is_not_as_long_as_its_kind_is_asked_about_once(read):
    for phone in TEXT["usual_phones"]["yes"]:
        assert read(phone=phone)[1].phone == phone
    for phone in TEXT["usual_phones"]["no"]:
        form, registration = read(phone=phone)
        assert registration is None and list(form.errors) == ["phone"] and form.unusual_phone == phone
        assert read(phone=phone, phone_asked=form.unusual_phone)[1].phone == phone
        assert read(phone="1380013", phone_asked=phone)[1] is None  # another one is asked about anew


def test_names_are_kept_as_they_were_read_or_asked_for_again(read):
    for case in NAMES["kept"]:
        form, registration = read(name=case["typed"])
        assert ("name" not in form.errors and registration.name) == (case["is"] or False), case
    letter, count = NAMES["longest"]["letter"], NAMES["longest"]["count"]
    assert read(name=letter * count)[1] and "name" in read(name=letter * (count + 1))[0].errors


def test_years_are_read_or_asked_for_again(read):
    for case in TEXT["years"]:
        form, registration = read(birth_year=case["typed"])
        assert (registration and registration.birth_year) == case["is"], case
        assert ("birth_year" in form.errors) == (case["is"] is None), case


@pytest.mark.parametrize("adults_only", [False, True])
def test_who_is_too_young_and_whom_the_form_asks(read, adults_only):
    for case in AGES:
        form, registration = read(case["date"], adults_only, birth_year=str(case["born"]), of_age="")
        verdict = "wrong" if "birth_year" in form.errors else "too_young" if form.is_too_young else None
        verdict = "ask" if verdict is None and form.asks_age else verdict
        assert verdict == case["adults_only" if adults_only else "verdict"], case
        assert (registration is not None) == (verdict is None)
