"""What templates translate: our own sentences have places to fill, what came from outside is shown as it came."""

import pytest

MARKUP = ("<b hx-post=/sign-out hx-trigger=load>", "<!--", '"><img src=x>', "&amp;")
PATTERNS = ("100%", "%(name)s", "%s", "{{ 7 * 7 }}")


@pytest.mark.parametrize("payload", MARKUP + PATTERNS)
def test_a_text_from_outside_is_neither_markup_nor_a_pattern(app, payload):
    page = app.jinja_env.from_string("<p title=\"{{ _(text) }}\">{{ _(text) }}</p>")

    with app.test_request_context():
        shown = page.render(text=payload)

    assert "<b" not in shown and "<img" not in shown and "<!--" not in shown
    inner = shown.partition(">")[2].removesuffix("</p>")
    assert inner.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace("&amp;", "&") == payload


def test_our_own_sentences_are_translated_and_filled(app):
    page = app.jinja_env.from_string('{{ _("Booth %(number)s", number="<3>") }}')

    with app.test_request_context(headers={"Accept-Language": "zh"}):
        assert page.render() == "&lt;3&gt;号展位"


def test_a_name_of_markup_stays_a_name_where_the_office_corrects(app, client, fair, enrol, operation):
    name = "<b hx-post=/sign-out hx-trigger=load>"
    tablet = enrol(fair.clothing)
    registered = operation(1, "candidate.registered", name=name, birth_year=1980, trades=["<!--"], groups=["<i>"])
    late = operation(2, "check_in.recorded", candidate=registered["id"], vacancy=fair.cook.number)
    seen = operation(3, "visit.recorded", candidate=registered["id"], mood="<u>")
    tablet.sync(registered, late, seen)
    office = app.test_client(user=fair.chen)
    day = f"/organiser/market-days/{fair.day.id}"
    facts = [f"{day}/quarantine/{tablet.tablet.id}/{seq}{end}" for seq in (2, 3) for end in ("", "/edit")]

    for address in (f"{day}/quarantine", *facts, f"{day}/summary", f"{day}/live"):
        answer = office.get(address)
        assert answer.status_code == 200, address
        for raw in ("<b hx-post", "<!--", "<i>", "<u>"):
            assert raw not in answer.text, (address, raw)
