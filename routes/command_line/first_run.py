"""The first run on the command line: the demo, or the secret address at which a county's office is set up."""

import select
import sys

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from models.base.database import db, writing
from models.data import load_reference
from models.market.county import County
from models.market.first_run import LIFETIME, FirstRun, Over
from models.market.organiser import Organiser
from routes.command_line.demo import load_demo, say_what_is_there

DEMO, WIZARD = CHOICES = ("demo", "wizard")
PATIENCE = 60  # seconds for an answer; then it is the demo
QUESTION = f"""The database is empty. What is this server for?
  d  to look round: a demo market day, which `flask --app app demo --remove` takes away later
  w  for a county's office: a wizard in the browser sets it up
Type d or w and press Enter (d in {PATIENCE} seconds): """


@click.command("setup")
@click.option("--or-demo", is_flag=True, help="As `make run` begins: offer the demo too, when the database is empty.")
@with_appcontext
def setup_command(or_demo: bool) -> None:
    """Print the secret address at which a new installation is set up in the browser; the one before it ends.

    There is one only until the first account exists.
    """
    with db.connection_context():
        if not or_demo:
            return open_wizard()
        if Organiser.exist():
            return say_what_is_there()
        if County.by_age() or _choice() == WIZARD:
            return open_wizard()
        load_demo()


def open_wizard() -> None:
    """Print the address. Raises ClickException when there is an account."""
    try:
        with writing():
            load_reference()
            secret = FirstRun.open()
    except Over:
        message = "somebody can sign in already, so the set-up is over: `flask --app app user list` says who"
        raise click.ClickException(message) from None
    hours = LIFETIME.total_seconds() / 3600
    click.echo("Set up the county's office here. The address is secret: who opens it owns the server.")
    click.echo(f"  {current_app.config['ORIGIN']}/set-up/{secret}")
    ends = f"It is good for {hours:.0f} hours, while nobody has an account"
    click.echo(f"{ends}; `flask --app app setup` prints another.")


def _choice() -> str:
    """Return what GANCHANG_FIRST_RUN says, or what somebody at the terminal answers; without either, the demo."""
    wanted = current_app.config["FIRST_RUN"]
    if wanted and wanted not in CHOICES:
        raise click.ClickException("GANCHANG_FIRST_RUN is `demo` or `wizard`")
    if wanted or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return wanted or DEMO
    click.echo(QUESTION, nl=False)
    while (answer := _answer()) is not None:
        if answer[:1] in ("d", "w", ""):
            return WIZARD if answer[:1] == "w" else DEMO
        click.echo("d or w: ", nl=False)
    click.echo()
    return DEMO


def _answer() -> str | None:
    """Return a line that was typed, or None when nobody answers in time or the terminal is gone."""
    terminal = select.poll()
    terminal.register(sys.stdin, select.POLLIN)
    if not terminal.poll(PATIENCE * 1000):
        return None
    line = sys.stdin.readline()
    return line.strip().lower() if line else None


def init_app(app: Flask) -> None:
    """Give ``app`` the command."""
    app.cli.add_command(setup_command)
