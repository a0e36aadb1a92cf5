"""The doctor: one look at an installation for people without a monitoring system. Says what is well and what to do."""

import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from models.base.backup import OLDEST, backup_age
from models.base.clock import utcnow
from models.base.database import db, is_answering, pending_migrations
from models.base.health import takes_writes
from models.base.storage import damage, room
from models.base.trouble import Failure
from models.figures.watched import watched
from models.tls.folder import certificate_and_key

WELL, LOOK, BAD = "well", "look", "bad"
COLOURS = {WELL: "green", LOOK: "yellow", BAD: "red"}
LEAST_ROOM, LITTLE_ROOM = 0.5e9, 2e9  # bytes
SOON = timedelta(days=14)  # until a certificate ends
MANY = 200  # facts that wait


class Finding(NamedTuple):
    """What was looked at, how it stands (``WELL``, ``LOOK`` or ``BAD``), and what to know or do."""

    what: str
    state: str
    words: str


@click.command("doctor")
@with_appcontext
def doctor_command() -> None:
    """Look at database, disk, backups, certificate, clock and queue, and say what to do. Ends with 1 if one is bad."""
    with db.connection_context():
        findings = list(examine(current_app.config))
    width = max(len(finding.what) for finding in findings)
    for what, state, words in findings:
        click.echo(f"{click.style(f'{state:<5}', fg=COLOURS[state])} {what:<{width}}  {words}")
    if any(finding.state == BAD for finding in findings):
        raise SystemExit(1)


def examine(config: Any) -> Iterator[Finding]:
    """Look at everything. ``config``: the application's settings. Without a database nothing else is looked at."""
    if not is_answering():
        yield Finding("database", BAD, "does not answer: is it running, and is GANCHANG_DATABASE right?")
        return
    for look in LOOKS:
        try:
            yield from look(config)
        except (Failure, OSError) as error:
            yield Finding(look.__name__.strip("_").replace("_", " "), BAD, f"cannot be looked at: {error}")


def _database(config: Any) -> Iterator[Finding]:
    full = "are not stored: the disk is full, or the database may only be read"
    yield Finding("writes", *((WELL, "are stored") if takes_writes() else (BAD, full)))
    found = damage()
    damaged = f"is damaged ({found}): stop the service, keep the file, restore the newest backup"
    yield Finding("database", *((BAD, damaged) if found else (WELL, "is whole")))


def _migrations(config: Any) -> Iterator[Finding]:
    waiting = pending_migrations()
    behind = f"{len(waiting)} migrations wait: run `migrate`"
    yield Finding("schema", *((BAD, behind) if waiting else (WELL, "is this release's")))


def _disk(config: Any) -> Iterator[Finding]:
    if (found := room()) is None:
        yield Finding("disk", LOOK, "is PostgreSQL's: look there")
        return
    state = BAD if found.free < LEAST_ROOM else LOOK if found.free < LITTLE_ROOM else WELL
    yield Finding("disk", state, f"{found.free / 1e9:.1f} GB of {found.whole / 1e9:.1f} GB are free")


def _backups(config: Any) -> Iterator[Finding]:
    if not config["BACKUPS"]:
        yield Finding("backups", LOOK, "unknown: set GANCHANG_BACKUPS to the folder in which they are made")
        return
    age = backup_age(config["BACKUPS"])
    if age is None:
        yield Finding("backups", BAD, f"there is none in {config['BACKUPS']}")
        return
    since = timedelta(seconds=round(age))
    yield Finding("backups", BAD if since > OLDEST else WELL, f"the newest is {since} old (h:mm:ss)")


def _certificate(config: Any) -> Iterator[Finding]:
    if not (files := certificate_and_key(config["TLS"])):
        return  # a proxy speaks TLS, and renews its certificate
    from cryptography.x509 import load_pem_x509_certificate

    ends = load_pem_x509_certificate(files[0].read_bytes()).not_valid_after_utc
    left = ends - datetime.now(UTC)
    state = BAD if left < timedelta(0) else LOOK if left < SOON else WELL
    yield Finding("certificate", state, f"ends on {ends:%Y-%m-%d}, {left.days} days from now")


def _clock(config: Any) -> Iterator[Finding]:
    """Ask systemd whether the clock follows others: hours of the summary and ends of passes come from it."""
    try:
        asked = ["timedatectl", "show", "--property=NTPSynchronized", "--value"]
        said = subprocess.run(asked, capture_output=True, text=True, timeout=5, check=False).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        said = ""
    now = f"{utcnow():%Y-%m-%d %H:%M} UTC"
    by_itself = f"{now}: no time server is known to set it; compare it with a telephone's"
    yield Finding("clock", *((WELL, f"{now}, set by time servers") if said == "yes" else (LOOK, by_itself)))


def _market_days(config: Any) -> Iterator[Finding]:
    found = {name: value or 0 for name, _meaning, value in watched("")}
    if lost := found["facts_lost"]:
        yield Finding("tablets", BAD, f"{lost:.0f} facts were lost with a tablet's store: see the day's page")
    silent = found["tablets"] - found["tablets_heard"]
    words = f"{found['tablets']:.0f} on the market days of these hours, {silent:.0f} not heard of for half an hour,"
    yield Finding("tablets", WELL, f"{words} {found['facts_unsent']:.0f} facts not sent yet")
    waiting = found["facts_to_look_at"]
    yield Finding("to look at", LOOK if waiting > MANY else WELL, f"{waiting:.0f} facts of two weeks wait for a person")


LOOKS: tuple[Callable[[Any], Iterator[Finding]], ...] = (
    _database, _migrations, _disk, _backups, _certificate, _clock, _market_days,
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Give ``app`` its command."""
    app.cli.add_command(doctor_command)
