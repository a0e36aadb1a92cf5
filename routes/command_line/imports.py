"""The command that goes on with spreadsheets that were taken in (docs/spreadsheets.md)."""

import os
import resource

import click
from flask import Flask
from flask.cli import with_appcontext
from flask_babel import force_locale

from models.base.database import db
from models.imports.import_run import run_all
from routes.office.import_kinds import KINDS

MOST_MEMORY = 1024 * 1024 * 1024  # bytes of addresses: a file that wants more ends this process and nothing else
MOST_SECONDS = 900  # of the processor


@click.command("import-sheets")
@with_appcontext
def import_sheets_command() -> None:
    """Go on with the spreadsheets that wait: read them, look at them, take them in. The office's pages begin it."""
    os.nice(10)  # tablets and phones come first
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    with db.connection_context(), force_locale("zh"):
        steps = run_all(KINDS)
    click.echo(f"{steps} steps")


def init_app(app: Flask) -> None:
    """Give ``app`` its command."""
    app.cli.add_command(import_sheets_command)
