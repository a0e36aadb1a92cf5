"""Own forms: what a candidate's own page asks for, where every answer may be left out, changed and taken back.

A phone may send anything. A code counts if it is one that is offered; one that stands there already and is offered no
more stays until its owner changes it.
"""

from collections.abc import Mapping

from flask_babel import gettext as _

from models.vocabulary.code_list import N_, PAY_BANDS
from routes.web.editing import EditedForm

NOT_SAID = N_("I would rather not say")
PAY = "wanted_pay_min_fen"


class OwnForm(EditedForm):
    """A form of what is kept of somebody, filled in by themselves. ``held``: what stands there, by field."""

    held: Mapping[str, object] = {}

    def one_of(self, name: str, known: Mapping[str, str]) -> str | None:
        """Read one code: "" takes back what was said, None says nothing of the field (a form without it)."""
        if name not in self._typed:
            return None
        code = self.value(name)
        if code and code not in known and code != str(self.held.get(name)):
            self.refuse(name, _("Please choose one."))
            return None
        return code

    def some_of(self, name: str, known: Mapping[str, str]) -> list[str]:
        """Read the codes that are ticked, in the list's order, with those that stand there and have no box."""
        held = self.held.get(name)
        unseen = [code for code in held if code not in known] if isinstance(held, tuple) else []
        return [code for code in known if code in self.values(name)] + unseen

    def pay(self) -> int | str | None:
        """Read the least pay: fen, or as ``one_of``."""
        code = self.one_of(PAY, PAY_BANDS)
        return int(code) if code else code

    @property
    def pays(self) -> list[tuple[str, str]]:
        """Return what the least pay is chosen from: (fen, words), with a sum between the bands that stands there."""
        bands = [("", _(NOT_SAID)), *((fen, _(words)) for fen, words in PAY_BANDS.items())]
        held = self.held.get(PAY)
        if isinstance(held, int) and str(held) not in PAY_BANDS:
            bands.append((str(held), _("%(yuan)s yuan", yuan=f"{held // 100:,}")))
        return bands


def with_none(known: Mapping[str, str]) -> dict[str, str]:
    """Return a list to choose one of, to which belongs that nothing is said."""
    return {"": NOT_SAID, **known}
