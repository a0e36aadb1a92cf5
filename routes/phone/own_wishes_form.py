"""The form of the second breath: what a candidate wants, can do and belongs to, said and taken back by themselves."""

from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.phone.wishes import Wishes
from models.vocabulary.code_list import (
    ASKED_GROUPS,
    ASKED_SENSITIVE_GROUPS,
    GROUPS,
    N_,
    PLACES,
    PROVINCES,
    SENSITIVE_GROUPS,
    WISHES,
    WORK_KINDS,
)
from models.vocabulary.trade import TRADES
from routes.phone.own_form import PAY, OwnForm, with_none

SINGLE = ("wanted_place", PAY, "last_province")
SEVERAL = ("trades", "work_kinds", "wishes")


class OwnWishesForm(OwnForm):
    """Trades, place, kind and pay of work, key groups, other help; a sensitive group beside its own consent."""

    chosen = frozenset((*SINGLE, *SEVERAL, "groups", "sensitive", "agrees"))
    labels = {PAY: N_("Wanted pay"), "agrees": N_("Only if you want to say it")}

    def __init__(self, typed: MultiDict | None, wished: Wishes) -> None:
        sensitive = tuple(code for code in wished.groups if code in SENSITIVE_GROUPS)
        groups = tuple(code for code in wished.groups if code not in sensitive)
        lists = {name: getattr(wished, name) for name in SEVERAL} | {"groups": groups, "sensitive": sensitive}
        held = {name: getattr(wished, name) for name in SINGLE} | lists
        start = held | {name: list(codes) for name, codes in lists.items()} | {"agrees": "yes" if sensitive else ""}
        super().__init__(typed, start, is_stored=True)
        self.held = held
        # Nobody is asked about prison or drugs; who said it to somebody else sees it, and can take it back.
        self.sensitive_groups = ASKED_SENSITIVE_GROUPS | {code: GROUPS[code] for code in sensitive}
        self.places, self.provinces = with_none(PLACES), with_none(PROVINCES)

    def read(self) -> dict[str, Any] | None:
        """Return the values for models/phone/wishes.py, or None after noting what is wrong."""
        sensitive, agrees = self.some_of("sensitive", self.sensitive_groups), self.value("agrees") == "yes"
        if sensitive and not agrees:
            self.refuse("agrees", _("This is noted only if you tick here as well. Or take the tick above away."))
        values: dict[str, Any] = {
            "trades": self.some_of("trades", TRADES), "work_kinds": self.some_of("work_kinds", WORK_KINDS),
            "wishes": self.some_of("wishes", WISHES), "groups": self.some_of("groups", ASKED_GROUPS) + sensitive,
            "wanted_place": self.one_of("wanted_place", PLACES), PAY: self.pay(),
            "last_province": self.one_of("last_province", PROVINCES), "agrees": agrees,
        }  # fmt: skip
        return values if self.ok else None
