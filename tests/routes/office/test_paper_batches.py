"""Papers of several market days in one PDF: asked for, made in a process of its own, read back as a scanner would."""

import os
import re
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from models.base.clock import utcnow
from models.market.offer import new_vacancy
from models.printing import batch_run, typesetting
from models.schema import Booth, MarketDay, PaperBatch
from routes.command_line.papers import in_language
from routes.office import workers
from routes.office.paper_batches import TROUBLES
from routes.office.workers import ROOT
from tests.browser.paper import PdfFile

LIST = "/organiser/paper-batches"
ORIGIN = "https://ganchang.example"
HOSTILE = '#焊工*_$`@\\"<b>'
LONG = "重庆市璧山区八塘镇乡村振兴劳务专业合作社联合社暨八塘片区返乡农民工创业就业促进服务中心有限责任公司第一分公司"


@pytest.fixture(autouse=True)
def no_process(monkeypatch):
    """Have no page begin a process: the tests make the papers themselves."""
    monkeypatch.setattr(workers.papers, "start", lambda: None)


@pytest.fixture
def days(fair) -> list[MarketDay]:
    """The cast's day and two of the same town, all to come: one with 40 booths and long names, one with nothing."""
    soon = utcnow().date() + timedelta(days=2)
    MarketDay.update(date=soon).where(MarketDay.id == fair.day.id).execute()
    same = {"county": fair.county, "town": fair.town, "campaign": fair.campaign}
    full, empty = (MarketDay.create(date=soon + timedelta(days=ahead), **same) for ahead in (1, 2))
    for number in range(1, 41):
        words = HOSTILE if number == 1 else LONG
        booth = Booth.create(market_day=full, number=number, name=words, employer=fair.factory)
        for place in range(10 if number < 3 else 1):
            new_vacancy(booth, title=words, trade="welder", openings=place + 1, pay_min_fen=99_999_950)
    return [MarketDay.get_by_id(fair.day.id), full, empty]


@pytest.fixture
def chen(app, fair):
    return app.test_client(user=fair.chen)


def ask(browser, days, papers=batch_run.BATCHED, **more):
    form = {"days": [str(day.id) for day in days], "papers": list(papers)} | more
    return browser.post(LIST, data=form)


def work(app) -> PaperBatch:
    with app.app_context():
        assert batch_run.run_all(ORIGIN, in_language) == 1
    return PaperBatch.select().order_by(PaperBatch.id.desc()).get()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_papers_of_several_days_are_one_pdf_with_an_outline_and_codes_that_lead_home(
    app, chen, fair, days, tmp_path, lang
):
    chen.get(f"{LIST}?lang={lang}")
    papers = batch_run.BATCHED if lang == "zh" else ("gate", "booths", "vacancies", "signs", "tents", "strip")
    answer = ask(chen, days[: 2 if lang == "zh" else 1], papers, size="a4")
    assert answer.status_code == 303 and chen.get(answer.location).status_code == 200
    found = work(app)

    assert (found.state, found.trouble, found.language) == ("done", "", lang)
    pdf = PdfFile(tmp_path / "papers.pdf", chen.get(f"{answer.location}/papers.pdf").data)
    assert found.sheets == len(pdf.pages())
    one, other = 1 + 3 + 3 + 3 + 3, 1 + 40 + 58 + 40 + 40  # gate, booths, vacancies, signs, tents
    if lang == "zh":  # strips, passes, sign-in sheets, and the loudspeaker lists
        assert 2 <= found.sheets - (one + other + 2 * 5 + 20 + 43) <= 8
    else:
        assert found.sheets == one + 7
    assert all(len("".join(page.split())) > 3 for page in pdf.pages())
    text = "".join("".join(pdf.pages()).split())
    assert lang == "en" or (text.count(HOSTILE) >= 1 + 1 + 10 + 1 and LONG[:20] in text)
    assert pdf.outline()[:3] == [(1, 1), (2, 1), (3, 1)]
    papers_named = [level for level, _page in pdf.outline()].count(2)
    assert papers_named == (2 * len(papers) - 1 if lang == "zh" else len(papers))  # the second day has no passes

    places = (1, 2, 5, 8, 11) if lang == "en" else (1, 2, 5, 8, 11, found.sheets)
    codes = pdf.codes(places)
    assert codes[1] == [f"{ORIGIN}/m/{days[0].id}"] and codes[2] == [f"{ORIGIN}/b/{fair.clothing.id}"]
    assert re.fullmatch(rf"{ORIGIN}/v/\d{{7}}", codes[5][0]) and codes[8] == [f"{ORIGIN}/b/{fair.clothing.id}"]
    assert set(codes[11]) == {f"{ORIGIN}/b/{fair.clothing.id}"} and len(codes[11]) == 2  # a tent has two sides
    assert lang == "en" or codes[found.sheets] == []  # a sign-in sheet has none


def test_every_card_of_a_sheet_and_a_poster_of_a3_are_read(app, chen, fair, days, tmp_path):
    ask(chen, days[:1], ["gate", "passes"], size="a3")
    pdf = PdfFile(tmp_path / "papers.pdf", bytes(work(app).content))

    codes = pdf.codes({1, 2, 21})
    assert codes[1] == [f"{ORIGIN}/m/{fair.day.id}"]
    assert sorted(codes[2] + codes[21]) == [f"{ORIGIN}/p/{n}" for n in fair.passes[:10] + fair.passes[-10:]]
    sent = chen.get(f"{LIST}/{PaperBatch.get().id}/papers.pdf").headers["Content-Disposition"]
    assert sent.isascii() and sent.startswith("inline; filename*=UTF-8''20")
    assert pdf.size_mm(1) == (297, 420) and pdf.size_mm(2) == (210, 297)


def test_what_cannot_be_made_says_why(app, chen, days, monkeypatch):
    ask(chen, days[2:])
    assert work(app).trouble == "nothing"
    monkeypatch.setattr(batch_run, "MOST_SHEETS", 20)
    ask(chen, days)
    assert work(app).trouble == "too_many"
    monkeypatch.undo()
    monkeypatch.setattr(workers.papers, "start", lambda: None)
    monkeypatch.setattr(typesetting, "__name__", "models.printing.no_such_module")
    answer = ask(chen, days, ["gate"])
    assert work(app).trouble == "broken" and "出错了" in chen.get(answer.location).text
    assert chen.get(f"{answer.location}/papers.pdf").status_code == 404


def test_setting_that_takes_too_long_or_is_stopped_ends_alone(app, chen, days, monkeypatch):
    begin = subprocess.Popen  # what runs in its place does until it is killed
    monkeypatch.setattr(batch_run.subprocess, "Popen", lambda *_args, **_more: begin(["sleep", "60"]))
    monkeypatch.setattr(batch_run, "MOST_SECONDS", 0.5)
    ask(chen, days, ["gate"])
    assert work(app).trouble == "slow"

    monkeypatch.setattr(batch_run, "MOST_SECONDS", 60)
    answer = ask(chen, days, ["gate"])
    monkeypatch.setattr(batch_run.time, "sleep", lambda _s: chen.post(f"{answer.location}/stop"))
    begun = time.monotonic()
    assert work(app).state == "stopped" and time.monotonic() - begun < 30
    assert "已停止" in chen.get(answer.location).text


def test_a_server_without_chinese_letters_says_which_package_brings_them(tmp_path, monkeypatch):
    monkeypatch.setattr(typesetting, "FONTS", ("No Such Font",))
    assert typesetting.font_found() == ""
    assert typesetting.main(tmp_path) == typesetting.NO_FONT
    assert "fonts-noto-cjk" in TROUBLES[batch_run.NO_FONT]


def test_a_form_that_chooses_nothing_is_asked_again_with_what_was_ticked(chen, days):
    answer = ask(chen, [], ["tents"])
    assert answer.status_code == 422 and "请至少选一场活动" in answer.text
    assert re.search(r'value="tents" checked', answer.text) and not re.search(r'value="gate" checked', answer.text)
    assert ask(chen, days, ["x"]).status_code == 422
    assert PaperBatch.select().count() == 0


def test_a_file_is_the_countys_own_and_a_clerks_of_their_towns(app, chen, fair, days):
    address = ask(chen, days[:1], ["gate"]).location
    work(app)
    for user, status in ((fair.reader, 200), (fair.clerk, 200), (fair.neighbour, 404), (fair.other_clerk, 404)):
        browser = app.test_client(user=user)
        assert browser.get(address).status_code == browser.get(f"{address}/papers.pdf").status_code == status
        assert (address in browser.get(LIST).text) is (status == 200)
    foreign = {"days": [str(fair.other_day.id)], "papers": ["gate"]}
    assert chen.post(LIST, data=foreign).status_code == 422
    assert app.test_client(user=fair.reader).post(LIST, data=foreign).status_code == 403


def test_the_command_is_a_process_of_its_own(app, chen, days, database):
    ask(chen, days[:1], ["gate"])
    settings = {"GANCHANG_DATABASE": database, "GANCHANG_SECRET_KEY": "test", "GANCHANG_ORIGIN": ORIGIN}
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "make-papers"],
        cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "1 files" and PaperBatch.get().state == "done"
