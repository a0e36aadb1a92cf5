"""Codes drawn by us are, module by module, what qrcode draws, and another decoder reads them."""

import random
import re
from xml.etree import ElementTree

import pytest
import zxingcpp
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import MODE_8BIT_BYTE, MODE_NUMBER, QRData

from models.base import check_digit
from models.printing import qr

ORIGINS = [
    "https://ganchang.bishan.gov.cn",
    "https://jy.cq.gov.cn",
    "http://127.0.0.1:8000",
    "https://a-rather-long-name.employment-service.example.org:8443",
]
RECTANGLE = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def passes(count: int, origin: str = ORIGINS[0], first: int = 202_400_000) -> list[str]:
    payloads = [f"{number:09d}" for number in range(first, first + count)]
    return [f"{origin}/p/{digits}{check_digit.check_digit(digits)}" for digits in payloads]


def modules(path: str, border: int = qr.BORDER) -> set[tuple[int, int]]:
    """Paint the path: (row, column) of each dark module. Every part of it must be a run."""
    assert RECTANGLE.sub("", path) == ""
    runs = [map(int, match.groups()) for match in RECTANGLE.finditer(path)]
    dark = [(y - border, x - border + n) for x, y, run, _ in runs for n in range(run)]
    assert len(dark) == len(set(dark))
    return set(dark)


def drawn_by_qrcode(payload: str, level: int = ERROR_CORRECT_M) -> set[tuple[int, int]]:
    head, digits = re.fullmatch(r"(.*/)(\d+)", payload).groups()
    code = QRCode(error_correction=level, mask_pattern=qr.MASK)
    code.add_data(QRData(head, MODE_8BIT_BYTE))
    code.add_data(QRData(digits, MODE_NUMBER))
    code.make()
    size = range(code.modules_count)
    return {(y, x) for y in size for x in size if code.modules[y][x]}


def read(path: str, side: int, scale: int = 4) -> str:
    """Render black on white and have zxing read it."""
    image = bytearray(b"\xff" * (side * scale) ** 2)
    for row, column in modules(path, border=0):
        for line in range(row * scale, (row + 1) * scale):
            start = line * side * scale + column * scale
            image[start : start + scale] = bytes(scale)
    found = zxingcpp.read_barcodes(memoryview(image).cast("B", (side * scale, side * scale)))
    assert [code.format for code in found] == [zxingcpp.BarcodeFormat.QRCode]
    return found[0].text


@pytest.mark.parametrize("level", [qr.USUAL, qr.STRONG])
def test_every_module_of_a_thousand_passes_is_as_qrcode_draws_it(level):
    payloads = passes(1000)
    for payload, path in zip(payloads, qr.sheet_paths(payloads, level=level), strict=True):
        assert modules(path) == drawn_by_qrcode(payload, level)


@pytest.mark.parametrize("origin", ORIGINS)
def test_scattered_passes_of_any_origin_are_as_qrcode_draws_them(origin):
    draw = random.Random(origin)
    payloads = [p for _ in range(80) for p in passes(1, origin, draw.randrange(10**9))]
    for payload, path in zip(payloads, qr.sheet_paths(payloads), strict=True):
        assert modules(path) == drawn_by_qrcode(payload)


@pytest.mark.parametrize("origin", ORIGINS)
def test_another_decoder_reads_the_sheet(origin):
    payloads = passes(50, origin)
    side = qr.width(payloads[0])
    assert [read(path, side) for path in qr.sheet_paths(payloads)] == payloads


def test_a_sheet_keeps_order_and_takes_repeats_and_strangers():
    payloads = passes(30) + ["HELLO 8", "你好", "", "12345", ORIGINS[1] + "/v/1234567"]
    payloads = [*payloads, payloads[0]]
    random.Random(8).shuffle(payloads)
    assert qr.sheet_paths(payloads) == [path_of(qr.svg(payload)) for payload in payloads]


def test_a_sheet_of_nothing_is_nothing():
    assert qr.sheet_paths([]) == []


@pytest.mark.parametrize("tails", ["0123456789", "ABCDEFGHIJ"])
def test_text_without_digits_shares_the_drawing_too(tails):
    payloads = [f"ABC-{a}{b}{c}" for a in tails for b in tails for c in tails[:2]]
    assert qr.sheet_paths(payloads) == [path_of(qr.svg(payload)) for payload in payloads]


def test_a_phone_pass_is_read_whole():
    signed = int.from_bytes(bytes([1, *range(79)]), "big")  # 80 bytes, the first of them 1
    payload = f"{ORIGINS[0]}/p/{signed}"
    assert read(path_of(qr.svg(payload)), qr.width(payload)) == payload


def test_a_number_is_drawn_as_a_number_to_keep_the_code_small():
    as_text = QRCode(error_correction=ERROR_CORRECT_M, border=qr.BORDER)
    as_text.add_data(passes(1)[0])
    as_text.make()
    assert qr.width(passes(1)[0]) < as_text.modules_count + 2 * qr.BORDER


def test_the_svg_is_one_path_on_a_white_ground_in_a_box_without_style():
    svg = qr.svg(passes(1)[0], border=4)
    root = ElementTree.fromstring(svg)
    assert [child.tag.rpartition("}")[2] for child in root] == ["rect", "path"]
    assert root.get("viewBox") == "0 0 37 37"
    assert "style" not in svg
    assert min(min(module) for module in modules(root[-1].get("d"), border=4)) == 0


def path_of(svg: str) -> str:
    return ElementTree.fromstring(svg)[-1].get("d")
