"""A report on real A4 from real Chromium: how many sheets it takes, and that the seals stand on the first."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from models.figures.version import close
from models.intake.ingest import ingest
from models.schema import Booth, Campaign, Division, MarketDay, Tablet
from tests.browser.paper import Paper

NOW = datetime(2026, 6, 1, tzinfo=UTC)
FIRST = date(2026, 2, 24)  # the cast's market day
TOWNS = ("七塘镇", "丁家镇", "来凤街道", "正兴镇", "健龙镇")
GROUPS = ["RUR", "MIG", "OLD", "UNE", "FLX", "DIF", "LOW", "POV", "DIS", "VET", "WOM"]


@pytest.fixture
def season(app, fair, operation):
    """Forty market days in six towns, the first of them full of people in key groups; one a year before."""
    towns = [Division.create(code=f"50012020{n}", name=name, parent="500120", level="township")
             for n, name in enumerate(TOWNS)] + [fair.town]  # fmt: skip
    facts = [
        operation(n + 1, "candidate.registered", name=f"王{n}", birth_year=1955 + 2 * n, trades=["sewing", "cook"],
                  groups=GROUPS[n % 5 :], sex=("female", "male")[n % 2], registered_by="operator", work_kinds=[],
                  wanted_place="town", notice_at="read")
        for n in range(22)
    ]  # fmt: skip
    ingest(Tablet.enlist(fair.clothing, letter="A").log, facts)
    last_year = Campaign.create(
        county=fair.county, name="春风行动", starts_on=date(2025, 2, 1), ends_on=date(2025, 3, 1)
    )
    days = [fair.day] + [
        MarketDay.create(county=fair.county, campaign=fair.campaign, town=towns[n % 6],
                         date=FIRST + timedelta(days=n % 36))
        for n in range(1, 40)
    ] + [MarketDay.create(county=fair.county, campaign=last_year, town=fair.town, date=date(2025, 2, 3))]  # fmt: skip
    for number, day in enumerate(days):
        own = {"market_day": day, "number": 1, "name": "山城制衣厂", "employer": fair.factory}
        booth = Booth.create(**own) if number else fair.clothing
        visits = [operation(n + 1, "visit.recorded", pass_=f"{number:05d}{n:05d}") for n in range(number % 7)]
        ingest(Tablet.enlist(booth, letter="B").log, visits)
        close(day, "chen", now=NOW)
    return fair


@pytest.fixture
def printed(app, season, chromium, tmp_path):
    """Return a function that prints a report; what the page asks for, the application answers without a server."""
    office = app.test_client(user=season.chen)

    def answer(route) -> None:
        asked = urlsplit(route.request.url)
        found = office.get(f"{asked.path}?{asked.query}")
        route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.data)

    context = chromium.new_context()
    page = context.new_page()
    page.route("**/*", answer)

    def printed(query: str) -> Paper:
        page.emulate_media(media="print")
        page.goto(f"http://ganchang.test/organiser/reports?{query}")
        return Paper(page, tmp_path / f"{query[-14:]}.pdf")

    yield printed
    context.close()


ONE = "from=2026-02-24&until=2026-02-24&town=500120100"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_takes_few_sheets_and_is_sealed_on_the_first(printed, language):
    """Figures, rows with the days behind them, key groups: three sheets, however many days and rows there are."""
    for query, sheets in ((ONE, 3), (f"{ONE}&by=town", 3), ("campaign=1&by=town", 3)):
        paper = printed(f"{query}&lang={language}")
        seal = "盖章" if language == "zh" else "seal"
        assert [seal in text for text in paper.pages()] == [True, *[False] * (sheets - 1)], query
