"""A spreadsheet is looked at first, taken in whole or in its good rows, by a process of its own, and undone."""

import io
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from flask_babel import force_locale

from models import schema as models
from models.base.clock import utcnow
from models.imports import import_run, sheet_import
from models.imports.sheet_import import SILENT, Stopped, claim_next
from models.keys.employer_contact import open_contact
from models.market.offer import Offer
from models.spreadsheet.book import read_book
from models.spreadsheet.heading import heading_of
from routes.office import market_dates, workers
from routes.office.import_kinds import KINDS
from tests.sheets import EMPLOYERS, FACTORY, HEAD, code, post, xlsx

LIST = "/organiser/imports"
NEW = (1, "重庆新月电子有限公司", code(1), "张三", "13800001234")
FAULTY = (2, "重庆圆月电子有限公司", "9.15E+17")


@pytest.fixture
def morning(monkeypatch):
    monkeypatch.setattr(market_dates, "utcnow", lambda: datetime(2026, 2, 24, 1, tzinfo=UTC))


@pytest.fixture
def begun(monkeypatch) -> list:
    """Whether a process was begun; none is."""
    found: list = []
    monkeypatch.setattr(workers.imports, "start", lambda: found.append(1))
    return found


@pytest.fixture
def chen(app, fair, begun, morning):
    return app.test_client(user=fair.chen)


def work(app) -> None:
    with app.app_context(), force_locale("zh"):
        import_run.run_all(KINDS)


def send(browser, file: bytes, kind: str = "employers"):
    data = {"kind": kind, "file": (io.BytesIO(file), "名单.xlsx")}
    return browser.post(LIST, data=data, content_type="multipart/form-data")


def sent(app, browser, *rows, kind: str = "employers") -> str:
    """Take rows in as a file, have them looked at, and return the address of the import."""
    address = send(browser, xlsx(*rows), kind).location
    work(app)
    return address


def latest() -> models.SheetImport:
    return models.SheetImport.select().order_by(models.SheetImport.id.desc()).get()


def take(app, browser, address: str, mode: str = "all", **more: str) -> models.SheetImport:
    assert browser.post(f"{address}/state", data={"mode": mode} | more).status_code == 303
    work(app)
    return latest()


def test_nothing_is_kept_before_somebody_says_so(app, chen, begun):
    address = sent(app, chen, EMPLOYERS, NEW, FAULTY)
    assert begun and latest().state == "ready" and latest().content is None
    page = chen.get(address).text
    assert "C3" in page and "9.15E+17" in page and "位数丢失" in page
    assert "Digits are lost" in chen.get(f"{address}?lang=en").text
    assert "重庆新月电子有限公司" in chen.get(f"{address}?show=new").text
    assert models.Employer.select().count() == 2


def test_all_or_nothing_takes_nothing_while_a_row_is_faulty(app, chen):
    address = sent(app, chen, EMPLOYERS, NEW, FAULTY)
    assert take(app, chen, address).state == "ready" and models.Employer.select().count() == 2
    assert take(app, chen, address, "good").counts["taken"] == 1
    employer = models.Employer.get(credit_code=code(1))
    assert tuple(open_contact(employer)) == ("张三", "13800001234") and not employer.phone
    assert not any(row.cells or row.values for row in models.SheetRow.select())


def test_the_history_says_who_took_what_in(app, chen):
    take(app, chen, sent(app, chen, EMPLOYERS, NEW))
    entry = models.AuditEntry.get(action="sheet_imported")
    assert (entry.who, entry.rows, entry.what) == ("chen", 1, "名单.xlsx")
    made = models.AuditEntry.get(action="made", thing="employer")
    assert (made.who, made.why, made.name) == ("chen", "名单.xlsx", "重庆新月电子有限公司")
    assert "张三" not in str(made.changes) and made.changes["sealed"] == []
    page = chen.get("/organiser/history").text
    assert "导入表格" in page


def test_vacancies_are_drafts_unless_they_were_checked(app, chen):
    take(app, chen, sent(app, chen, HEAD, post(1), kind="vacancies"))
    assert models.Vacancy.get(title="缝纫工", place="璧山区青杠街道").draft
    take(app, chen, sent(app, chen, HEAD, post(1, "熨烫普工"), kind="vacancies"), checked="yes")
    vacancy = models.Vacancy.get(title="熨烫普工")
    assert not vacancy.draft and vacancy.verified_by == "chen"


def test_what_is_there_is_changed_and_an_empty_cell_changes_nothing(app, chen):
    take(app, chen, sent(app, chen, HEAD, post(1), kind="vacancies"))
    number = models.Vacancy.get(title="缝纫工", place="璧山区青杠街道").number
    address = sent(app, chen, (*HEAD[:4], *HEAD[4:7]), post(1, 招聘人数="9人")[:7], kind="vacancies")
    assert "<s>5</s>" in chen.get(f"{address}?show=changed").text
    take(app, chen, address)
    vacancy = models.Vacancy.get(number=number)
    assert (vacancy.openings, str(vacancy.valid_until)) == (9, "2026-03-31")


def test_an_import_is_undone_and_all_is_as_before(app, chen):
    before = {row.id: row.openings for row in models.Vacancy.select()}
    take(app, chen, sent(app, chen, HEAD, post(1), post(2, "熨烫普工"), kind="vacancies"))
    take(app, chen, sent(app, chen, HEAD, post(1, 招聘人数="9人"), kind="vacancies"))
    for id in (2, 1):
        assert chen.post(f"{LIST}/{id}/state/undo").status_code == 303
        work(app)
        assert models.SheetImport.get_by_id(id).state == "undone"
    assert {row.id: row.openings for row in models.Vacancy.select()} == before
    assert models.AuditEntry.select().where(models.AuditEntry.action == "sheet_import_undone").count() == 2


def test_what_was_changed_or_used_since_is_not_undone_and_it_is_said_why(app, chen, fair):
    address = sent(app, chen, HEAD, post(1), post(2, "熨烫普工"), post(3, "裁剪普工"), kind="vacancies")
    take(app, chen, address, checked="yes")
    used, changed = models.Vacancy.get(title="熨烫普工"), models.Vacancy.get(title="裁剪普工")
    Offer.of(used, fair.clothing)
    models.Vacancy.update(openings=77).where(models.Vacancy.id == changed.id).execute()
    chen.post(f"{address}/state/undo")
    work(app)
    page = chen.get(address).text
    assert latest().state == "done" and models.Vacancy.select().where(models.Vacancy.title == "缝纫工").count() == 2
    assert "已被赶场天、岗位或记录使用" in page and "导入后被修改过" in page


def test_what_changed_meanwhile_is_looked_at_anew_and_nothing_is_kept(app, chen, fair):
    address = sent(app, chen, EMPLOYERS, NEW, (2, FACTORY, "91500120MA5YBT24QK", "周老板", "13800001234"))
    models.Employer.create(county=fair.county, name="重庆新月电子有限公司", credit_code=code(1))
    found = take(app, chen, address)
    assert (found.state, found.trouble, found.counts.get("new")) == ("ready", "meanwhile", None)
    assert not models.Employer.get_by_id(fair.factory.id).sealed


def test_a_match_by_hand_is_remembered_for_the_county(app, chen):
    rows = (("厂子", "代码"), ("重庆新月电子有限公司", code(1)))
    address = sent(app, chen, *rows)
    assert chen.get(address).location.endswith("/columns")
    refused = chen.post(f"{address}/columns", data={"sheet": "0", "column-1": "credit_code"})
    assert refused.status_code == 422 and "还缺" in refused.text
    twice = chen.post(f"{address}/columns", data={"sheet": "0", "column-0": "name", "column-1": "name"})
    assert twice.status_code == 422
    assert chen.post(f"{address}/columns", data={"sheet": "0", "column-0": "name", "column-1": "credit_code"}).location
    work(app)
    assert latest().counts["new"] == 1
    sent(app, chen, *rows)
    assert latest().state == "ready" and latest().counts["new"] == 1


def test_another_row_may_be_the_heading(app, chen):
    address = sent(app, chen, ("说明", "单位 电话", "x"), ("单位名称", "信用代码"), ("重庆新月电子有限公司", code(1)))
    chen.post(f"{address}/columns", data={"act": "heading", "sheet": "0", "heading": "1"})
    assert latest().heading == [1] and latest().state == "matching"
    assert chen.post(f"{address}/columns", data={"act": "heading", "sheet": "0", "heading": "x"}).status_code == 422
    chen.post(f"{address}/columns", data={"act": "heading", "sheet": "0", "heading": ""})
    assert latest().heading == [2]


def test_hidden_rows_are_left_out_by_choice(app, chen):
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True

    address = send(chen, xlsx(EMPLOYERS, NEW, (2, "重庆圆月电子有限公司", code(2)), also=hide)).location
    work(app)
    assert "隐藏了这些行，也会读取：3" in chen.get(address).text
    fields = {f"column-{place}": field for place, field in latest().field_places.items()}
    chen.post(f"{address}/columns", data=fields | {"sheet": "0", "without_hidden": "yes"})
    work(app)
    assert latest().counts["new"] == 1


def test_a_stopped_import_keeps_nothing(app, chen):
    address = sent(app, chen, EMPLOYERS, NEW)
    chen.post(f"{address}/state", data={"mode": "all"})
    assert chen.post(f"{address}/state/delete").status_code == 303
    work(app)
    assert latest().state == "stopped" and models.Employer.select().count() == 2
    assert not any(row.cells for row in models.SheetRow.select())


def test_who_is_stopped_in_the_middle_stores_no_further_row(app, chen, monkeypatch):
    monkeypatch.setattr(import_run, "TOGETHER", 1)
    address = sent(app, chen, EMPLOYERS, NEW, (2, "重庆圆月电子有限公司", code(2)))
    groups = import_run._groups

    def stopped_after_one(found):
        for number, rows in enumerate(groups(found)):
            if number:
                sheet_import.ask(found, "stopped", "applying")
            yield rows

    monkeypatch.setattr(import_run, "_groups", stopped_after_one)
    assert take(app, chen, address, "good").state == "stopped" and models.Employer.select().count() == 3
    chen.post(f"{address}/state/undo")
    monkeypatch.undo()
    work(app)
    assert latest().state == "undone" and models.Employer.select().count() == 2


@pytest.mark.parametrize("step", ["_read", "_check", "_apply"])
def test_a_process_that_died_is_followed_by_another(app, chen, monkeypatch, step):
    class PowerCut(BaseException):
        pass

    def die(*_given):
        raise PowerCut

    address = send(chen, xlsx(EMPLOYERS, NEW)).location
    if step == "_apply":
        work(app)
        chen.post(f"{address}/state", data={"mode": "all"})
    with monkeypatch.context() as patch, pytest.raises(PowerCut):
        patch.setattr(import_run, step, die)
        work(app)
    work(app)  # the claim is young: nobody takes it
    assert latest().state in sheet_import.WORKING and not sheet_import.is_waiting()
    models.SheetImport.update(claimed_at=utcnow() - timedelta(seconds=SILENT + 1)).execute()
    assert sheet_import.is_waiting()
    work(app)
    assert latest().state == ("done" if step == "_apply" else "ready")
    assert models.Employer.select().count() == (3 if step == "_apply" else 2)


def test_what_ends_its_process_three_times_is_given_up(app, chen):
    send(chen, xlsx(EMPLOYERS, NEW))
    for _ in range(3):
        assert claim_next()
        models.SheetImport.update(claimed_at=None).execute()
    work(app)
    assert (latest().state, latest().trouble) == ("failed", "broken")


def test_an_older_claim_stores_nothing(app, chen):
    send(chen, xlsx(EMPLOYERS, NEW))
    old = claim_next()
    models.SheetImport.update(claimed_at=None).execute()
    assert claim_next().claim != old.claim
    with pytest.raises(Stopped):
        sheet_import.go_on(old, done=5)


def test_what_nobody_touches_for_a_week_is_emptied(app, chen):
    sent(app, chen, EMPLOYERS, NEW, FAULTY)
    models.SheetImport.update(touched_at=utcnow() - timedelta(days=8)).execute()
    work(app)
    assert latest().state == "stopped"
    assert not any(row.cells or row.values or row.faults or row.name for row in models.SheetRow.select())


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\0" * 100, b"\x89PNG\r\n\x1a\n\0\0"])
def test_a_file_that_is_no_list_says_so(app, chen, content):
    answer = send(chen, content)
    if not content:
        assert answer.status_code == 422 and "请选择文件" in answer.text
        return
    work(app)
    assert latest().state == "failed" and latest().trouble in ("not_read", "empty")
    assert "不是能读取的表格" in chen.get(answer.location).text or latest().trouble == "empty"


def test_only_organisers_of_the_county_see_an_import(app, chen, fair):
    address = sent(app, chen, EMPLOYERS, NEW)
    for other in (fair.reader, fair.reviewer, fair.clerk, fair.neighbour, fair.city):
        browser = app.test_client(user=models.Organiser.get_by_id(other.id))
        assert browser.get(address).status_code == 404
        assert browser.post(f"{address}/state", data={"mode": "all"}).status_code == 404
    for other in (fair.reader, fair.reviewer, fair.clerk, fair.city):
        assert app.test_client(user=models.Organiser.get_by_id(other.id)).get(LIST).status_code == 403
    assert latest().state == "ready"


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_template_is_read_by_ourselves_and_its_example_is_not_taken(app, chen, kind):
    answer = chen.get(f"{LIST}/template.xlsx?kind={kind}")
    said = answer.headers["Content-Disposition"]
    assert answer.status_code == 200 and said.startswith("attachment") and said.isascii()
    (sheet,) = [one for one in read_book(answer.data) if heading_of(one, KINDS[kind].columns())]
    heading = heading_of(sheet, KINDS[kind].columns())
    assert heading.rows == (3,) and not KINDS[kind].missing(heading.fields.values())
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    first = book.worksheets[0]
    assert first.page_setup.paperSize == 9 and first.print_title_rows == "$3:$3"
    assert book.worksheets[1].sheet_state == "hidden"
    assert bool(first.data_validations.dataValidation) is (kind != "operators")
    send(chen, answer.data, kind)
    work(app)
    assert latest().state == "ready" and set(latest().counts) == {"above", "passed_over"}
    assert chen.get(f"{LIST}/template.xlsx?kind=x").status_code == 404


def test_a_file_is_taken_away_with_all_it_holds_until_it_was_kept(app, chen):
    address = sent(app, chen, EMPLOYERS, NEW)
    assert chen.post(f"{address}/delete").status_code == 303
    assert not models.SheetRow.select().count() and not models.SheetImport.select().count()
    address = sent(app, chen, EMPLOYERS, NEW)
    take(app, chen, address)
    assert chen.post(f"{address}/delete").status_code == 409


def test_the_command_is_a_process_of_its_own(app, chen, database):
    send(chen, xlsx(EMPLOYERS, NEW))
    settings = {"GANCHANG_DATABASE": database, "GANCHANG_SECRET_KEY": "test"}
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "import-sheets"],
        cwd=workers.ROOT, env=os.environ | settings, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "2 steps" and latest().counts["new"] == 1
