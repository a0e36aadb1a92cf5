"""Commands of a trial: an authority of one's own, and the plain page that brings it to tablets."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from qrcode import QRCode

from models.clock import utcnow
from routes import _tls
from routes._settings import INSTANCE

TRIAL = INSTANCE / "trial"
LAST_DAYS = timedelta(days=2)  # an authority that ends so soon is made anew
ELSEWHERE = ("192.0.2.1", 9)  # no packet is sent: which of our addresses would it leave from?


@click.command("authority")
@click.option("--address", "addresses", multiple=True, help="An address of this machine; else the network's.")
@click.option("--name", "names", multiple=True, help="A name of this machine, ending in .local; else the host's.")
@click.option("--anew", is_flag=True, help="Make a new authority: every tablet has to trust it again.")
@click.option("--forget-key", is_flag=True, help="Throw the authority's key away once it has signed.")
@with_appcontext
def authority_command(addresses: tuple[str, ...], names: tuple[str, ...], anew: bool, forget_key: bool) -> None:
    """Make a certificate that tablets can be told to trust, for a trial. Prints this machine's address.

    Run it again when the address has changed: the authority stays, so the tablets need nothing new.
    """
    from models.authority import LIFETIME, LOCAL, Authority, KeyThrownAway, NotPermitted

    folder = Path(current_app.config["TLS"] or TRIAL)
    own = [_address(text) for text in addresses] or [_network_address()]
    authority = None if anew else Authority.load(folder)
    if authority is None or authority.ends_at() < utcnow() + LAST_DAYS:
        authority = Authority.make(socket.gethostname(), own, utcnow())
        authority.keep(folder)
        click.echo("A new authority: every tablet has to be told to trust it.", err=True)
    try:
        authority.certify(folder, names or [f"{socket.gethostname().partition('.')[0]}.{LOCAL}"], own, utcnow())
    except KeyThrownAway:
        raise click.ClickException("the authority's key was thrown away; --anew makes another authority") from None
    except NotPermitted as error:
        raise click.ClickException(f"the authority may not vouch for {error}; --anew makes another") from None
    if forget_key:
        authority.forget_key(folder)
    click.echo(f"The certificate for {own[0]} is in {folder}, good for {LIFETIME.days} days at most.", err=True)
    click.echo(str(own[0]))


@click.command("trust")
@with_appcontext
def trust_command() -> None:
    """Serve the plain page that brings the authority to tablets; ``serve`` starts this by itself."""
    from waitress import serve

    app = current_app._get_current_object()
    if not _tls.is_trial(app):
        raise click.ClickException("there is no authority: run `flask --app app authority` and set GANCHANG_TLS")
    serve(only_trust(app), host=app.config["HOST"], port=app.config["TRUST_PORT"], threads=2)


def only_trust(app: Flask):  # noqa: ANN201  a WSGI application
    """Return ``app`` with nothing but the page about trust and the authority's certificate."""

    def serve(environ: dict, start_response) -> list[bytes]:  # noqa: ANN001
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and environ["PATH_INFO"] in ("/trust", "/trust/authority.crt"):
            return app(environ, start_response)
        start_response("404 Not Found", [("Content-Type", "text/plain"), ("Content-Length", "0")])
        return [b""]

    return serve


@contextmanager
def helper(app: Flask) -> Iterator[None]:
    """Keep ``trust`` running beside a server that has an authority of its own; elsewhere do nothing."""
    if not _tls.is_trial(app):
        yield
        return
    tell_of_trust(app)
    process = subprocess.Popen([sys.executable, "-m", "flask", "--app", "app", "trust"], cwd=app.root_path)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def tell_of_trust(app: Flask) -> None:
    """Write the address of the plain page to the terminal, as a code to scan, with the fingerprint."""
    address, groups = _tls.trust_address(app), _tls.authority(app).fingerprint()
    code = QRCode(border=2)
    code.add_data(address)
    click.echo(f"Tablets first scan this, and learn at {address} to trust this server:", err=True)
    code.print_ascii(out=click.get_text_stream("stderr"), invert=True)
    click.echo("The authority's SHA-256 fingerprint, to compare:", err=True)
    for start in range(0, len(groups), 4):
        click.echo("  " + " ".join(groups[start : start + 4]), err=True)


def _address(text: str) -> IPv4Address | IPv6Address:
    try:
        return ip_address(text)
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def _network_address() -> IPv4Address:
    """Return the address under which others on the network reach this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
        except OSError:
            raise click.ClickException("this machine is on no network; connect it, or say --address") from None
        return ip_address(probe.getsockname()[0])


def init_app(app: Flask) -> None:
    """Give ``app`` its commands."""
    app.cli.add_command(authority_command)
    app.cli.add_command(trust_command)
