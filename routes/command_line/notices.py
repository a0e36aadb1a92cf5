"""The command that sends by mail what waits for the office: each notice once (docs/configuration.md)."""

import smtplib
import ssl
from email.message import EmailMessage

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_babel import force_locale
from flask_babel import gettext as _

from models.base.database import db
from models.inbox.notice import Notice, notices_of
from models.inbox.sent_notice import mark, unmark
from models.market.county import County

PATIENCE = 30  # seconds for a mail server to answer


class NotSent(Exception):
    """A mail that no mail server has taken."""


@click.command("notices")
@with_appcontext
def notices_command() -> None:
    """Send what waits and was not sent yet to each county's address, by mail. Without addresses it does nothing."""
    with db.connection_context():
        for county in County.by_age():
            if to := address_of(county, current_app.config["MAIL_TO"]):
                try:
                    click.echo(f"{county.name}: {send_new(county, to)} sent")
                except (NotSent, OSError, smtplib.SMTPException) as error:
                    raise click.ClickException(f"{county.name}: {error}") from error


def send_new(county: County, to: str) -> int:
    """Send a county's new notices in one mail, and return how many. They are marked first: none goes out twice.

    Raises NotSent when the mail server is away or refuses: then they are sent the next time. Raises OSError or
    SMTPException when it went away after it was given the mail: nobody knows, so they stay marked.
    """
    new = mark(county, notices_of(county))
    if new:
        try:
            deliver(message_of(county, to, new))
        except NotSent:
            unmark(county, new)
            raise
    return len(new)


def message_of(county: County, to: str, notices: list[Notice]) -> EmailMessage:
    """Return the mail about some notices, in Chinese: numbers and places, nobody's name."""
    from routes.office.notices import sentence

    with force_locale("zh"):
        message = EmailMessage()
        message["From"], message["To"] = current_app.config["MAIL_FROM"], to
        message["Subject"] = _("%(office)s: %(count)s new notices", office=county.service_name, count=len(notices))
        lines = [f"- {sentence(one)}" for one in notices]
        message.set_content("\n".join([*lines, "", f"{current_app.config['ORIGIN']}/organiser/notices", ""]))
    return message


def deliver(message: EmailMessage) -> None:
    """Give a mail to the mail server of the settings. Raises as ``send_new``."""
    try:
        server = _connected()
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(str(error)) from error
    try:
        server.send_message(message)
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        raise NotSent(str(error)) from error
    finally:
        server.close()  # without waiting for what it says to a farewell: it has the mail


def _connected() -> smtplib.SMTP:
    config, tls = current_app.config, ssl.create_default_context()
    where = config["SMTP_HOST"], config["SMTP_PORT"]
    if config["SMTP_TLS"] == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=PATIENCE, context=tls)
    else:
        server = smtplib.SMTP(*where, timeout=PATIENCE)
    if config["SMTP_TLS"] == "starttls":
        server.starttls(context=tls)
    if config["SMTP_USER"]:
        server.login(config["SMTP_USER"], config["SMTP_PASSWORD"])
    return server


def address_of(county: County, said: str) -> str:
    """Return where a county's notices go: of ``a@b`` for all, or ``500120=a@b 500151=c@d`` by division."""
    for word in said.split():
        division, is_one, address = word.rpartition("=")
        if not is_one or division == county.division_id:
            return address
    return ""


def init_app(app: Flask) -> None:
    """Give ``app`` its command."""
    app.cli.add_command(notices_command)
