"""Survey lists: the people of a survey with how each stands, for worklists, village sheets, results and figures."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from models.base.database import fetch
from models.surveys.survey import Survey
from models.surveys.survey_answer import Given, latest_of
from models.surveys.survey_attempt import Tried, attempts_in, state_of
from models.vocabulary.survey import INTENTIONS


@dataclass(frozen=True)
class Asked:
    """Somebody of a survey. ``name`` is empty of who was forgotten."""

    id: str
    bureau_id: str
    name: str
    village: str
    group: str
    may_contact: bool
    has_phone: bool
    tried: Tried | None
    given: Given | None
    state: str


@dataclass
class Row:
    """Figures of a village, or of all: in persons. ``reached`` were spoken to or answered by themselves."""

    village: str
    listed: int = 0
    asked: int = 0
    reached: int = 0
    answered: int = 0

    def __post_init__(self) -> None:
        self.intentions: Counter[str] = Counter(dict.fromkeys(INTENTIONS, 0))

    def add(self, one: Asked, was_written_to: bool) -> None:
        """Count one person more."""
        self.listed += 1
        has_answered, was_reached = one.given is not None, bool(one.tried and one.tried.was_reached)
        self.asked += bool(one.tried) or was_written_to or has_answered
        self.reached += was_reached or has_answered
        self.answered += has_answered
        if one.given:
            self.intentions[one.given.answer.intention] += 1


def people_of(survey: Survey, today: date, village: str = "") -> list[Asked]:
    """Return the people of a survey, or of one village of it, by village and the bureau's id. Four statements."""
    where, values = (" AND village = ?", (village,)) if village else ("", ())
    rows = fetch(
        'SELECT id, bureau_id, name, village, "group", may_contact, phone IS NOT NULL FROM survey_person'
        f" WHERE survey_id = ?{where} ORDER BY village, bureau_id",
        (survey.id, *values),
    )
    tried, given = attempts_in(survey), latest_of(survey)
    return [
        Asked(
            id, bureau, name, home, group, bool(may), bool(phone), tried.get(id), given.get(id),
            state_of(tried.get(id), id in given, today),
        )
        for id, bureau, name, home, group, may, phone in rows
    ]  # fmt: skip


def villages_of(survey: Survey) -> list[str]:
    """Return the villages of a survey."""
    sql = "SELECT DISTINCT village FROM survey_person WHERE survey_id = ? ORDER BY village"
    return [village for (village,) in fetch(sql, (survey.id,))]


def figures_of(survey: Survey, today: date, written_to: Collection[str] = ()) -> tuple[Row, list[Row]]:
    """Return ``(all, by village)``: who was asked, reached and answered, and what the answers that count say.

    ``written_to`` are the people to whom a message was sent: they were asked, too.
    """
    everybody, by_village = Row(""), dict[str, Row]()
    for one in people_of(survey, today):
        for row in (everybody, by_village.setdefault(one.village, Row(one.village))):
            row.add(one, one.id in written_to)
    return everybody, list(by_village.values())
