"""Names and codes that are markup, in the three places where they once became part of the office's pages.

``hx-`` attributes need no script, so no policy stops them: whoever got an element into a page had the organiser's
browser send what it said. Every page with a payload in every field: test_payloads.py.
"""

from html.parser import HTMLParser

import pytest

from models.schema import Operation, Tablet, Vacancy

SIGN_OUT = "<b hx-post=/sign-out hx-trigger=load>"  # 37 letters of a name's 40 on a phone


class Elements(HTMLParser):
    """Collects what a page's elements would have htmx send, and its comments."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: set[str] = set()
        self.comments = 0
        self.names: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.sent |= {value or "" for name, value in attributes if name.startswith("hx-") and tag == "b"}

    def handle_comment(self, data: str) -> None:
        self.comments += 1


@pytest.fixture
def pages(organiser, day):
    """Return a function that opens all that an organiser opens about what needs attention, in both languages."""

    def pages() -> list[str]:
        keys = Operation.select(Operation.log, Operation.seq).tuples()
        paths = [f"{day}/quarantine", f"{day}/quarantine?state=settled", f"{day}/summary", f"{day}/summary?print=1"]
        paths += [f"{day}/quarantine/{log}/{seq}{more}" for log, seq in keys for more in ("", "/edit")]
        languages = [{"Accept-Language": language} for language in ("zh", "en")]
        answers = [organiser.get(path, headers=language) for path in paths for language in languages]
        assert {answer.status_code for answer in answers} <= {200, 404}
        return [answer.text for answer in answers if answer.status_code == 200]

    return pages


@pytest.mark.parametrize("field", ["trades", "groups", "work_kinds"])
def test_a_code_that_opens_a_comment_hides_nothing_of_the_sheet(organiser, day, fair, enrol, operation, field):
    sheets = [f"{day}/summary?print=1&lang={language}" for language in ("zh", "en")]
    whole = [Elements(organiser.get(sheet).text) for sheet in sheets]
    data = {"name": "王师傅", "birth_year": 1970, "trades": ["sewing"]} | {field: ["<!--", "<b>", "%(x)s"]}

    answer = enrol(fair.clothing).sync(operation(1, "candidate.registered", **data))

    assert answer.json["results"][0]["outcome"] in ("applied", "attention")
    for sheet, before in zip(sheets, whole, strict=True):
        page = organiser.get(sheet).text
        after = Elements(page)
        assert after.comments == before.comments and after.names.count("b") == before.names.count("b")
        parts = ("table", "section", "footer", "h2", "main", "body")
        assert all(after.names.count(part) >= before.names.count(part) for part in parts)
        assert field == "work_kinds" or "&lt;!--" in page  # it is there, as text


def test_a_strangers_name_at_a_closed_vacancy_sends_nothing(fair, sign_up, enrol, operation, pages):
    enrol(fair.clothing).sync(operation(1, "vacancy.filled", vacancy=fair.sewing.number))
    assert Vacancy.get(number=fair.sewing.number).closed
    assert sign_up(name=SIGN_OUT).status_code == 303
    assert Operation.select().where(Operation.reason == "vacancy_closed").exists()

    drawn = pages()

    assert any("/sign-out hx-trigger" in page for page in drawn)
    assert not [page for page in drawn if Elements(page).sent]


def test_a_tablets_name_revokes_no_other_tablet(app, fair, enrol, operation, day, pages):
    victim, thief = enrol(fair.kitchen), enrol(fair.clothing)
    name = f"<b hx-trigger=load hx-post={day}/tablets/{victim.tablet.id}/delete>"
    person = operation(1, "candidate.registered", name=name, birth_year=1970, trades=["cook"], pass_=fair.passes[0])
    thief.sync(
        person,
        operation(2, "check_in.recorded", candidate=person["id"], vacancy=fair.sewing.number, pass_="1"),
        operation(3, "visit.recorded", candidate=person["id"], unheard="of"),
        operation(4, "candidate.amended", person["id"], name=name + "2", based_on=1),
        operation(5, "candidate.amended", person["id"], name=name + "3", based_on=1),
    )
    assert Operation.select().where(Operation.outcome == "attention").count() >= 2

    drawn = pages()

    assert sum("hx-post" in page and "/delete&gt;" in page for page in drawn) >= 4
    assert not [page for page in drawn if Elements(page).sent]
    assert Tablet.get_by_id(victim.tablet.id).revoked_at is None
