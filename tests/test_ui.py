"""The components of templates/shared/ui.html, rendered alone."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parent.parent / "templates"


class Typed:
    """A form that came back: what was typed, and what is wrong with it."""

    def __init__(self, typed=None, errors=None):
        self.typed, self.errors = typed or {}, errors or {}

    def value(self, name):
        return (self.typed.get(name) or [""])[0]

    def values(self, name):
        return self.typed.get(name) or []

    def error(self, name):
        return self.errors.get(name, "")


@pytest.fixture
def ui():
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"_": lambda text: text, "static_url": lambda path: f"/static/{path}"}
    return environment.get_template("shared/ui.html").module


def test_field_keeps_what_was_typed_and_names_its_error(ui):
    form = Typed({"birth_year": ["3000"]}, {"birth_year": "Too late"})
    shown = ui.field(form, "birth_year", "Birth year", hint="As 1972", required=True)

    assert 'value="3000"' in shown and 'aria-invalid="true"' in shown
    described = re.search(r'aria-describedby="([^"]+)"', shown)[1].split()
    assert all(f'id="{name}"' in shown for name in described) and len(described) == 2
    assert (
        re.search(r'<label for="([^"]+)"', shown)[1]
        == re.search(r'<input[^>]* id="([^"]+)"', shown)[1]
    )


@pytest.mark.parametrize("kind", ["text", "textarea", "select", "checkboxes", "radio"])
def test_markup_that_was_typed_is_shown_as_text(ui, kind):
    form = Typed({"note": ["<script>"]}, {"note": "<b>"})
    shown = ui.field(form, "note", "<i>", type=kind, options=[("<script>", "<u>")], data_x='"><s>')

    assert not re.search(r"<(script|b|i|u|s)>", shown)


def test_password_is_never_sent_back(ui):
    assert "secret" not in ui.field(
        Typed({"password": ["secret"]}), "password", "Password", type="password"
    )


def test_choices_that_were_made_stay_made(ui):
    form = Typed({"work_kinds": ["day", "part_time"]})
    kinds = {"full_time": "Full time", "part_time": "Part time", "day": "Day work"}
    shown = ui.field(form, "work_kinds", "Work", type="checkboxes", options=kinds)

    assert re.findall(r'value="(\w+)"\s+checked', shown) == ["part_time", "day"]


def test_trade_has_a_picture_and_a_word(ui):
    shown = ui.trade_picker("trades", ["cook"], {"welder": "Welder", "cook": "Cook"})

    assert re.findall(r'value="(\w+)"\s+checked', shown) == ["cook"]
    assert "#trade-welder" in shown and "Welder" in shown


@pytest.mark.parametrize(
    ("digits", "shown"), [("1234567890", "123 456 7890"), ("1234567", "123 4567"), (7, "7")]
)
def test_number_is_grouped_for_reading_aloud(ui, digits, shown):
    assert ui.number(digits) == f'<data class="number" value="{digits}">{shown}</data>'


@pytest.mark.parametrize("state", ["new", "again", "attention", "unsent", "sent", "confirmed"])
def test_state_is_a_colour_and_an_icon_and_a_word(ui, state):
    shown = ui.badge(state)

    assert f"badge-{state}" in shown and "<use href=" in shown
    assert re.search(r"<span>\w[^<]*</span></span>$", shown)


def test_attributes_by_keyword(ui):
    shown = ui.button("Save", hx_post="/x", disabled=True, title=None, hidden=False)

    assert ' hx-post="/x" disabled>' in shown and "title" not in shown and "hidden" not in shown
