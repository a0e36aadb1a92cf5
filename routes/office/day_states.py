"""States of a market day in words: which it is, and why a move does not lead on from it."""

from flask_babel import gettext as _

from models.market.life import NotPossible
from models.vocabulary.event import DAY_STATES


def not_possible(error: NotPossible) -> str:
    """Return the sentence that says why nothing was changed."""
    return _("Nothing was changed: this market day is now “%(state)s”.", state=_(DAY_STATES[error.state]))
