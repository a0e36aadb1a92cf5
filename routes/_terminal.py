"""Terminal: what a command shows besides words."""

import click
from qrcode import QRCode


def draw_code(text: str) -> None:
    """Draw a QR code of half blocks on standard error, dark on light whatever the terminal's colours."""
    code = QRCode(border=2)
    code.add_data(text)
    code.print_ascii(out=click.get_text_stream("stderr", errors="replace"), invert=True)
