"""Safety of every request: where writes may come from, and what pages may load.

Writes are checked as in Filippo Valsorda's "Cross-Site Request Forgery" (2025) and Go 1.25's
CrossOriginProtection: no token, so a form left open since nine is still good at noon.
"""

import base64
import hashlib
import re
from functools import cache

from flask import Flask, Response, abort, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

from routes.web import tls
from routes.web.requests import split_address
from routes.web.static import STATIC

POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' '{style}'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINES = re.compile(r"\s+")
_BLANK = re.compile(r" ?([{};,>]) ?|(?<=:) ")
# Their pages send no referrer, and so browsers that know no Sec-Fetch-Site call their origin null. Another site cannot
# write there either: it does not know the address.
SECRET_ADDRESSES = frozenset({"employer_pages", "employer_changes", "employer_lists"})
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


@cache
def phone_stylesheet() -> str:
    """Return the phone pages' one stylesheet, which travels inside the page, without what only its readers need."""
    sheet = _COMMENT.sub("", (STATIC / "css" / "phone.css").read_text(encoding="utf-8"))
    return _BLANK.sub(lambda blank: blank[1] or "", _LINES.sub(" ", sheet)).strip()


@cache
def content_security_policy() -> str:
    """Return the policy of every page: nothing inline but the phone's stylesheet, by its hash."""
    digest = hashlib.sha256(phone_stylesheet().encode()).digest()
    return POLICY.format(style="sha256-" + base64.b64encode(digest).decode())


def refuse_foreign_writes() -> None:
    """Answer 403 to a write that another site's page makes the browser send."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        if site not in {"same-origin", "none"}:
            abort(403)
        return
    origin = request.headers.get("Origin")
    if not origin or (origin == "null" and request.blueprint in SECRET_ADDRESSES):
        return
    parts = split_address(origin)
    if parts is None or parts.netloc != request.host:
        abort(403)


def guard_answers(response: Response) -> Response:
    """Add the headers that every answer carries."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", content_security_policy())
    headers["X-Content-Type-Options"] = "nosniff"
    headers.setdefault("Referrer-Policy", "same-origin")
    headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
    if request.is_secure and not tls.is_trial(current_app):  # a trial's name is plain again the next day
        headers["Strict-Transport-Security"] = "max-age=31536000"
    headers.setdefault("Cache-Control", "no-store")  # figures and errors too: nobody keeps what is not made to be kept
    return response


def trust_proxies(app: Flask) -> None:
    """Take scheme and client address from the last ``PROXIES`` proxies; the host is the one they pass on."""
    if count := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]


def init_app(app: Flask) -> None:
    """Guard every request and answer of ``app``."""
    trust_proxies(app)
    app.before_request(refuse_foreign_writes)
    app.after_request(guard_answers)
    app.jinja_env.globals["phone_stylesheet"] = phone_stylesheet()
