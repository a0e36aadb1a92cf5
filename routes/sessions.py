"""Sessions: an organiser signs in and out."""

import threading
import time
from urllib.parse import urlsplit

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from models.market.organiser import AuditEntry, Organiser
from routes._forms import Form
from routes._pages import render_page

bp = Blueprint("sessions", __name__)

TRIES = 5  # wrong passwords for one name or from one address…
WINDOW_SECONDS = 300  # …within this time, then it has to wait


class Attempts:
    """Counts failures by key within a window, in this process's memory."""

    def __init__(self) -> None:
        self._failures: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def are_spent(self, key: str) -> bool:
        """Say whether no further try is allowed now."""
        with self._lock:
            recent = [at for at in self._failures.get(key, ()) if time.monotonic() - at < WINDOW_SECONDS]
            if recent:
                self._failures[key] = recent
            else:
                self._failures.pop(key, None)
            return len(recent) >= TRIES

    def add(self, key: str) -> None:
        """Note a failure."""
        with self._lock:
            self._failures.setdefault(key, []).append(time.monotonic())

    def forget(self) -> None:
        """Start anew, for tests."""
        self._failures.clear()


attempts = Attempts()


@bp.get("/sign-in")
def new() -> Response:
    """Show the sign-in form."""
    return render_page("sessions/new.html", form=Form(start={"next": request.args.get("next", "")}))


@bp.post("/sign-in")
def create() -> Response:
    """Sign in.

    Form: ``login``, ``password``, ``next`` (a path of ours). Answers 303 to ``next``; 422 when name or
    password is wrong; 429 after five failures within five minutes.
    """
    form = Form(request.form)
    login, password = form.text("login"), form.text("password", limit=200)
    if not form.ok:
        return render_page("sessions/new.html", status=422, form=form)
    keys = (f"name:{login}", f"address:{request.remote_addr}")
    if any(attempts.are_spent(key) for key in keys):
        form.refuse("password", _("Too many tries. Please wait five minutes."))
        return render_page("sessions/new.html", status=429, form=form)
    organiser = Organiser.authenticate(login, password)
    if organiser is None:
        for key in keys:
            attempts.add(key)
        AuditEntry.create(who=login[:100], action="sign_in_refused", what=request.remote_addr or "")
        form.refuse("password", _("This name and password do not belong together."))
        return render_page("sessions/new.html", status=422, form=form)
    login_user(organiser)
    return redirect(_own_path(form.value("next")) or url_for("market_days.index"), 303)


@bp.post("/sign-out")
def destroy() -> Response:
    """Sign out."""
    if current_user.is_authenticated:
        logout_user()
    return redirect(url_for("sessions.new"), 303)


def _own_path(target: str) -> str | None:
    """Return a path of this site, or None: nobody is sent elsewhere after signing in."""
    parts = urlsplit(target)
    is_own = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if is_own and not parts.netloc and not parts.scheme else None
