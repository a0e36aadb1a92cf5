"""The pages that an employer opens by a link of the office: no account, and nothing but its own."""

from flask import Response
from werkzeug.exceptions import HTTPException

from routes.employer import employer_changes, employer_lists, employer_pages
from routes.phone import page

BLUEPRINTS = (employer_pages.bp, employer_changes.bp, employer_lists.bp)


def _keep_secret(response: Response) -> Response:
    """The address is the key: no site that is led to from here is told it, and no search engine keeps it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


for bp in BLUEPRINTS:
    bp.register_error_handler(HTTPException, page.failed)
    bp.after_request(_keep_secret)
