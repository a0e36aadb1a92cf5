"""Packing: gzip that clients send, unpacked up to a limit."""

import zlib


class TooLarge(ValueError):
    """The unpacked body is larger than allowed; nothing beyond the limit was unpacked."""


def unpack(packed: bytes, most: int) -> bytes:
    """Return what a gzip holds, at most ``most`` bytes. Raises TooLarge, and ValueError for what is no gzip."""
    gzip = zlib.decompressobj(wbits=31)
    try:
        plain = gzip.decompress(packed, most + 1)
    except zlib.error as error:
        raise ValueError(f"no gzip: {error}") from None
    if len(plain) > most:
        raise TooLarge(f"more than {most} bytes")
    if not gzip.eof or gzip.unused_data:
        raise ValueError("the gzip is cut off or has something behind it")
    return plain
