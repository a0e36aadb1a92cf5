"""What a market day's codes mean, and why a move does not lead on from its state."""

from flask_babel import gettext as _

from models.market.life import NotPossible
from models.vocabulary.code_list import VENUES
from models.vocabulary.event import DAY_STATES, EVENT_CLASSES, EVENT_TYPES, LEVELS

EVENT_WORDS = {"EVENT_TYPES": EVENT_TYPES, "EVENT_CLASSES": EVENT_CLASSES, "LEVELS": LEVELS, "VENUES": VENUES}


def not_possible(error: NotPossible) -> str:
    """Return the sentence that says why nothing was changed."""
    return _("Nothing was changed: this market day is now “%(state)s”.", state=_(DAY_STATES[error.state]))
