"""Work that fits a person, at the office's desk: points, grounds, what was left out; an offer is written down."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from models import schema as models
from models.forgetting.delete import freeze_person
from models.intake.ingest import ingest
from routes.office import person_recommendations


@pytest.fixture
def zhou(fair, enrol, operation, monkeypatch):
    """Register 周师傅, a cook, before the market opens; return the address of what fits."""
    monkeypatch.setattr(person_recommendations, "utcnow", lambda: datetime(2026, 2, 24, 1, tzinfo=UTC))
    node = str(uuid4())
    ingest(enrol(fair.clothing).tablet.log, [
        operation(1, "candidate.registered", id=node, name="周师傅", birth_year=1974, trades=["cook"],
                  pass_=fair.passes[0]),
        operation(2, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number),
    ])  # fmt: skip
    return f"/organiser/people/{node}"


def test_what_fits_has_points_that_add_up_and_an_offer_is_noted(organiser, fair, zhou):
    assert f"{zhou}/recommendations" in organiser.get(zhou).text
    page = organiser.get(f"{zhou}/recommendations")
    assert page.headers["Cache-Control"] == "no-store"
    first = page.text.split("<tbody>")[1].split("</tr>")[0]
    score = int(re.search(r"<summary>(\d+)</summary>", first)[1])
    assert "厨师" in first and score == sum(int(points) for points in re.findall(r"<dd>(\d+)</dd>", first)) > 40
    assert fair.sewing.title not in page.text.split("<tbody>")[1]  # tied to it already

    organiser.post(f"{zhou}/assistance", data={"what": "offer", "vacancy": fair.cook.number})
    assert "厨师" in organiser.get(zhou).text.partition('id="contacts"')[2]
    reading = models.AuditEntry.select().where(models.AuditEntry.what == "recommendations").count()
    assert reading == 1


def test_nothing_is_recommended_to_somebody_whose_data_are_used_for_nothing(organiser, fair, zhou):
    assert organiser.get(f"{zhou}/recommendations?day=nonsense").status_code == 200
    freeze_person(fair.county, zhou.rpartition("/")[2], "陈主任", "本人", "来信")
    assert organiser.get(f"{zhou}/recommendations").status_code == 404
