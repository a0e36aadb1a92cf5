"""How answers travel: brotli for what is the same for everybody, gzip else, plain where nothing else is read."""

import gzip
import sys

import brotli
import pytest

from routes.web import compression
from routes.web.static import STATIC, release

CHROMIUM = "gzip, deflate, br, zstd"
SHEET = "css/base.css"


def asked(client, path, encodings, **headers):
    return client.get(path, headers={"Accept-Encoding": encodings} | headers)


@pytest.fixture
def sheet():
    return f"/static/{release()}/{SHEET}"


@pytest.mark.parametrize("path", ["sheet", "/kiosk?lang=zh"])
@pytest.mark.parametrize(
    ("encodings", "sent", "unpack"),
    [
        (CHROMIUM, "br", brotli.decompress),
        ("br", "br", brotli.decompress),
        ("gzip, br;q=0", "gzip", gzip.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("identity", None, bytes),
    ],
)
def test_what_is_the_same_for_everybody_travels_as_the_smallest_that_the_browser_takes(
    client, fair, sheet, path, encodings, sent, unpack
):
    path = sheet if path == "sheet" else path
    answer = asked(client, path, encodings)

    assert answer.headers.get("Content-Encoding") == sent
    assert "Accept-Encoding" in answer.vary
    assert unpack(answer.data) == client.get(path).data


def test_what_is_made_for_one_reader_is_gzip(client, fair):
    answer = asked(client, "/enrol", CHROMIUM)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == client.get("/enrol").data


def test_a_packed_files_tag_is_weak_and_answered_304(client, sheet):
    first = asked(client, sheet, CHROMIUM)

    assert first.get_etag()[1] is True
    again = asked(client, sheet, CHROMIUM, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Accept-Encoding" in again.vary


def test_a_picture_is_sent_as_it_is(client):
    path = "icons/icon-192.png"
    answer = asked(client, f"/static/{release()}/{path}", CHROMIUM)

    assert "Content-Encoding" not in answer.headers
    assert answer.data == (STATIC / path).read_bytes()


def test_a_file_is_packed_once(client, sheet, monkeypatch):
    first = asked(client, sheet, CHROMIUM).data
    monkeypatch.setattr(compression, "_brotli", object)  # packs nothing

    assert asked(client, sheet, CHROMIUM).data == first


@pytest.fixture
def packings(tmp_path, monkeypatch):
    """Count what is packed in a folder of the test's own, with nothing in the process's memory."""
    found = []
    pack = brotli.compress
    monkeypatch.setattr(compression, "FOLDER", tmp_path / "packed")
    monkeypatch.setattr(brotli, "compress", lambda *given, **more: found.append(1) or pack(*given, **more))
    compression._kept.cache_clear()
    yield found
    compression._kept.cache_clear()


def test_the_next_start_packs_nothing(client, sheet, packings):
    first = asked(client, sheet, CHROMIUM).data
    compression._kept.cache_clear()

    assert asked(client, sheet, CHROMIUM).data == first
    assert len(packings) == 1


def test_what_is_kept_is_found_by_what_it_was_made_of(packings):
    bodies = (b"a" * 600, b"b" * 600)
    for _ in range(2):
        assert [brotli.decompress(compression._kept("br", body)) for body in bodies] == list(bodies)
        compression._kept.cache_clear()
    assert len(packings) == 2


def test_where_others_may_write_nothing_is_read(client, sheet, packings, tmp_path):
    asked(client, sheet, CHROMIUM)
    (kept,) = (tmp_path / "packed").iterdir()
    kept.write_bytes(brotli.compress(b"something else"))
    (tmp_path / "packed").chmod(0o777)
    compression._kept.cache_clear()

    assert brotli.decompress(asked(client, sheet, CHROMIUM).data) == (STATIC / SHEET).read_bytes()


def test_a_kept_file_that_cannot_be_read_fails_no_answer(client, sheet, packings, tmp_path):
    asked(client, sheet, CHROMIUM)
    (kept,) = (tmp_path / "packed").iterdir()
    kept.unlink()
    kept.mkdir()  # what root made with another umask reads as badly; tests may run as root
    compression._kept.cache_clear()

    assert brotli.decompress(asked(client, sheet, CHROMIUM).data) == (STATIC / SHEET).read_bytes()


def test_a_disk_that_takes_nothing_fails_no_answer(client, sheet, packings, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(compression, "FOLDER", tmp_path / "file" / "packed")

    assert brotli.decompress(asked(client, sheet, CHROMIUM).data) == (STATIC / SHEET).read_bytes()


def test_without_the_brotli_module_everything_is_gzip(client, sheet, monkeypatch):
    monkeypatch.setitem(sys.modules, "brotli", None)  # what import finds where there is no wheel
    compression._brotli.cache_clear()
    try:
        answer = asked(client, sheet, CHROMIUM)
        only = asked(client, sheet, "br")
    finally:
        compression._brotli.cache_clear()

    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == (STATIC / SHEET).read_bytes()
    assert "Content-Encoding" not in only.headers
    assert only.data == (STATIC / SHEET).read_bytes()
