"""``python -m bench``: run the benchmarks and print one table. ``B1 B5`` picks, ``--write`` keeps."""

import argparse
import importlib
import sys

from bench.report import Figure, table

MODULES = {
    "B1": "b01_sync_ingest",
    "B2": "b02_phone_check_in",
    "B3": "b03_tablets",
    "B5": "b05_summary",
    "B7": "b07_phone_page",
    "B8": "b08_phone_server",
    "B9": "b09_kiosk_tap",
    "B10": "b10_kiosk_start",
    "B18": "b18_start",
    "B15": "b15_pass_sheets",
}


def main() -> None:
    """Run what was asked for, the cheapest way to see whether a change made something slower."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("budgets", nargs="*", metavar="B1", help="budgets to measure; all if none")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = parser.parse_args()
    chosen = [code.upper() for code in options.budgets] or list(MODULES)
    figures: list[Figure] = []
    for code in chosen:
        module = importlib.import_module(f"bench.{MODULES[code]}")
        print(module.__doc__.splitlines()[0], file=sys.stderr)
        figures += module.run()
    print(table(figures))


if __name__ == "__main__":
    main()
