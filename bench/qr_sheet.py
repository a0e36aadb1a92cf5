"""B15: a sheet of 1,000 paper passes, against default qrcode with SvgPathImage in the same run."""

import time
from collections.abc import Callable

import qrcode
from qrcode.image.svg import SvgPathImage

from models import codes, qr

COUNT = 1_000
BUDGET = 300  # ms
ORIGIN = "https://ganchang.example.gov.cn"


def main() -> None:
    """Print both times and their ratio; the baseline draws a tenth and is scaled up."""
    payloads = list(map(payload, range(100_000_000, 100_000_000 + COUNT)))
    baseline = 10 * milliseconds(lambda: [by_default(p) for p in payloads[::10]])
    sheet = min(milliseconds(lambda: qr.sheet_paths(payloads)) for _ in range(3))
    print(f"B15 {COUNT:,} passes: {sheet:.0f} ms (budget {BUDGET} ms)")
    print(f"B15 baseline, default qrcode + SvgPathImage: {baseline:.0f} ms")
    print(f"B15 ratio: {sheet / baseline:.4f} of the baseline, {baseline / sheet:.0f} times faster")


def payload(number: int) -> str:
    return f"{ORIGIN}/p/{number}{codes.check_digit(str(number))}"


def by_default(text: str) -> str:
    return qrcode.make(text, image_factory=SvgPathImage).to_string()


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
