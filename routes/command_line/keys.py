"""Key commands: what an administrator types after ``flask --app app key``."""

import click
from flask import Flask
from flask.cli import with_appcontext

from models.base.database import db
from models.keys.key_pair import KeyPair
from models.keys.pass_key import PassKey
from models.keys.seal import SealKey
from models.kiosk.keys import renew_pass_key, renew_seal_key, revoke_pass_key
from models.market.audit import AuditEntry
from routes.command_line.counties import chosen_county, county_option


@click.group("key")
def key_commands() -> None:
    """Manage the keys that tablets seal to and that sign passes."""


@key_commands.command("list")
@county_option
@with_appcontext
def list_keys_command(named: str | None) -> None:
    """List the keys: what each is for, its id, since when, until when."""
    with db.connection_context():
        for use, model in (("seal", SealKey), ("pass", PassKey)):
            for key in model.all_of(chosen_county(named)):
                click.echo(f"{use}\t{key.id}\t{_day(key.created_at)}\t{_day(key.revoked_at)}")


@key_commands.command("new")
@click.argument("use", type=click.Choice(["seal", "pass"]))
@county_option
@with_appcontext
def new_key_command(use: str, named: str | None) -> None:
    """Make a new key: to SEAL to from now on, or to sign every new PASS with."""
    with db.connection_context():
        key = (renew_seal_key if use == "seal" else renew_pass_key)(chosen_county(named))
        _note(f"{use}_key_made", key)
        click.echo(f"{use} key {key.id} is made")


@key_commands.command("revoke")
@click.argument("key_id", type=int)
@county_option
@with_appcontext
def revoke_key_command(key_id: int, named: str | None) -> None:
    """Revoke the pass key KEY_ID: what it signed is marked from now on."""
    with db.connection_context():
        key = PassKey.get_or_none(id=key_id, county=chosen_county(named))
        if key is None or key.revoked_at:
            raise click.ClickException(f"there is no pass key {key_id} to revoke")
        signed = revoke_pass_key(key)
        _note("pass_key_revoked", key)
        click.echo(f"pass key {key_id} is revoked; {signed} passes are signed anew")


def _note(action: str, key: KeyPair) -> None:
    AuditEntry.create(county=key.county_id, who="command line", action=action, what=f"key {key.id}")


def _day(moment: object) -> str:
    return f"{moment:%Y-%m-%d}" if moment else "-"


def init_app(app: Flask) -> None:
    """Give ``app`` its commands for keys."""
    app.cli.add_command(key_commands)
