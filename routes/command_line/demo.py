"""The demo on the command line: loaded into an empty database, and removed with everything of it."""

import os
import secrets

import click
from flask import Flask
from flask.cli import with_appcontext

from models.base.clock import utcnow
from models.base.database import db, writing
from models.market.actor import acting
from models.market.audit import AuditEntry
from models.market.county import County
from models.market.organiser import Organiser, TooShort, require_length

REMOVE_IT = "`flask --app app demo --remove` takes it away"


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Do nothing when there already is a county.")
@click.option("--remove", "is_removal", is_flag=True, help="Take the demo's county away with everything of it.")
@click.option("--yes", is_flag=True, help="Remove without asking.")
@click.option("--with-own", is_flag=True, help="Also when people added market days, accounts or employers to it.")
@with_appcontext
def demo_command(if_empty: bool, is_removal: bool, yes: bool, with_own: bool) -> None:
    """Load a demo market day, with an organiser to sign in; or remove it."""
    with db.connection_context():
        if is_removal:
            return remove_demo(yes, with_own)
        if not County.by_age():
            return load_demo()
        if if_empty:
            return say_what_is_there()
        if County.demo():
            raise click.ClickException(f"the demo is loaded already; {REMOVE_IT}")
        raise click.ClickException("the database is not empty")


def load_demo() -> None:
    """Load the demo and say how to sign in. Raises ClickException for a password that is too short."""
    from models import demo
    from models.demo.ground import LOGIN

    password = os.environ.get("GANCHANG_DEMO_PASSWORD") or secrets.token_urlsafe(9)
    try:
        require_length(password)
    except TooShort as error:
        raise click.ClickException(f"GANCHANG_DEMO_PASSWORD: {error}") from None
    with writing(), acting(None):  # whole or not at all
        demo.load(utcnow().astimezone(County().zone()).date())
        Organiser.enlist(County.demo(), LOGIN, password)
    click.echo("The demo market day is loaded.")
    click.echo(f"  organiser: {LOGIN}\n  password:  {password}")


def say_what_is_there() -> None:
    """Say how to get into a database that is not empty, and whether the demo is in it."""
    click.echo("Sign in as before; `flask --app app user password LOGIN` sets a new one.")
    if County.demo():
        click.echo(f"The demo is in it; {REMOVE_IT}.")


def remove_demo(yes: bool, with_own: bool) -> None:
    """Say what is removed, ask, and remove it. Raises ClickException when there is no demo, or people added to it."""
    from models.demo.removal import added, contents, remove

    county = County.demo()
    if county is None:
        raise click.ClickException("no county here is marked as the demo's, so nothing is removed")
    counts = contents(county)
    click.echo(f"This is removed, and cannot be got back: {county.service_name} ({county.division_id}) with")
    for name, count in counts.items():
        click.echo(f"{count:8,} {name}")
    own = added(county)
    _list_own(own)
    if yes and not own.nothing and not with_own:
        raise click.ClickException("people added to it, see above: nothing is removed; --with-own removes that too")
    others = len(County.by_age()) - 1
    click.echo(f"Other counties ({others}), divisions and market rules stay." if others else "Market rules stay.")
    if not yes:
        click.confirm("Remove all of this?", abort=True)
    remove(county)
    what = ", ".join(f"{count} {name}" for name, count in counts.items())
    AuditEntry.create(who="command line", action="demo_removed", what=what)
    click.echo("The demo is removed." if others else "The demo is removed; the database is empty.")


def _list_own(own: tuple[list[str], ...]) -> None:
    if any(own):
        click.echo("Of it people added:")
    for names, word in zip(own, ("market days", "accounts", "employers"), strict=True):
        if names:
            click.echo(f"  {word}: {', '.join(names)}")


def init_app(app: Flask) -> None:
    """Give ``app`` the command."""
    app.cli.add_command(demo_command)
