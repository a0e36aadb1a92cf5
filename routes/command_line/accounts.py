"""Accounts on the command line: the people who sign in, and the tokens that read figures. Every change is audited."""

import click
from flask import Flask
from flask.cli import with_appcontext

from models.base.clock import utcnow
from models.base.database import db, writing
from models.market.access_token import AccessToken
from models.market.audit import AuditEntry
from models.market.clerk_town import ClerkTown
from models.market.county import County
from models.market.organiser import CITY, CLERK, ORGANISER, ROLES, Organiser, TooShort
from models.market.planning import towns_of
from models.market.second_factor import SecondFactor
from routes.command_line.counties import chosen_county, county_option


@click.group("user")
def user_commands() -> None:
    """Manage the people who sign in."""


@user_commands.command("add")
@click.argument("login")
@click.option("--role", type=click.Choice(ROLES), default=ORGANISER, show_default=True)
@click.option("--town", "towns", multiple=True, help="A town clerk's town, by its code. May be given several times.")
@county_option
@click.password_option()
@with_appcontext
def add_user_command(login: str, role: str, towns: tuple[str, ...], named: str | None, password: str) -> None:
    """Let somebody sign in, with a password of at least ten letters. The city's accounts belong to no county."""
    with db.connection_context():
        county = None if role == CITY else chosen_county(named)
        if Organiser.called(login):
            raise click.ClickException(f"{login} can sign in already")
        _require_towns(county, role, towns)
        try:
            account = Organiser.enlist(county, login, password, role)
        except TooShort as error:
            raise click.ClickException(str(error)) from None
        with writing():
            ClerkTown.give(account, towns)
        _note(county.id if county else None, "user_added", ", ".join((login, role, *towns)))
        click.echo(f"{login} can sign in")


@user_commands.command("password")
@click.argument("login")
@click.password_option()
@with_appcontext
def password_command(login: str, password: str) -> None:
    """Give somebody a new password; whoever is signed in under this name has to sign in again."""
    with db.connection_context():
        organiser = _found(login)
        try:
            organiser.change_password(password)
        except TooShort as error:
            raise click.ClickException(str(error)) from None
        _note(organiser.county_id, "password_changed", login)


@user_commands.command("no-second-factor")
@click.argument("login")
@with_appcontext
def no_second_factor_command(login: str) -> None:
    """Take the second factor of somebody who lost the telephone and the recovery codes away, and end their sessions."""
    with db.connection_context():
        organiser = _found(login)
        if not SecondFactor.switch_off(organiser):
            raise click.ClickException(f"{login} has no second factor")
        organiser.end_sessions()
        _note(organiser.county_id, "second_factor_off", login)
        click.echo(f"{login} signs in with the password alone")


@user_commands.command("remove")
@click.argument("login")
@with_appcontext
def remove_user_command(login: str) -> None:
    """Let somebody sign in no more, and end what they are signed in to. What they did stays under their name."""
    with db.connection_context():
        organiser = _found(login)
        organiser.delete_instance()
        _note(organiser.county_id, "user_removed", login)
        click.echo(f"{login} can sign in no more")


@user_commands.command("list")
@with_appcontext
def list_users_command() -> None:
    """List who has an account: login, role, county, and whether it is switched off."""
    with db.connection_context():
        for organiser in Organiser.by_login():
            county = organiser.county.name if organiser.county else "-"
            state = "\tswitched off" if organiser.switched_off_at else ""
            click.echo(f"{organiser.login}\t{organiser.role}\t{county}{state}")


@click.group("token", invoke_without_command=True)
@click.option("--name", help="Who or what will use a new token.")
@county_option
@click.pass_context
@with_appcontext
def token_commands(context: click.Context, name: str | None, named: str | None) -> None:
    """Print a read-only token for the figures of the county, or manage those that were made."""
    if context.invoked_subcommand:
        return
    if not name:
        raise click.UsageError("name who or what will use it, with --name")
    with db.connection_context():
        county = chosen_county(named)
        click.echo(AccessToken.issue(county, name))
        _note(county.id, "token_made", name)


@token_commands.command("list")
@with_appcontext
def list_tokens_command() -> None:
    """List the tokens: number, name, county, since when, until when."""
    with db.connection_context():
        for token in AccessToken.by_age():
            days = (f"{moment:%Y-%m-%d}" if moment else "-" for moment in (token.created_at, token.revoked_at))
            click.echo("\t".join([str(token.id), token.name, token.county.name, *days]))


@token_commands.command("revoke")
@click.argument("number", type=click.IntRange(1, 2**31 - 1))
@with_appcontext
def revoke_token_command(number: int) -> None:
    """Revoke the token NUMBER, as `token list` shows it: it reads nothing from now on."""
    with db.connection_context():
        token = AccessToken.get_or_none(id=number)
        if token is None or token.revoked_at:
            raise click.ClickException(f"there is no token {number} to revoke")
        token.revoke()
        _note(token.county_id, "token_revoked", token.name)
        click.echo(f"the token {number} of {token.name} is revoked")


def _found(login: str) -> Organiser:
    organiser = Organiser.called(login)
    if organiser is None:
        raise click.ClickException(f"nobody signs in as {login}")
    return organiser


def _require_towns(county: County | None, role: str, towns: tuple[str, ...]) -> None:
    if (role == CLERK) != bool(towns):
        raise click.ClickException("a town clerk has at least one --town, and nobody else has any")
    known = {town.code for town in towns_of(county, utcnow().date())} if county else set()
    if unknown := [code for code in towns if code not in known]:
        raise click.ClickException(f"no town of this county: {', '.join(unknown)}")


def _note(county: int | None, action: str, what: str) -> None:
    AuditEntry.create(county=county, who="command line", action=action, what=what)


def init_app(app: Flask) -> None:
    """Give ``app`` its commands for accounts."""
    app.cli.add_command(user_commands)
    app.cli.add_command(token_commands)
