"""What a browser is told that is too old for the kiosk: in every language at once, and by files that are not built."""

from flask_babel import force_locale
from flask_babel import gettext as _

from routes.web.language import LANGUAGES
from routes.web.static import static_url

SCRIPTS = ("js/floor/syntax.js", "js/floor/check.js")  # in this order, before everything else


def floor_scripts() -> list[str]:
    """Return the addresses of the scripts that look at the browser."""
    return [static_url(path) for path in SCRIPTS]


def floor_sentences() -> list[tuple[str, dict[str, str]]]:
    """Return each language's tag and sentences: who set up the tablet may read another one than it asks for."""
    return [(_tag(code), _sentences(code)) for code in LANGUAGES]


def _tag(code: str) -> str:
    return "zh-CN" if code == "zh" else code


def _sentences(code: str) -> dict[str, str]:
    with force_locale(code):
        return {
            "title": _("This browser is too old for a booth's tablet"),
            "install": _(
                "Install or update Microsoft Edge or Google Chrome from the tablet's app store, version 80 or newer, "
                "and open this page or scan the code with it."
            ),
            "code": _("The enrolment code was not used: it stays good for its ten minutes."),
            "scripts": _("JavaScript is switched off in this browser. Allow it and load this page again."),
        }
