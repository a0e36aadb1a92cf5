"""Commands of retention: what the periods end goes, and what a backup brought back goes again."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from models.base.clock import utcnow
from models.base.database import db
from models.forgetting.due import Due
from models.forgetting.listed import forget_what_is_listed
from models.forgetting.retain import old_backups, overwrite, retain, tidy_list
from models.imports.sheet_import import forget_left
from models.market.county import County

WORDS = {
    "people": "registrations whose name and phone went",
    "surnames": "surnames of the ledger",
    "surveyed": "people of surveys",
    "raw": "entries that were refused or waited",
    "boxes": "hand-over boxes",
    "audit": "entries of the audit log",
    "keys": "keyed hashes for what comes late",
    "complaints": "complaints that said who complained",
}


@click.command("retain")
@click.option("--preview", is_flag=True, help="Say what would go, and take nothing away.")
@with_appcontext
def retain_command(preview: bool) -> None:
    """Take away what the counties' periods end, and forget again what a backup brought back. Run it every night."""
    now, listed = utcnow(), Path(current_app.config["FORGOTTEN"])
    with db.connection_context():
        if not preview:
            click.echo(f"forgotten again after a backup: {forget_what_is_listed(listed)}")
        for county in County.by_age():
            today = now.astimezone(county.zone()).date()
            counts = Due(county, today).counts() if preview else retain(county, today)
            for what, count in counts.items():
                click.echo(f"{county.name}: {WORDS[what]}: {count}")
        if not preview:
            click.echo(f"spreadsheets that nobody went on with: {forget_left()}")
            tidy_list(listed)
            overwrite()
    if folder := current_app.config["BACKUPS"]:
        found = old_backups(Path(folder), now)
        click.echo(f"old backups: {len(found)}")
        for path in () if preview else found:
            path.unlink()


def init_app(app: Flask) -> None:
    """Give ``app`` its command."""
    app.cli.add_command(retain_command)
