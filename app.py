"""The application: the one place that knows every part."""

from flask import Flask
from htmx_flask import Htmx
from jinja2 import StrictUndefined

from models.base.database import connect_database, drop_stale, forget_connection
from routes import command_line, employer, kiosk, office, phone
from routes.web import compiled_templates, parts, settings, static

PARTS = (*parts.PARTS, *kiosk.PARTS, *command_line.PARTS)
BLUEPRINTS = (*parts.BLUEPRINTS, *office.BLUEPRINTS, *phone.BLUEPRINTS, *employer.BLUEPRINTS, *kiosk.BLUEPRINTS)


def create_app(**overrides: object) -> Flask:
    """Return the application, set up from the environment and then from ``overrides``."""
    app = Flask(__name__, static_folder=None)
    app.config.from_mapping(
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=12 * 3600,  # seconds: a market day
        MAX_CONTENT_LENGTH=4 * 1024 * 1024,  # bytes
        MAX_FORM_MEMORY_SIZE=500_000,  # bytes
    )
    app.config.from_mapping(settings.from_environment())
    app.config.from_mapping(overrides)
    app.config["SESSION_COOKIE_SECURE"] = app.config["ORIGIN"].startswith("https:")
    if app.config["SESSION_COOKIE_SECURE"]:  # browsers take this name from this host alone, and over TLS alone
        app.config["SESSION_COOKIE_NAME"] = "__Host-session"
    connect_database(app.config["DATABASE"])
    _set_up_templates(app)
    Htmx(app)
    _hold_connections(app)
    for part in PARTS:
        part.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    compiled_templates.keep_compiled(app)
    app.jinja_env.globals["ui"] = app.jinja_env.get_template("shared/ui.html").module
    return app


def _set_up_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["static_url"] = static.static_url


def _hold_connections(app: Flask) -> None:
    """Each thread keeps its connection: opening one costs more than most requests. The first statement opens it."""
    app.before_request(drop_stale)

    @app.teardown_request
    def drop_broken(error: BaseException | None) -> None:
        if isinstance(error, Exception):
            forget_connection()
