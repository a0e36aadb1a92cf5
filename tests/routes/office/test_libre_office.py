"""Workbooks as LibreOffice reads them: those that we send, and the real-shaped ones that we read. One run for all."""

import csv
import io
import os
import re
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from models.spreadsheet.book import read_book
from models.surveys.survey import Survey
from tests.sheets import cases

# Comma, quote, UTF-8, from the first line, as shown, all sheets: tokens of LibreOffice's CSV filter.
FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
DAY = "/organiser/market-days/{}"
COMPUTED = "=?"  # a formula that kept no value: LibreOffice computes it, we do not


@pytest.fixture
def ours(app, fair, enrol, operation) -> dict[str, bytes]:
    """Every workbook that the office sends, of a day on which something happened."""
    tablet = enrol(fair.clothing)
    tablet.sync(
        operation(1, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number),
        operation(2, "tally.counted", topic="leaflet", count=7), unsent=0,
    )  # fmt: skip
    office, day = app.test_client(user=fair.chen), DAY.format(fair.day.id)
    city = app.test_client(user=fair.city)
    assert office.post(f"{day}/closings", data={"reason": ""}).status_code == 303
    survey = Survey.create(
        county=fair.county, name="春节返乡意向", begins_on=date(2026, 1, 1), ends_on=date(2026, 3, 1), made_by="chen"
    )
    found = {
        "summary": office.get(f"{day}/summary.xlsx"),
        "outside": office.get(f"{day}/summary.xlsx?outside=1"),
        "history": office.get("/organiser/history/export.xlsx"),
        "survey": office.get(f"/organiser/surveys/{survey.id}.xlsx"),
        "city": city.get("/organiser/city.xlsx?from=2026-02-01&until=2026-02-28"),
    } | {
        f"template-{kind}": office.get(f"/organiser/imports/template.xlsx?kind={kind}")
        for kind in ("employers", "vacancies", "operators")
    }
    assert {answer.status_code for answer in found.values()} == {200}
    return {name: answer.data for name, answer in found.items()}


def test_libre_office_reads_the_same(ours, tmp_path):
    program = shutil.which("soffice")
    if not program:
        message = "LibreOffice is not here: apt-get install libreoffice-calc-nogui"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    theirs = {f"case-{at:02}": case.file for at, case in enumerate(cases())}
    files = []
    for name, content in (ours | theirs).items():
        if content.startswith((b"PK", b"\xd0\xcf")):
            files.append(tmp_path / f"{name}.{'xlsx' if content.startswith(b'PK') else 'xls'}")
            files[-1].write_bytes(content)
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    run = [program, home, "--headless", "--convert-to", FILTER, "--outdir", str(tmp_path / "out"), *map(str, files)]
    subprocess.run(run, check=True, capture_output=True, timeout=120)

    for name, content in ours.items():
        for sheet in openpyxl.load_workbook(io.BytesIO(content)):
            rows = [[shown(cell) for cell in row] for row in sheet.iter_rows()]
            assert as_read(tmp_path, name, sheet.title)[: len(rows)] == [trimmed(row) for row in rows], name
    assert len(files) == len(ours) + 38  # the other cases are CSV
    for name, content in theirs.items():
        for sheet in read_book(content) if content.startswith((b"PK", b"\xd0\xcf")) else ():
            read = as_read(tmp_path, name, sheet.name)
            for row in sheet.rows:
                pairs = list(zip(row.cells, [*read[row.number - 1], *[""] * len(row.cells)], strict=False))
                assert [pair for pair in pairs if not is_same(*pair, bool(sheet.merged))] == [], f"{name} {row.number}"


def as_read(folder: Path, name: str, sheet: str) -> list[list[str]]:
    """Return the rows that LibreOffice wrote of a sheet."""
    text = (folder / "out" / f"{name}-{sheet}.csv").read_text(encoding="utf-8")
    return [trimmed(row) for row in csv.reader(io.StringIO(text))]


def trimmed(row: list[str]) -> list[str]:
    return row[: max((at for at, cell in enumerate(row, start=1) if cell), default=0)]


def shown(cell) -> str:
    """Return what a reader sees in a cell of ours: dates and times as their format says."""
    value = cell.value
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}" if "hh" in cell.number_format else f"{value:%Y-%m-%d}"
    return "" if value is None else str(value)


def is_same(our: str, their: str, is_merged: bool) -> bool:
    """Say whether a cell was read alike. We fill what is merged downwards, compute nothing, and write dates one way."""
    american = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", their)
    their = f"{american[3]}-{american[1]}-{american[2]}" if american else re.sub(r"E\+0+", "E+", their.strip())
    return our in (their, COMPUTED) or (is_merged and not their)
