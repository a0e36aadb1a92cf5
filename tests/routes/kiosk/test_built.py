"""The tablet's built files: made once from the present sources, and never served when they were made from others."""

import json
import shutil
import subprocess

import pytest

from routes.kiosk import built
from routes.web.static import STATIC

ROOT = STATIC.parent


@pytest.fixture
def check(monkeypatch):
    """The check, as a process does it that starts now."""
    built.check.cache_clear()
    built._list.cache_clear()
    yield built.check
    built.check.cache_clear()
    built._list.cache_clear()


def test_what_was_made_from_the_present_sources_is_not_made_again():
    before = built.LIST.stat()
    subprocess.run([ROOT / "bin" / "bundle"], check=True)

    assert (built.LIST.stat().st_ino, built.LIST.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_without_built_files_the_application_says_what_to_type(check, monkeypatch, tmp_path):
    monkeypatch.setattr(built, "LIST", tmp_path / "files.json")

    with pytest.raises(built.NotBundled, match="not bundled yet: run `make bundle`"):
        check()


@pytest.mark.parametrize(
    "path", ["static/css/kiosk.css", "static/js/log/outbox.js", "bundle/scripts.js", "package-lock.json"]
)
def test_a_changed_source_is_noticed(check, monkeypatch, tmp_path, path):
    for folder in built.FOLDERS:
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for file in built.FILES:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    monkeypatch.setattr(built, "ROOT", tmp_path)
    check()
    check.cache_clear()
    with (tmp_path / path).open("a") as file:
        file.write("\n")

    with pytest.raises(built.NotBundled, match="from other sources than these: run `make bundle`"):
        check()


def test_source_maps_are_served_and_never_kept(client):
    worker = client.get("/kiosk/worker.js?language=zh").text

    address = worker.rstrip().rpartition("//# sourceMappingURL=")[2]
    assert json.loads(client.get(address).data)["sources"]
    assert f"{address}\"" not in worker and ".map\"" not in worker
