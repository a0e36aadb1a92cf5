"""The rehearsed restore: the newest backup is put back beside the running service, and it is seen whether it serves."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from models.base.backup import NotWhole, check_backup, held_by, latest_backup
from models.base.database import db, is_sqlite
from routes.web.sockets import free_port

ROOT = Path(__file__).parents[2]
STARTS_IN = 60  # seconds
# What a restored database is compared by with the one that runs: what it has less is what came since the backup.
COUNTED = {"market days": "market_day", "facts": "operation", "registrations": "candidate", "closed sheets": "closing"}


@click.command("restore")
@click.option("--rehearse", is_flag=True, required=True, help="Restore into a folder of its own and serve from it.")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def restore_command(rehearse: bool, file: Path | None) -> None:
    """Try whether a backup can be restored: FILE, or the newest in GANCHANG_BACKUPS. The service goes on meanwhile."""
    if not is_sqlite():
        raise click.ClickException("this is PostgreSQL: rehearse pg_restore into another database")
    backup = file or latest_backup(current_app.config["BACKUPS"])
    if backup is None:
        raise click.ClickException("there is no backup: name a file, or set GANCHANG_BACKUPS")
    now = held_by(Path(db.obj.database), COUNTED)
    with tempfile.TemporaryDirectory() as folder:
        then, seconds = rehearsed(backup, Path(folder))
    age = (time.time() - backup.stat().st_mtime) / 60
    click.echo(f"{backup}, {age:.0f} minutes old, is whole and serves; it took {seconds:.1f} s")
    for words, count in then.items():
        click.echo(f"  {words}: {count} (now {now[words]})")


def rehearsed(backup: Path, folder: Path) -> tuple[dict[str, int], float]:
    """Restore a backup in a folder and serve from it. Returns how much it holds, and the seconds that it took.

    Raises ClickException, saying which step failed. Whatever is done to the copy, the backup stays as it is.
    """
    begun = time.monotonic()
    copy = folder / "rehearsal.db"
    shutil.copyfile(backup, copy)
    try:
        check_backup(copy)
    except NotWhole as error:
        raise click.ClickException(f"the backup is no whole database of ours: {error}") from error
    port = free_port()
    environment = os.environ | {
        "GANCHANG_DATABASE": f"sqlite:///{quote(str(copy))}", "GANCHANG_HOST": "127.0.0.1", "GANCHANG_PORT": str(port),
        "GANCHANG_TLS": "", "GANCHANG_ORIGIN": f"http://127.0.0.1:{port}", "GANCHANG_METRICS_TOKEN": "",
        "GANCHANG_WORKERS": "1", "GANCHANG_SECRET_KEY": "rehearsal",
    }  # fmt: skip
    for command in ("migrate", "restored"):
        _run([sys.executable, "-m", "flask", "--app", "app", command], environment)
    server = subprocess.Popen(
        [sys.executable, "-m", "routes.web.serve"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", server)
    finally:
        server.terminate()
        server.wait(10)
    return held_by(copy, COUNTED), time.monotonic() - begun


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise click.ClickException(f"`{command[-1]}` failed on the restored copy: {done.stderr[-500:]}")


def _wait_for(address: str, server: subprocess.Popen) -> None:
    """Return when the server answers 200. Raises ClickException when it ends or takes too long."""
    until = time.monotonic() + STARTS_IN
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.2)
    raise click.ClickException("the restored copy does not serve")


def init_app(app: Flask) -> None:
    """Give ``app`` its command."""
    app.cli.add_command(restore_command)
