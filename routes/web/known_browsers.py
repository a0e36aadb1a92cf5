"""Known browsers: by whom wrong passwords are counted, so that a stranger who guesses locks nobody out but themselves.

A browser in which a name signed in once keeps a signed cookie that says so, and is counted by itself; every other is
counted by the address that it asks from. So whoever guesses from an office's own Wi-Fi stops at the office's address,
and the office's own desktops go on.
"""

import secrets
from ipaddress import IPv6Address, ip_address

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeSerializer

COOKIE = "ganchang_known"
A_YEAR = 31_536_000  # seconds
NETWORK = 64  # bits of an IPv6 address that one household or office has; it chooses the others as it likes


def place_of(address: str) -> str:
    """Return the address by which guesses are counted: of an IPv6 one the network alone."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and not found.ipv4_mapped:
        return str(IPv6Address(int(found) >> (128 - NETWORK) << (128 - NETWORK)))
    return str(getattr(found, "ipv4_mapped", None) or found)


def known_browser(login: str) -> str | None:
    """Return the number of the browser that asks if this name signed in there before, else None."""
    try:
        names = _signer().loads(request.cookies.get(COOKIE, ""))
    except BadData:
        return None
    number = names.get(login) if isinstance(names, dict) else None
    return number if isinstance(number, str) else None


def remember_browser(answer: Response, login: str) -> Response:
    """Let the browser that is answered keep that this name signed in there."""
    cookie = _signer().dumps({login: known_browser(login) or secrets.token_hex(8)})
    is_secure = current_app.config["SESSION_COOKIE_SECURE"]
    answer.set_cookie(
        COOKIE, cookie, max_age=A_YEAR, path="/sign-in", httponly=True, samesite="Strict", secure=is_secure
    )
    return answer


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="known browser")
