"""Terminal: what a command shows besides words."""

from io import StringIO

import click
from qrcode import QRCode


def draw_code(text: str) -> None:
    """Draw a QR code in half blocks on standard error: black on white, whatever the terminal's own colours."""
    code, drawn = QRCode(border=2), StringIO()
    code.add_data(text)
    code.print_ascii(out=drawn, invert=True)
    for line in drawn.getvalue().splitlines():
        click.secho(line, fg="bright_white", bg="black", err=True)
