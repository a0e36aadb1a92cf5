"""Commands of a backup: a copy of the database, and what there is to do when one was put back."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from models.base.backup import copy_database
from models.base.database import db, is_sqlite, writing
from models.forgetting.listed import forget_what_is_listed
from models.log.change import tell_again
from models.market.employer_link import EmployerLink
from models.market.first_run import FirstRun
from models.market.invitation import Invitation
from models.market.organiser import Organiser
from models.market.wall_link import WallLink

RESTORED = """Every tablet hears everything again, and everybody signs in again.
What was ended after the backup was made is valid again. End it once more: tablets that were revoked, tokens
(`token list`), people who were removed (`user list`), keys (`key list`); passwords and PINs are the older ones."""


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup_command(file: Path) -> None:
    """Copy the SQLite database into FILE as it stands, while the server runs."""
    if not is_sqlite():
        raise click.ClickException("this is PostgreSQL: use pg_dump")
    with db.connection_context():
        copy_database(file)
    click.echo(f"{file} holds {file.stat().st_size} bytes", err=True)


@click.command("restored")
@with_appcontext
def restored_command() -> None:
    """After a backup was put back: send every tablet all records again, and ask it for what the server lost."""
    with db.connection_context(), writing():
        tell_again()
        Organiser.end_all_sessions()
        Invitation.end_all()
        EmployerLink.end_all()
        WallLink.end_all()
        FirstRun.end()
    with db.connection_context():
        again = forget_what_is_listed(Path(current_app.config["FORGOTTEN"]))
    click.echo(f"registrations forgotten again: {again}", err=True)
    click.echo(RESTORED, err=True)


def init_app(app: Flask) -> None:
    """Give ``app`` its commands."""
    app.cli.add_command(backup_command)
    app.cli.add_command(restored_command)
