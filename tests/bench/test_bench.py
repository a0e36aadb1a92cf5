"""Every benchmark runs at its smallest size. No time is asserted: a busy machine proves nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench import chromium
from bench.__main__ import MODULES
from bench.report import COLUMNS, Figure, table
from tests.effort import DEEP

ROOT = Path(__file__).parents[2]
IN_A_BROWSER = {"B7", "B9", "B10", "B13", "B14", "B15", "LIGHTHOUSE", "PATH", "FIND"}
BY_DAY = {"B1", "B2", "B5", "B8", "B12"}  # what a change of the server moves first; by night all
TRIED = [code for code in MODULES if DEEP or code in BY_DAY]


@pytest.mark.parametrize("code", TRIED)
def test_a_benchmark_says_what_it_measures_and_runs(code):
    if code in IN_A_BROWSER and not chromium.find():
        pytest.skip("Chromium is not installed")

    done = subprocess.run(  # a process of its own: a second Playwright in this one is refused
        [sys.executable, "-m", "bench", "--small", code], cwd=ROOT, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{code}: " in done.stderr
    assert f"| {code}" in done.stdout


def test_the_table_has_a_line_for_each_figure_and_says_short_when_it_is():
    figures = [Figure("B1", "sync", "10 ms", "2 × raw", met) for met in (True, False, None)]

    lines = table(figures).splitlines()

    assert len({len(line) for line in lines}) == 1
    assert [line.split("|")[-2].strip() for line in lines[2:]] == ["yes", "short", "–"]
    assert lines[0].count("|") == len(COLUMNS) + 1
