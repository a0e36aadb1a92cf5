"""Commands: what an administrator types after ``flask --app app``."""

import os
import subprocess
import sys
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from models.base.clock import utcnow
from models.base.database import db, migrate, writing
from models.derived.person_key import index_all
from models.derived.replay import join_same
from models.keys.employer_contact import seal_all
from models.kiosk.keys import keys_for
from models.market.booth import Booth
from models.market.county import County
from models.market.division import Division
from models.market.enrolment import Enrolment
from models.market.market_day import MarketDay
from models.market.planning import nearest, towns_of
from models.tls.folder import certificate_and_key
from routes.command_line.counties import chosen_county, county_option
from routes.command_line.terminal import draw_code
from routes.web.compiled_templates import compile_all
from routes.web.privacy import keep_versions

ROOT = Path(__file__).parents[2]


@click.command("migrate")
@with_appcontext
def migrate_command() -> None:
    """Bring the database's schema up to date."""
    with db.connection_context():
        for name in migrate():
            click.echo(f"applied {name}")
        with writing():
            joined = join_same()
            sealed = seal_all()
            index_all()
        keep_versions()
        if joined:
            click.echo(f"{joined} registrations proved to be of fewer people")
        if sealed:
            click.echo(f"{sealed} contacts of employers are sealed now")


@click.command("county")
@click.argument("name")
@click.argument("division")
@with_appcontext
def county_command(name: str, division: str) -> None:
    """Set up a county with its keys and towns: the office's NAME and the six digits of its DIVISION (GB/T 2260)."""
    from models.data import load_reference

    with db.connection_context(), writing():
        load_reference()
        place = Division.get_or_none(code=division, level="county")
        today = utcnow().astimezone(County().zone()).date()
        if place is None:
            raise click.ClickException(f"no county has the code {division}")
        if not place.holds_on(today):
            ended = f"the code {division} ended on {place.valid_to}"
            raise click.ClickException(f"{ended}; its successor is {place.successor}" if place.successor else ended)
        if there := County.get_or_none(division=place):
            raise click.ClickException(f"{place.name} is set up already: {there.service_name}")
        county = County.create(division=place, name=place.name, service_name=name)
        keys_for(county)
        towns = len(towns_of(county, today))
    adding = f"`flask --app app user add LOGIN --county {division}`"
    click.echo(f"{name} is set up with {towns} towns; {adding} lets people sign in.")


@click.command("compile")
@with_appcontext
def compile_command() -> None:
    """Compile the templates, so that no start of the server has to."""
    click.echo(f"{compile_all(current_app)} templates are compiled")


@click.command("serve")
@with_appcontext
def serve_command() -> None:
    """Serve on GANCHANG_HOST and GANCHANG_PORT with a production server, over TLS if GANCHANG_TLS says so.

    The same as `python -m routes.web.serve`, whose process this one becomes: the application that was loaded here is
    not needed.
    """
    try:
        certificate_and_key(current_app.config["TLS"])
    except FileNotFoundError as error:
        raise click.ClickException(str(error)) from None
    command = [sys.executable, "-m", "routes.web.serve"]
    if os.name == "nt":  # there, a process that becomes another one ends for the one that waits for it
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


@click.command("enrol")
@click.option("--booth", "number", type=int, required=True, help="The booth's number.")
@click.option("--market-day", type=int, help="The market day's id; else today's or the next.")
@county_option
@click.option("--draw", is_flag=True, help="Also draw it as a code for the tablet's camera.")
@with_appcontext
def enrol_command(number: int, market_day: int | None, named: str | None, draw: bool) -> None:
    """Print a link that enrols one tablet at a booth, good for ten minutes."""
    with db.connection_context():
        day = MarketDay.get_or_none(id=market_day) if market_day else _coming_market_day(chosen_county(named))
        booth = Booth.get_or_none(market_day=day, number=number) if day else None
        if booth is None:
            raise click.ClickException("there is no such booth")
        link = f"{current_app.config['ORIGIN']}/enrol#{Enrolment.open(booth)}"
    if draw:
        draw_code(link)
    click.echo(link)


def _coming_market_day(county: County) -> MarketDay | None:
    """Return a county's market day of today or its next; when all are past, the last."""
    return nearest(utcnow().astimezone(county.zone()).date(), county)


def init_app(app: Flask) -> None:
    """Give ``app`` its commands."""
    for command in (
        migrate_command, county_command, compile_command, serve_command, enrol_command,
    ):  # fmt: skip
        app.cli.add_command(command)
