"""Codes: the numbers people read aloud, with an ISO 7064 MOD 11,10 check digit at the end."""

from stdnum.iso7064 import mod_11_10


def check_digit(payload: str) -> str:
    """Return the digit that follows ``payload``.

    Source: ISO/IEC 7064:2003, hybrid system MOD 11,10. Raises ValueError unless
    ``payload`` is one or more ASCII digits.
    """
    if not _is_digits(payload):
        raise ValueError("a code is made of the digits 0 to 9")
    return mod_11_10.calc_check_digit(payload)


def is_valid(number: str) -> bool:
    """Say whether ``number`` is ASCII digits ending in its own check digit."""
    return len(number) > 1 and _is_digits(number) and mod_11_10.is_valid(number)


def _is_digits(text: str) -> bool:
    # isdigit() alone also takes full-width and other digits, which a Chinese keyboard produces.
    return text.isascii() and text.isdigit()
