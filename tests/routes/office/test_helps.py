"""Help on every page of the office: a section each, in both languages, with words of the glossary; and guides."""

import re
from itertools import chain
from pathlib import Path

import pytest

from routes.office.guides import STEPS
from routes.office.help_texts import SECTIONS, WORDS, section_of
from routes.web.static import STATIC

ROOT = Path(__file__).parents[3]
LINK = re.compile(r'id="page-help" href="([^"]+)"')


def pages(app) -> list:
    return [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and rule.rule.startswith("/organiser")]


def test_a_page_takes_the_section_of_the_longest_beginning_of_its_address(app):
    known = {
        "/organiser/market-days/<int:market_day_id>/live": "market-days/*/live",
        "/organiser/market-days/<int:market_day_id>/booths/<int:number>/edit": "market-days/*/booths",
        "/organiser/market-days/<int:market_day_id>/stops/edit": "market-days/*",
        "/organiser/market-days/new": "market-days", "/organiser/nothing/yet": "", "": "", "/sign-in": "",
    }  # fmt: skip
    assert {rule: section_of(rule) for rule in known} == known
    used = {section_of(rule.rule) for rule in pages(app)}
    assert used == set(SECTIONS)  # each page has one, and none is of a page that is gone


def test_every_page_without_a_number_leads_to_its_help(organiser, app, fair, day):
    paths = [rule.rule for rule in pages(app) if not rule.arguments]
    paths += [day, f"{day}/live", f"{day}/wall", f"{day}/booths/1"]
    sections = set()
    for path in paths:
        page = organiser.get(path)
        if page.status_code == 200 and page.mimetype == "text/html" and 'class="page-head"' in page.text:
            sections.add(LINK.search(page.text)[1])
    assert len(sections) > 25 and "/organiser/help/market-days.*.live" in sections
    for address in sections:
        assert organiser.get(address).status_code == 200, address


def test_every_section_can_be_read_in_both_languages(organiser):
    addresses = re.findall(r'href="(/organiser/help/[^"/]+)"', organiser.get("/organiser/help").text)
    assert len(set(addresses)) == len(SECTIONS)
    for address in set(addresses):
        for language in ("zh", "en"):
            assert organiser.get(f"{address}?lang={language}").status_code == 200, address


def test_help_says_what_to_do_in_both_languages(app, organiser, fair):
    page = organiser.get("/organiser/help/market-days.*.live")
    assert "每15秒更新" in page.text and "人次" in page.text and page.text.count("<li>") >= 3
    english = organiser.get("/organiser/help/market-days.*.live?lang=en").text
    assert "renewed every 15 seconds" in english and "Visits count each booth once" in english
    assert organiser.get("/organiser/help/nothing").status_code == 404
    assert organiser.get("/organiser/help").text.count('class="help-index"') == 1
    assert app.test_client(user=fair.city).get("/organiser/help/city").status_code == 200


def test_each_sentence_is_translated_and_each_word_stands_in_the_glossary(app):
    said = chain.from_iterable((s.title, s.purpose, *s.acts, *chain.from_iterable(s.faults)) for s in SECTIONS.values())
    with app.test_request_context("/?lang=zh"):
        from flask_babel import gettext

        asis = [one for one in (*said, *chain.from_iterable(WORDS.values())) if gettext(one) == one]
        asis += [words for steps in STEPS.values() for step in steps for words in step[1:] if gettext(words) == words]
    assert asis == []
    glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").lower()
    rows = re.findall(r"^\| ([^|]+)\| ([^|]+)\|", glossary, re.M)
    cells = {word.strip() for row in rows for cell in row for word in cell.split(",")}
    missing = {word for word in WORDS if word not in cells and WORDS[word].word.lower() not in cells}
    assert missing == set()
    assert {word for section in SECTIONS.values() for word in section.words} == set(WORDS)


@pytest.mark.parametrize("guide", STEPS)
def test_a_guide_has_ten_steps_and_small_pictures(client, organiser, guide):
    for language in ("zh", "en"):
        page = organiser.get(f"/organiser/help/guides/{guide}?lang={language}").text
        assert page.count('class="guide-number"') == 10 and page.count(f"/guides/{language}-") == 3
    assert organiser.get("/organiser/help/guides/nobody").status_code == 404
    pictures = list((STATIC / "guides").glob("*.webp"))
    assert len(pictures) == 12 and sum(path.stat().st_size for path in pictures) < 400_000
