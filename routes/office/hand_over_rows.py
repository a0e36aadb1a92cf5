"""Hand-overs as an organiser reads them: what came of each, in a word and in a sentence."""

from typing import NamedTuple

from flask_babel import format_date
from flask_babel import gettext as _

from models.intake.hand_over import SET_ASIDE, HandOver, Received
from models.intake.hand_over_list import Listed, hand_overs_of, listed
from models.market.market_day import MarketDay
from models.vocabulary.code_list import N_

WAYS = {"file": N_("File"), "camera": N_("Camera"), "tablet": N_("Another tablet")}


class HandOverRow(NamedTuple):
    """A hand-over with its state (a badge's name), the word for it, a sentence on it, how it came and by whom."""

    hand_over: HandOver
    badge: str
    state: str
    sentence: str
    way: str
    who: str


def hand_over_rows(day: MarketDay) -> list[HandOverRow]:
    """Return what was handed over for a market day, the latest first, in three queries."""
    return [_row(found, found.hand_over.new) for found in hand_overs_of(day)]


def received_row(received: Received) -> HandOverRow:
    """Return what came of a box that was just received."""
    return _row(listed(received.hand_over), received.new)


def _row(found: Listed, new: int | None) -> HandOverRow:
    hand_over = found.hand_over
    return HandOverRow(hand_over, *_result(hand_over, new or 0, found.rescue), _(WAYS[hand_over.via]), _who(found))


def _who(found: Listed) -> str:
    """Return who brought it: of a tablet its letter and its market day, for each day has its own tablet A."""
    kind, _colon, letter = found.hand_over.who.partition(":")
    if kind != "tablet":
        return found.hand_over.who
    if found.bearer is None:
        return _("Tablet %(letter)s", letter=letter)
    day = found.bearer.market_day
    return _(
        "Tablet %(letter)s of %(date)s, %(town)s", letter=letter, date=format_date(day.date), town=day.town_name
    )  # fmt: skip


def _result(hand_over: HandOver, new: int, log: str) -> tuple[str, str, str]:
    if hand_over.reason == "unreadable":
        return "attention", _("Cannot be opened"), _(
            "No key of this county opens it. It is kept as it is; perhaps it belongs to another county."
        )
    if hand_over.reason == "unknown_tablet":
        return "attention", _("Unknown tablet"), _(
            "It is from a tablet that was never enrolled here. It is kept as it is."
        )
    if hand_over.waits and hand_over.log:
        return "attention", _("Waits for you"), _(
            "It says that it is from tablet %(letter)s, but nothing proves it: an older release made it, or somebody "
            "else did. Nothing of it counts yet. Ask at that booth before you accept it.", letter=hand_over.log.letter
        )  # fmt: skip
    if hand_over.reason == SET_ASIDE and not hand_over.is_applied:
        return "refused", _("Set aside"), _("It is kept, and nothing of it counts.")
    if not hand_over.is_applied:
        return "attention", _("Not read yet"), _("It is kept, but its facts are not counted yet. Please try again.")
    if hand_over.reason == "gap":
        return "attention", _("Something is missing"), _(
            "%(count)s facts received, but others before them never came. These are counted and kept in log "
            "%(log)s. Let the tablet sync, or hand over once more.", count=hand_over.facts, log=log
        )  # fmt: skip
    if hand_over.reason == "shared_identity":
        return "attention", _("Two devices"), _(
            "The server knows other facts under the same numbers: two devices worked under one letter. Both are "
            "counted; what differs is kept in log %(log)s.", log=log
        )  # fmt: skip
    if not new:
        return "again", _("Known already"), _("All its %(count)s facts were here already.", count=hand_over.facts)
    if new == hand_over.facts:
        return "new", _("Received"), _("%(count)s facts, all of them new.", count=new)
    return "new", _("Received"), _("%(count)s facts, %(new)s of them new.", count=hand_over.facts, new=new)
