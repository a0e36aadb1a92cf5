"""The province of a few who were hired outside Chongqing does not leave the county."""

from datetime import UTC, datetime

from models import schema as models
from models.figures.outward import outward
from models.figures.suppression import HIDDEN
from models.figures.version import close, sheet_of
from models.intake.ingest import record


def test_a_days_sheet_hides_the_provinces_of_few_people(fair, operation):
    models.Vacancy.update(place="四川省成都市").where(models.Vacancy.id == fair.sewing.id).execute()
    facts = []
    for number, card in enumerate(fair.passes[:9]):
        vacancy = fair.sewing if number < 3 else fair.cook
        scan = operation(0, "check_in.recorded", pass_=card, vacancy=vacancy.number)
        facts += [scan, operation(0, "check_in.progressed", check_in=scan["id"], stage="hired", place="outside")]
    record(fair.day, facts)
    found = sheet_of(close(fair.day, "chen", now=datetime(2026, 2, 24, 6, tzinfo=UTC)))
    assert found["provinces"] == {"sichuan": 3, "shandong": 0, "other": 6} and found["places"]["outside"] == 9

    assert outward(found)["provinces"] == {"sichuan": HIDDEN, "shandong": 0, "other": HIDDEN}
