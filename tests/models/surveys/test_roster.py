"""The bureau's list is taken in whole or not at all, in either encoding, and no column more than is needed."""

from datetime import date

import pytest

from models import schema as models
from models.spreadsheet.book import MOST_ROWS
from models.surveys.roster import read_roster, take_in
from models.surveys.survey import by_token, token_of
from tests.sheets import xlsx

GOOD = """编号,姓名,电话,村,同意联系,身份证号
01,王小明,138 0000 6666,石院村,是,500120197501010011
02,李强,,石院村,否,
"""


@pytest.fixture
def survey(fair):
    return models.Survey.create(
        county=fair.county, name="节后打算", begins_on=date(2026, 1, 5), ends_on=date(2026, 2, 10), made_by="chen"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_comes_in_both_encodings_without_the_column_that_nobody_needs(survey, fair, encoding):
    roster = read_roster(GOOD.encode(encoding))
    assert roster.is_good and roster.left_out == ["身份证号"]
    assert take_in(survey, fair.county, roster) == (2, 0)
    rows = list(models.SurveyPerson.select().order_by(models.SurveyPerson.bureau_id).dicts())
    assert [(row["bureau_id"], row["name"], row["phone"], row["village"], row["may_contact"]) for row in rows] == [
        ("01", "王小明", "13800006666", "石院村", True), ("02", "李强", None, "石院村", False),
    ]  # fmt: skip
    assert "500120197501010011" not in str(rows)


def test_who_is_known_by_the_bureaus_number_is_changed_and_stays_the_same(survey, fair):
    take_in(survey, fair.county, read_roster(GOOD.encode()))
    before = models.SurveyPerson.get(bureau_id="01")
    changed = GOOD.replace("138 0000 6666", "13900006666").replace("02,李强", "03,陈秀英")
    assert take_in(survey, fair.county, read_roster(changed.encode())) == (1, 1)
    after = models.SurveyPerson.get(bureau_id="01")
    assert (after.id, after.token_hash, after.phone) == (before.id, before.token_hash, "13900006666")
    assert models.SurveyPerson.select().count() == 3


def test_a_persons_link_is_found_by_its_secret_alone(survey, fair):
    take_in(survey, fair.county, read_roster(GOOD.encode()))
    person = models.SurveyPerson.get(bureau_id="01")
    token = token_of(fair.county, person.id)
    assert len(token) == 22 and by_token(token) == person
    assert by_token(token_of(fair.elsewhere, person.id)) is None and by_token("") is None


@pytest.mark.parametrize("line, fault", [
    (",王,,村,是", "no_id"), ("9" * 65 + ",王,,村,", "long_id"), ("01,王,,村,", "twice"), ("5,,,村,", "no_name"),
    ("5," + "长" * 41 + ",,村,", "long_name"), ("5,王,,,", "no_village"), ("5,王,,村," + "也许", "agreed"),
    ("5,王,没有,村,", "phone"), ("5,王,,村,,多", "columns"),
])  # fmt: skip
def test_each_wrong_line_is_named_with_its_reason(line, fault):
    roster = read_roster(f"编号,姓名,电话,村,同意联系\n01,王小明,,村,\n\n{line}\n".encode())
    assert roster.faults == [(4, fault)] and not roster.is_good and len(roster.lines) == 1


def test_a_workbook_as_bureaus_write_it_is_read_as_well():
    roster = read_roster(xlsx(
        ("2026年意向调查名单",), ("填报单位：石院村",), ("序号", "编号", "姓名", "联系电话", "所在村", "同意联系"),
        (1, "A01", "王小明", 13800006666, "石院村", "是"), (2, "A02", "李强", None, "石院村"), ("合计", None, "2人"),
    ))  # fmt: skip
    assert roster.is_good and [(line.bureau_id, line.phone, line.may_contact) for line in roster.lines] == [
        ("A01", "13800006666", True), ("A02", "", False),
    ]  # fmt: skip
    assert roster.left_out == ["序号"]


def test_an_unknown_group_is_a_fault_and_a_known_one_is_kept():
    roster = read_roster(b"id;name;village;group\n1;Wang;A;mig\n2;Li;A;XXX\n")
    assert roster.lines[0].group == "MIG" and roster.faults == [(3, "group")]


@pytest.mark.parametrize("content, trouble", [
    (b"", "no_rows"), (b"\xff\xff\xff", "no_text"), (b"PK\x03\x04\0\0", "no_text"),
    ("姓名,村\n王,石院".encode(), "no_head"),
    ("编号,姓名,村\n".encode(), "no_rows"),
    ("编号,姓名,村\n" + "".join(f"{n},王,村\n" for n in range(MOST_ROWS + 1)), "too_many"),
])  # fmt: skip
def test_a_file_that_is_no_list_is_refused_whole(content, trouble):
    roster = read_roster(content if isinstance(content, bytes) else content.encode())
    assert roster.trouble == trouble and not roster.is_good
