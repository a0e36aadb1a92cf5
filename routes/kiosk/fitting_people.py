"""How many at the market would fit a booth's vacancies: reckoned anew now and then, not for each batch."""

from time import monotonic

from flask import current_app

from models.market.tablet import Tablet
from models.phone.fitting_people import fitting_people

AFRESH = 120  # seconds; a market of 2,000 people takes a tenth of a second
MOST_BOOTHS = 512  # kept by a process


def fitting_at(tablet: Tablet) -> dict[str, int]:
    """Return, by the numbers of a booth's vacancies, how many fit; nothing of a desk, which sees everybody's wishes."""
    if tablet.booth.is_desk:
        return {}
    kept: dict[int, tuple[float, dict[str, int]]] = current_app.extensions.setdefault("fitting_people", {})
    until, found = kept.get(tablet.booth_id, (0.0, {}))
    if monotonic() >= until:
        found = fitting_people(tablet.market_day_id, tablet.booth_id)
        if len(kept) >= MOST_BOOTHS:
            kept.clear()
        kept[tablet.booth_id] = monotonic() + AFRESH, found
    return found
