"""What comes out of the printer: posters, passes, lists and the summary, on real A4 from real Chromium."""

import re
from collections.abc import Iterator
from decimal import Decimal
from types import SimpleNamespace

import pytest

from models.base.database import db
from models.schema import Vacancy
from tests.browser.fullest import lay_days_to_seal, lay_market
from tests.browser.paper import Paper, text_under
from tests.effort import DEEP
from tests.vectors import vectors

MM = 96 / 25.4  # CSS pixels
OFFICE_MARGIN = 5  # mm that no office printer reaches
PRINTERS_MARGIN = 4.2  # mm that a common printer leaves white, a sixth of an inch
AT_FIVE_METRES = 20  # mm high: metres / 250, docs/design.md
LANGUAGES = ("zh", "en")
POSTERS = [(case["pay_min"], case["pay_max"]) for case in vectors("cases/posters")["cases"]]  # yuan
PAYS = [  # fen
    *(tuple(int(Decimal(pay) * 100) for pay in case) for case in POSTERS),
    (1_234_567, 1_999_950), (1_000_000, 1_200_000), (99_999_999, None),
]  # fmt: skip
DAY = "/organiser/market-days/1"
OFFICE_PAGES = (
    DAY, f"{DAY}/quarantine", f"{DAY}/hand-overs", f"{DAY}/edit", f"{DAY}/people", f"{DAY}/papers", f"{DAY}/checklist",
    f"{DAY}/booths/1", f"{DAY}/live",
    *(f"/organiser/{name}" for name in (
        "market-days", "employers", "employers/new", "employers/7", "employers/7/edit", "calendar", "follow-ups",
        "campaigns/1", "operators", "county", "retention", "history", "series/new", "imports",
    )),
)  # fmt: skip
PRESSED = ".page-head, .page-foot, .finder, .pager, main :is(button, .button, nav, [type=file], [type=search])"
FURNITURE = ("退出", "键盘快捷键", "保存修改", "跳到正文")
FEWEST_LETTERS = 12  # the number of a page alone has fewer
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
# How high the ink of the smallest sign of a text is, in mm, by the font that is really there.
INK = """
    (element) => {
      const style = getComputedStyle(element), pen = new OffscreenCanvas(1, 1).getContext("2d")
      pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
      const high = [...element.textContent.replace(/[^\\p{Script=Han}0-9A-Z]/gu, "")].map((sign) => {
        const ink = pen.measureText(/[0-9A-Z]/.test(sign) ? sign : "国")
        return ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent
      })
      return Math.min(...high) / 96 * 25.4
    }
"""


@pytest.fixture(scope="session")
def market(live_server) -> SimpleNamespace:
    """Market days at the limit of what a sheet holds."""
    return lay_market(live_server)


def _opened(page: object, path: str) -> object:
    """Open a page as paper."""
    page.emulate_media(media="print")
    assert page.goto(path).status == 200
    return page


def _documents(market: SimpleNamespace) -> dict[str, str]:
    """Return the addresses of everything that is printed."""
    return {
        "posters": f"{market.path}/posters?booth=1",
        "booth posters": f"{market.path}/posters?per=booth",
        "crowded booth": f"{market.crowded}/posters?per=booth",
        "market day's poster": f"{market.path}/posters?per=market_day",
        "market day's poster of 30 booths": f"{market.large}/posters?per=market_day",
        "passes": f"{market.path}/passes/{market.span}",
        "loudspeaker list": f"{market.path}/loudspeaker",
        "summary": f"{market.path}/summary",
        "summary of 3 booths": f"{market.small}/summary",
        "summary of 30 booths": f"{market.large}/summary",
        "the demo's posters": "/organiser/market-days/1/posters?booth=1&booth=4&booth=10",
        "the demo's summary": "/organiser/market-days/1/summary",
    }


@pytest.fixture(scope="module")
def seals(chromium, live_server, market) -> Iterator[tuple[object, dict[int, str]]]:
    """A page that takes styles of ours, and the summaries of days with so many booths."""
    context = chromium.new_context(base_url=live_server.url, locale="zh-CN", bypass_csp=True)
    context.request.post("/sign-in", form={"login": live_server.login, "password": live_server.password})
    page = context.new_page()
    page.emulate_media(media="print")
    with db.connection_context():
        yield page, lay_days_to_seal((1, 5, 22, 40))
    context.close()


@pytest.fixture(scope="session", params=LANGUAGES if DEEP else LANGUAGES[:1])
def language(request) -> str:
    return request.param


@pytest.fixture(scope="session")
def tone(language) -> str:
    """The one language comes from a printer without greys, the other from one with them: each sheet is drawn once."""
    return {"zh": "black and white", "en": "grey"}[language]


@pytest.fixture(scope="session")
def printed(language, chromium, live_server, market, tmp_path_factory) -> dict[str, Paper]:
    """Everything that is printed, in one language, as paper: printed once for the tests that look at all of it."""
    context = chromium.new_context(base_url=live_server.url, locale="zh-CN")
    context.request.post("/sign-in", form={"login": live_server.login, "password": live_server.password})
    page, folder = context.new_page(), tmp_path_factory.mktemp("printed")
    papers = {}
    for name, path in _documents(market).items():
        _opened(page, f"{path}{'&' if '?' in path else '?'}lang={language}")
        papers[name] = Paper(page, folder / f"{name}.pdf")
    context.close()
    return papers


def test_everything_is_on_a4_and_no_printer_cuts_it_off(printed, tone):
    assert all(paper.size_mm() == pytest.approx((210, 297), abs=0.3) for paper in printed.values())
    inked = {
        f"{name} {number}": ink
        for name, paper in printed.items()
        for number, picture in enumerate(paper.pictures(tone), start=1)
        if (ink := picture.ink_near_the_edge(PRINTERS_MARGIN))
    }
    assert inked == {}


def test_the_grid_of_the_summary_is_closed_on_both_sides(printed, tone):
    for name in ("summary", "summary of 3 booths", "the demo's summary"):
        for picture in printed[name].pictures(tone):
            left, right = picture.frame_mm()
            assert left > 15 and right > 0.7 * left, name  # a column of booths may be a row longer


def test_every_code_leads_to_the_number_under_it(printed, tone):
    read, with_codes = {}, [name for name in printed if not re.search("summary|list", name)]
    for name in with_codes:
        found = list(zip(printed[name].codes(tone), printed[name].words(), strict=True))
        for codes, words in found:
            for code in codes:
                scheme, address = code.text.split("://")
                number = re.search(r"\d+$", address)[0]
                assert text_under(code, words) in (number, address), (name, code)
        read[name] = sum(len(codes) for codes, _ in found)
    assert read == {name: len(printed[name].pages()) for name in with_codes} | {"passes": 40}


def test_what_runs_over_several_sheets_numbers_them(printed):
    for name in ("loudspeaker list", "summary", "summary of 3 booths", "summary of 30 booths", "the demo's summary"):
        sheets = printed[name].pages()
        feet = ["".join(sheet.strip().splitlines()[-1].split()) for sheet in sheets]
        count = len(sheets)
        assert count > 1
        assert feet in (
            [f"第{number}页共{count}页" for number in range(1, count + 1)],
            [f"Page{number}of{count}" for number in range(1, count + 1)],
        ), name


@pytest.mark.parametrize("name", ["summary", "summary of 30 booths"])
def test_no_row_of_the_summary_is_cut_or_lost(printed, market, name):
    pages = printed[name].words()
    for number in market.vacancies if name == "summary" else market.many:
        ((page, cell),) = [(page, word) for page in pages for word in page if word.text == number]
        height = cell.bottom - cell.top
        row = [word for word in page if abs((word.top + word.bottom) - (cell.top + cell.bottom)) < height]
        assert len([word for word in row if word.text.isdigit() and word.left > cell.right]) == 4, number
        assert cell.top > 10 and cell.bottom < 297 - 13


def test_the_heads_of_a_table_stand_on_each_of_its_sheets(printed, market):
    pages = printed["summary of 30 booths"].words()
    with_rows = [page for page in pages if any(word.text in market.many for word in page)]
    assert len(with_rows) > 1
    for page in with_rows:
        first = min(word.top for word in page if word.text in market.many)
        assert any(word.text in ("编号", "Number") and word.top < first for word in page)


def test_the_front_page_of_a_usual_day_is_signed_and_sealed(printed):
    for name in ("summary", "summary of 3 booths", "summary of 30 booths", "the demo's summary"):
        front, *annexes = printed[name].pages()
        chinese = ("填表人", "审核人", "负责人", "盖章", "备注")
        english = ("Filled in by", "Checked by", "Person in charge", "seal", "Remarks")
        boxes = chinese if "盖章" in front else english
        assert [word for word in boxes if word not in front] == [], (name, len(annexes))
        assert not any(boxes[0] in annex for annex in annexes)


def test_the_summary_names_each_tablet_that_is_not_complete(printed):
    words = [word.text for page in printed["summary of 30 booths"].words() for word in page]
    plain = "".join(words)
    for number in (1, 2, 30):
        assert f"收到{100 + number}条" in plain or f"received{100 + number}·" in plain
    assert words.count("从未") + words.count("never") == 15


def test_a_summary_of_twelve_booths_and_sixty_vacancies_takes_three_sheets_while_tablets_are_missing(printed, market):
    sheets = printed["summary"].pages()
    assert len(sheets) == 3  # the front with its seals, the booths, the vacancies
    assert [number for number in market.vacancies if "".join(sheets).count(number) != 1] == []


def test_the_summary_is_the_same_without_backgrounds(organiser, market, tmp_path):
    page = _opened(organiser, f"{market.small}/summary")
    with_them, without = Paper(page, tmp_path / "with.pdf"), Paper(page, tmp_path / "without.pdf", backgrounds=False)
    assert with_them.pictures() == without.pictures()


def test_the_sheet_says_when_it_went_to_the_printer(organiser, market, tmp_path):
    page = _opened(organiser, f"{market.path}/summary")
    page.evaluate("document.querySelector('[data-print-time]').textContent = ''")

    sheets = Paper(page, tmp_path / "summary.pdf").pages()

    assert re.search(r"打印时间：\s*20\d\d-\d\d-\d\d \d\d:\d\d", sheets[0])


def test_a_page_of_the_office_takes_no_empty_sheet_and_prints_nothing_that_is_pressed(organiser, tmp_path):
    wrong = {}
    for number, path in enumerate(OFFICE_PAGES):
        paper = Paper(_opened(organiser, path), tmp_path / f"{number}.pdf")
        sheets = ["".join(sheet.split()) for sheet in paper.pages()]
        shown = organiser.locator(PRESSED).evaluate_all(
            "(all) => all.filter((one) => one.checkVisibility()).map((one) => one.textContent.trim())"
        )
        words = [word for word in FURNITURE if word in "".join(sheets)]
        sizes = {round(side) for side in paper.size_mm()}
        if not sheets or min(map(len, sheets)) < FEWEST_LETTERS or shown or words or sizes != {210, 297}:
            wrong[path] = (list(map(len, sheets)), shown, words, sizes)
    assert wrong == {}


def test_a_list_prints_whole_and_its_heads_stand_on_each_sheet(organiser, market, tmp_path):
    path = "/organiser/employers"
    paged = "".join(Paper(_opened(organiser, path), tmp_path / "page.pdf").pages())
    organiser.add_init_script("window.print = () => {}")
    sheets = Paper(_opened(organiser, f"{path}?print=yes"), tmp_path / "all.pdf").pages()

    assert len(sheets) > 1 and all("统一社会信用代码" in sheet for sheet in sheets)
    assert "全部" in paged and "全部" not in "".join(sheets)


def test_drawn_papers_fill_one_sheet_each_and_nothing_stands_near_the_edge_even_in_wider_letters(seals, tmp_path):
    page, paths = seals
    papers = paths[1].replace("/summary", "/papers")
    for name, size, count, codes in (("signs", (297, 210), 1, 1), ("tents", (210, 297), 1, 2),
                                     ("strip", (297, 210), 5, 0), ("sign-in", (297, 210), 1, 0)):  # fmt: skip
        assert page.goto(f"{papers}/{name}").status == 200
        page.add_style_tag(content="svg text { letter-spacing: 0.05em }")
        paper = Paper(page, tmp_path / f"{name}.pdf")
        assert len(paper.pages()) == count and paper.size_mm() == pytest.approx(size, abs=0.3), name
        assert [picture.ink_near_the_edge(OFFICE_MARGIN) for picture in paper.pictures()] == [0] * count, name
        assert [len(found) for found in paper.codes()] == [codes] * count, name


@pytest.mark.parametrize("booths", [1, 5, 22, 40])
def test_seals_never_leave_the_page_of_the_figures_even_in_wider_letters(seals, booths, tmp_path):
    page, paths = seals
    assert page.goto(paths[booths]).status == 200
    page.add_style_tag(content="* { letter-spacing: 0.05em !important }")
    front, *annexes = Paper(page, tmp_path / "summary.pdf").pages()

    assert [word for word in ("填表人", "审核人", "负责人", "盖章", "现场录用") if word not in front] == []
    assert not any("盖章" in annex for annex in annexes)
    assert all(len("".join(sheet.split())) > FEWEST_LETTERS for sheet in (front, *annexes))
    assert len(annexes) <= 3


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


def test_title_pay_and_booth_number_are_read_at_five_metres(organiser, market):
    for path in (f"{market.path}/posters?booth=1", "/organiser/market-days/1/posters"):
        page = _opened(organiser, path)
        for part in (".poster-title", ".poster-pay strong", ".poster-booth strong"):
            heights = [element.evaluate(INK) for element in page.locator(part).all()]
            assert min(heights) >= AT_FIVE_METRES, part


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("pay", PAYS)
def test_no_amount_of_pay_is_cut_at_the_edge_of_the_sheet(organiser, market, pay, lang):
    with db.connection_context():
        query = Vacancy.update(pay_min_fen=pay[0], pay_max_fen=pay[1]).where(Vacancy.number == market.paid)
        query.execute()
    page = _opened(organiser, f"{market.small}/posters?booth=1&lang={lang}")

    pay, sheet = (page.locator(part).bounding_box() for part in (".poster-pay > :last-child", ".poster"))
    assert pay["x"] + pay["width"] <= sheet["x"] + sheet["width"] - PRINTERS_MARGIN * MM
    assert page.locator(".poster-pay").evaluate("(line) => line.getClientRects().length") == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_title_of_30_characters_pushes_nothing_off(organiser, market, lang):
    page = _opened(organiser, f"{market.path}/posters?booth=1&lang={lang}")

    assert page.evaluate(HANGING_OVER, ".poster, .poster-foot") == []


def test_a_booth_has_one_sheet_with_all_it_offers(organiser, market, tmp_path):
    page = _opened(organiser, f"{market.path}/posters?per=booth")
    paper = Paper(page, tmp_path / "booths.pdf")

    assert [[code.text for code in codes] for codes in paper.codes()] == [
        [f"{market.origin}/b/{booth}"] for booth in market.booths
    ]
    assert page.evaluate(HANGING_OVER, ".poster, .poster-foot") == []
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
