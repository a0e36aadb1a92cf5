"""What comes out of the printer: posters, passes and the summary, on real A4 from real Chromium."""

import re
from datetime import date
from types import SimpleNamespace

import pytest

import models
from models.database import connect_database, db, writing
from tests.browser.paper import Paper

MM = 96 / 25.4  # CSS pixels
LONG = "高速公路服务区夜班保洁兼绿化养护及垃圾分类指导员（包吃住班车）"[:30]
# Blocks that hang over the edge of the box they lie in; a line's ink may, by its font's metrics.
HANGING_OVER = """
    (selector) => [...document.querySelectorAll(selector)].flatMap((box) => {
      const edge = box.getBoundingClientRect()
      return [...box.querySelectorAll("*")]
        .filter((part) => !["inline", "none"].includes(getComputedStyle(part).display))
        .filter((part) => {
          const { top, bottom, left, right } = part.getBoundingClientRect()
          return top < edge.top - 1 || bottom > edge.bottom + 1
            || left < edge.left - 1 || right > edge.right + 1
        })
        .map((part) => `${part.tagName} ${part.className}: ${part.textContent.trim().slice(0, 30)}`)
    })
"""


@pytest.fixture(scope="session")
def market(live_server) -> SimpleNamespace:
    """A market day at the limit: 12 booths, 60 vacancies, each with a title of 30 characters."""
    connect_database(live_server.database)
    with db.connection_context(), writing():
        demo = models.MarketDay.select().first()
        day = models.MarketDay.create(
            county=demo.county, campaign=demo.campaign, town=demo.town, date=date(2026, 2, 24)
        )
        booths = [_booth(day, number) for number in range(1, 13)]
        vacancies = [_vacancy(booth, place) for booth in booths for place in range(5)]
        crowded = models.MarketDay.create(
            county=demo.county, town=demo.town, date=date(2026, 2, 27)
        )
        booth = _booth(crowded, 1)
        for place in range(25):
            _vacancy(booth, place)
        span = models.PassRange.reserve(day, 40)
        return SimpleNamespace(
            path=f"/organiser/market-days/{day.id}",
            crowded=f"/organiser/market-days/{crowded.id}",
            origin=live_server.url,
            booths=[booth.id for booth in booths],
            vacancies=[vacancy.number for vacancy in vacancies],
            passes=span.numbers(),
            span=span.id,
        )


def _booth(day: models.MarketDay, number: int) -> models.Booth:
    name = "重庆市璧山区八塘镇乡村振兴劳务专业合作社联合社" + str(number)
    employer = models.Employer.create(county=day.county, name=name)
    booth = models.Booth.create(market_day=day, number=number, name=name, employer=employer)
    models.Tablet.create(market_day=day, booth=booth, letter=f"T{number}", unsent=number)
    return booth


def _vacancy(booth: models.Booth, place: int) -> models.Vacancy:
    return models.Vacancy.create(
        number=models.Vacancy.free_number(), booth=booth, title=LONG, trade="cleaner",
        openings=100 + place, place="重庆市璧山区八塘镇工业园区标准厂房三期二楼",
        pay_min_fen=1_200_000, pay_max_fen=1_500_000, hours="白班8小时，加班另计，月休4天",
        benefits="五险一金,包吃住,班车经过八塘,夜班补贴每晚25元,50岁以上可报名",
        bring="身份证、叉车证、健康证",
    )  # fmt: skip


def _opened(page: object, path: str) -> object:
    """Open a page as paper."""
    page.emulate_media(media="print")
    assert page.goto(path).status == 200
    return page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_fullest_summary_takes_two_sheets_and_loses_no_row(organiser, market, tmp_path, lang):
    page = _opened(organiser, f"{market.path}/summary?lang={lang}")
    paper = Paper(page, tmp_path / "summary.pdf")

    sheets = paper.pages()

    assert paper.size_mm() == pytest.approx((210, 297), abs=0.3)
    assert len(sheets) == 2
    assert [number for number in market.vacancies if "".join(sheets).count(number) != 1] == []
    assert [sheet.split()[-1] for sheet in sheets] == ["1/2", "2/2"]
    boxes = (
        ("填表人", "审核人", "单位（盖章）")
        if lang == "zh"
        else ("Filled in by", "Checked by", "Seal")
    )
    assert [word for word in boxes if word not in sheets[1]] == []


def test_the_head_of_the_vacancies_stands_on_each_sheet_and_no_row_is_cut(organiser, market, tmp_path):
    page = _opened(organiser, f"{market.path}/summary")

    sheets = Paper(page, tmp_path / "summary.pdf").pages()

    assert ["编号" in sheet for sheet in sheets] == [True, True]
    breaks = "(rows) => [...new Set(rows.map((row) => getComputedStyle(row).breakInside))]"
    assert page.locator("tr").evaluate_all(breaks) == ["avoid"]


def test_the_sheet_says_when_it_went_to_the_printer(organiser, market, tmp_path):
    page = _opened(organiser, f"{market.path}/summary")
    page.evaluate("document.querySelector('[data-print-time]').textContent = ''")

    sheets = Paper(page, tmp_path / "summary.pdf").pages()

    assert re.search(r"打印时间：\s*20\d\d-\d\d-\d\d \d\d:\d\d", sheets[-1])


def test_the_printed_figures_are_those_of_the_json(organiser, live_server):
    found = organiser.request.get("/organiser/market-days/1/summary.json").json()
    page = _opened(organiser, "/organiser/market-days/1/summary")

    def printed(figure: str) -> int:
        return int(page.locator(f".summary-figures [data-figure={figure}]").inner_text())

    for figure in ("visits", "persons", "registered", "check_ins", "persons_checked_in"):
        assert printed(figure) == found[figure]
    for stage, reached in found["reached"].items():
        assert printed(stage) == reached
    for row in found["hours"]:
        cells = page.locator(f"td[data-hour='{row['hour']}']").all_inner_texts()
        assert cells == [str(row["visits"]), str(row["check_ins"])]
    for row in found["vacancies"]:
        cells = page.locator(f"tr[data-vacancy='{row['number']}'] td").all_inner_texts()
        assert cells[2:] == [str(row[key]) for key in ("openings", "check_ins", "agreed", "hired")]


def test_every_vacancy_has_a_sheet_with_a_code_of_80_mm_that_leads_to_it(
    organiser, market, tmp_path
):
    paper = Paper(_opened(organiser, f"{market.path}/posters?booth=1&booth=2"), tmp_path / "p.pdf")

    sheets = paper.codes()

    assert [[code.text for code in codes] for codes in sheets] == [
        [f"{market.origin}/v/{number}"] for number in market.vacancies[:10]
    ]
    assert min(code.side_mm for codes in sheets for code in codes) >= 79.5
    assert len(paper.pages()) == 10


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_title_of_30_characters_is_read_at_five_metres_and_pushes_nothing_off(
    organiser, market, lang
):
    page = _opened(organiser, f"{market.path}/posters?booth=1&lang={lang}")

    title = page.locator(".poster-title").first
    assert float(title.evaluate("(h) => parseFloat(getComputedStyle(h).fontSize)")) >= 17 * MM
    assert page.evaluate(HANGING_OVER, ".poster, .poster-board, .poster-foot") == []


def test_a_booth_has_one_sheet_with_all_it_offers(organiser, market, tmp_path):
    page = _opened(organiser, f"{market.path}/posters?per=booth")
    paper = Paper(page, tmp_path / "booths.pdf")

    assert [[code.text for code in codes] for codes in paper.codes()] == [
        [f"{market.origin}/b/{booth}"] for booth in market.booths
    ]
    assert page.evaluate(HANGING_OVER, ".poster, .poster-board, .poster-foot") == []
    first = paper.pages()[0].replace(" ", "")
    assert all(number in first for number in market.vacancies[:5])


def test_a_booth_that_offers_more_than_a_sheet_holds_says_how_many_more(
    organiser, market, tmp_path
):
    page = _opened(organiser, f"{market.crowded}/posters?per=booth")

    assert page.evaluate(HANGING_OVER, ".poster, .poster-foot") == []
    listed = page.locator(".poster-list tbody tr").count()
    assert f"另有{25 - listed}个岗位" in page.locator(".poster-more").inner_text()
    assert len(Paper(page, tmp_path / "crowded.pdf").pages()) == 1


def test_ten_passes_lie_on_a_sheet_and_each_code_can_be_read(organiser, market, tmp_path):
    page = _opened(organiser, f"{market.path}/passes/{market.span}")
    paper = Paper(page, tmp_path / "passes.pdf")

    sheets = paper.codes()

    assert [len(codes) for codes in sheets] == [10] * 4 == [10] * len(paper.pages())
    assert {code.text for codes in sheets for code in codes} == {
        f"{market.origin}/p/{number}" for number in market.passes
    }
    assert min(code.side_mm for codes in sheets for code in codes) >= 29.5
    assert paper.size_mm() == pytest.approx((210, 297), abs=0.3)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_pass_is_as_large_as_a_bank_card_and_nothing_hangs_over_its_edge(organiser, market, lang):
    page = _opened(organiser, f"{market.path}/passes/{market.span}?lang={lang}")

    boxes = [card.bounding_box() for card in page.locator(".pass-card").all()]

    assert len(boxes) == 40
    for box in boxes:
        assert (box["width"] / MM, box["height"] / MM) == pytest.approx((85, 54), abs=0.1)
    assert page.evaluate(HANGING_OVER, ".pass-card, .pass-card-words") == []
