"""Commands of a trial: an authority of one's own, and the plain page that brings it to tablets."""

import re
import socket
from collections.abc import Iterable
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from models.base.clock import utcnow
from routes.command_line.terminal import draw_code
from routes.web import tls
from routes.web.settings import INSTANCE, in_address

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from models.tls.authority import Authority

TRIAL = INSTANCE / "trial"
LAST_DAYS = timedelta(days=2)  # an authority that ends so soon is made anew
ELSEWHERE = ("192.0.2.1", 9)  # no packet is sent: which of our addresses would it leave from?
HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
PLAIN_PATHS = ("/trust", "/trust/authority.crt")

Address = IPv4Address | IPv6Address


@click.command("authority")
@click.option("--address", "addresses", multiple=True, help="An address of this machine; else the network's.")
@click.option("--name", "names", multiple=True, help="A name of this machine, ending in .local; else the host's.")
@click.option("--anew", is_flag=True, help="Make a new authority: every tablet has to trust it again.")
@click.option("--forget-key", is_flag=True, help="Throw the authority's key away once it has signed.")
@with_appcontext
def authority_command(addresses: tuple[str, ...], names: tuple[str, ...], anew: bool, forget_key: bool) -> None:
    """Make a certificate that tablets can be told to trust, for a trial. Prints this machine's address.

    Run it again when the address has changed: the authority stays, so tablets have to trust nothing new.
    """
    folder = Path(current_app.config["TLS"] or TRIAL)
    own = [_address(text) for text in addresses] or [_network_address()]
    authority = _authority(folder, own, anew)
    _certify(authority, folder, [name.lower() for name in names] or _host_names(), own)
    if forget_key:
        authority.forget_key(folder)
    _tell(authority, own[0])
    click.echo(str(own[0]))


@click.command("trust")
@with_appcontext
def trust_command() -> None:
    """Serve the plain page that brings a trial's authority to tablets, on GANCHANG_HOST and GANCHANG_TRUST_PORT."""
    from waitress import serve

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if not tls.is_trial(app):
        raise click.ClickException("there is no authority: run `flask --app app authority` and set GANCHANG_TLS")
    try:
        serve(only_trust(app), host=app.config["HOST"], port=app.config["TRUST_PORT"], threads=2)
    except OSError as error:
        raise click.ClickException(f"GANCHANG_TRUST_PORT {app.config['TRUST_PORT']}: {error.strerror}") from None


def only_trust(app: Flask) -> "WSGIApplication":
    """Return ``app`` with nothing but the page about trust and the certificate: all else belongs behind TLS."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            if environ["PATH_INFO"] in PLAIN_PATHS:
                return app(environ, start_response)
            if environ["PATH_INFO"] == "/":  # what people type
                start_response("302 Found", [("Location", PLAIN_PATHS[0]), ("Content-Length", "0")])
                return [b""]
        start_response("404 Not Found", [("Content-Length", "0")])
        return [b""]

    return answer


def _authority(folder: Path, own: list[Address], anew: bool) -> "Authority":
    """Return the folder's authority, or a new one where there is none, where it ends soon, or when told so."""
    from models.tls.authority import Authority

    authority = None if anew else Authority.load(folder)
    if authority and authority.ends_at() > utcnow() + LAST_DAYS:
        return authority
    authority = Authority.make(socket.gethostname(), own, utcnow())
    authority.keep(folder)
    click.echo("This is a new authority: every tablet has to be told to trust it.", err=True)
    return authority


def _certify(authority: "Authority", folder: Path, names: list[str], own: list[Address]) -> None:
    """Write a certificate for this machine; without the authority's key the one that is there has to do."""
    from models.tls.authority import KeyThrownAway, NotPermitted

    try:
        authority.certify(folder, names, own, utcnow())
    except NotPermitted as error:
        raise click.ClickException(f"the authority may not vouch for {error}; --anew makes another") from None
    except KeyThrownAway:
        if not authority.has_certified(folder, names, own):
            raise click.ClickException("the authority's key was thrown away; --anew makes another") from None


def _tell(authority: "Authority", address: Address) -> None:
    """Say how a tablet comes to trust the authority: a code to scan, and the fingerprint to compare."""
    page = f"http://{in_address(str(address))}:{current_app.config['TRUST_PORT']}/trust"
    pairs = authority.fingerprint()
    click.echo(f"\nA tablet that is to trust this machine scans this first ({page}):", err=True)
    draw_code(page)
    click.echo(f"What it installs ends on {authority.ends_at():%Y-%m-%d} and has this SHA-256 fingerprint:", err=True)
    for start in range(0, len(pairs), 8):
        click.echo("  " + " ".join(pairs[start : start + 8]), err=True)


def _address(text: str) -> Address:
    try:
        return ip_address(text)
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def _host_names() -> list[str]:
    """Return the name under which networks know this machine, if it can stand in a certificate."""
    from models.tls.authority import LOCAL

    name = socket.gethostname().partition(".")[0].lower()
    return [f"{name}.{LOCAL}"] if HOST_NAME.fullmatch(name) else []


def _network_address() -> Address:
    """Return the address under which others on the network reach this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
        except OSError:
            message = "this machine's address is not clear: say --address (or, for `make trial`, GANCHANG_HOST)"
            raise click.ClickException(message) from None
        return ip_address(probe.getsockname()[0])


def init_app(app: Flask) -> None:
    """Give ``app`` its commands."""
    app.cli.add_command(authority_command)
    app.cli.add_command(trust_command)
