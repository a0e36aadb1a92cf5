"""``python -m bench``: run the benchmarks, print one table. ``B1 B5`` picks; ``--write`` keeps it."""

import argparse
import importlib
import os
import re
import sys
from pathlib import Path

from bench import chromium, machine
from bench.report import Figure, table

MODULES = {
    "B1": "b01_sync_ingest",
    "B2": "b02_check_in",
    "B3": "b03_tablets",
    "B4": "b04_postgres",
    "B5": "b05_summary",
    "B6": "b06_report",
    "B7": "b07_phone_page",
    "B8": "b08_phone_server",
    "B9": "b09_kiosk_tap",
    "B10": "b10_kiosk_start",
    "B12": "b12_kiosk_bytes",
    "B13": "b13_fill_tablet",
    "B14": "b14_day_sync",
    "B15": "b15_pass_sheets",
    "B16": "b16_matching",
    "B17": "b17_spreadsheet",
    "B18": "b18_start",
    "B19": "b19_market_day",
    "B20": "b20_people",
    "B22": "b22_retention",
    "FIND": "find_person",
    "FUZZ": "fuzz",
    "LIGHTHOUSE": "lighthouse",
    "OFFICE": "office_search",
    "PATH": "candidate_path",
    "STRANGERS": "strangers",
}
BY_NAME = {"FUZZ"}  # takes a quarter of an hour and measures nothing: only when it is asked for
PAIRED = {"B10"}  # take an earlier checkout
PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
KEPT = re.compile(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", re.DOTALL)


def main() -> None:
    """Run what was asked for. Exit 1 when a benchmark failed; a budget that is short is no failure."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("budgets", nargs="*", metavar="B1", help="budgets to measure; all if none")
    parser.add_argument("--write", action="store_true", help="write the table to docs/benchmarks.md")
    parser.add_argument("--small", action="store_true", help="only see whether they run")
    parser.add_argument("--before", type=Path, metavar="PATH", help="an earlier checkout, for B10 to measure beside")
    options = parser.parse_args()
    if options.small:
        os.environ[chromium.QUICK] = "1"
    figures = []
    for code in [code.upper() for code in options.budgets] or [code for code in MODULES if code not in BY_NAME]:
        figures += _measure(code, options.small, options.before and options.before.resolve())
    text = f"{table(figures)}\n\n{machine.describe()}"
    print(text)
    if options.write:
        _write(text)
    sys.exit(any(figure.figure.startswith("failed") for figure in figures))


def _measure(code: str, small: bool, before: Path | None) -> list[Figure]:
    """Run one benchmark; one that fails must not hide what the others found."""
    module = importlib.import_module(f"bench.{MODULES[code]}")
    what = module.__doc__.splitlines()[0]
    print(what, file=sys.stderr, flush=True)
    more = {"before": before} if code in PAIRED else {}
    try:
        return module.run(small=small, **more)
    except Exception as error:
        return [Figure(code, what, f"failed: {error}".splitlines()[0][:80], "–", None)]


def _write(text: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(KEPT.sub(lambda kept: f"{kept[1]}\n{text}\n\n{kept[2]}", page), encoding="utf-8")


if __name__ == "__main__":
    main()
