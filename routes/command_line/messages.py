"""The command that sends text messages: each once (docs/messages.md)."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from models.base.database import db
from models.messages.driver import NotTaken
from models.messages.sending import send_all
from routes.web.sender import sender_of


@click.command("send-messages")
@with_appcontext
def send_messages_command() -> None:
    """Send the messages of the mailings that were begun, and ask what became of unclear ones. Run it each minute."""
    try:
        sender = sender_of(current_app.config)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    with db.connection_context():
        try:
            counts = send_all(sender)
        except NotTaken as error:
            raise click.ClickException(f"nothing more is taken just now: {error}") from error
    click.echo(", ".join(f"{state}: {count}" for state, count in sorted(counts.items())) or "nothing to send")


def init_app(app: Flask) -> None:
    """Give ``app`` its command."""
    app.cli.add_command(send_messages_command)
