"""B17: a spreadsheet of 10,000 vacancies of 500 employers is looked at and taken in, and once more: nothing changes.

Each step is the process that the office's page begins, from its start to its end; its memory is the most that it held.
"""

import io
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import openpyxl
import xlsxwriter
from stdnum.cn import uscc

from bench.report import Figure
from bench.world import build, connected
from models import schema as models
from models.base.database import execute_many, writing
from models.imports.sheet_import import APPLYING, ask

ROOT = Path(__file__).parent.parent
ROWS, EMPLOYERS = 10_000, 500
BUDGET, MEMORY = 5.0, 150_000_000  # seconds, bytes
HEAD = (
    "序号", "单位名称", "岗位名称", "招聘人数", "工作内容", "工作地点", "工资待遇", "学历", "年龄",
    "福利待遇", "有效期",
)  # fmt: skip


class Step(NamedTuple):
    """What a process took: seconds by the wall, seconds of the processor, the most bytes that it held."""

    wall: float
    cpu: float
    resident: int


def run(small: bool = False) -> list[Figure]:
    """Take a list in, and take it in once more."""
    rows, employers = (40, 5) if small else (ROWS, EMPLOYERS)
    content = _book(rows, employers)
    with tempfile.TemporaryDirectory() as folder:
        world = build(Path(folder))
        with connected():
            county = models.MarketDay.get_by_id(world.day).county
            _fill(county, employers)
            first = _take_in(world.url, county, content, {"new": rows})
            again = _take_in(world.url, county, content, {"unchanged": rows})
    bare = _read(content)
    size = f"{len(content) / 1e6:.1f} MB"
    return [_figure(f"{rows:,} new vacancies ({size}): looked at and taken in", first, bare),
            _figure("the same file once more: nothing changes", again, bare)]  # fmt: skip


def _figure(what: str, steps: list[Step], bare: float) -> Figure:
    wall, cpu = sum(step.wall for step in steps), sum(step.cpu for step in steps)
    held = max(step.resident for step in steps)
    parts = " + ".join(f"{step.wall:.1f}" for step in steps)
    return Figure(
        "B17", what, f"{wall:.1f} s ({parts}), CPU {cpu:.1f} s, {held / 1e6:.0f} MB",
        f"CPU {cpu / bare:.1f} × openpyxl alone reading it ({bare:.1f} s)",
        wall <= BUDGET and held <= MEMORY,
    )  # fmt: skip


def _take_in(url: str, county: models.County, content: bytes, wanted: dict[str, int]) -> list[Step]:
    found = models.SheetImport.create(
        county=county, kind="vacancies", name="bench.xlsx", size=len(content), content=content, made_by="bench"
    )
    steps = [_process(url)]
    counts = models.SheetImport.get_by_id(found.id).counts
    assert {state: counts.get(state, 0) for state in wanted} == wanted, counts
    if "new" in wanted:
        assert ask(found, APPLYING, "ready", mode="all", applied_by="bench")
        steps.append(_process(url))
        assert models.SheetImport.get_by_id(found.id).counts["taken"] == wanted["new"]
    return steps


def _process(url: str) -> Step:
    settings = os.environ | {"GANCHANG_DATABASE": url, "GANCHANG_SECRET_KEY": "bench"}
    command = [sys.executable, "-m", "flask", "--app", "app", "import-sheets"]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return Step(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def _read(content: bytes) -> float:
    """Return the seconds of the processor in which openpyxl alone reads the file."""
    began = time.process_time()
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for _row in book.worksheets[0].iter_rows(values_only=True):
        pass
    return time.process_time() - began


def _fill(county: models.County, count: int) -> None:
    with writing():
        execute_many(
            "INSERT INTO employer (county_id, name, kind, credit_code, licence, hires_for, sealed, contact, phone,"
            " papers, papers_by) VALUES (?, ?, 'enterprise', ?, '', '', '', '', '', '', '')",
            [(county.id, _name(number), _code(number)) for number in range(count)],
        )


def _code(number: int) -> str:
    """Return a unified social credit code: without one an employer's vacancies are stopped."""
    start = f"91500120MA{number:07d}"
    return start + uscc.calc_check_digit(start)


def _name(number: int) -> str:
    return f"重庆{number}号电子有限公司"


def _book(rows: int, employers: int) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("招聘岗位表",))
        sheet.write_row(1, 0, HEAD)
        for number in range(rows):
            sheet.write_row(number + 2, 0, (
                number + 1, _name(number % employers), f"装配普工{number}", "5人", "流水线装配电子产品",
                "璧山区青杠街道", "4000-5500", "初中", "18-50岁", "包吃住", "2030.12.31",
            ))  # fmt: skip
    return content.getvalue()
