"""Editing: a form of something that somebody else may change while it stands open.

The form carries what stood there when it was opened. When it comes back, a field that was left alone takes what stands
there now, and a field that both changed is shown once more with the other's value: nobody's change is lost silently.
"""

import json
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.legible import read_typed
from routes.web.forms import listed
from routes.web.labelled_form import LabelledForm

OPENED = "opened_with"  # the hidden field


class EditedForm(LabelledForm):
    """A form of something that is stored already, or of something new.

    ``chosen`` are the fields whose value is a code from a list, which no sentence shows.
    """

    chosen: frozenset[str] = frozenset()

    def __init__(self, typed: MultiDict[str, str] | None, start: Mapping[str, object], is_stored: bool) -> None:
        """Take what was ``typed``, if anything was; ``start`` are a new thing's defaults, or what stands there now."""
        now = {name: values(value) for name, value in listed(start).items()}
        super().__init__(MultiDict(typed) if typed is not None else None, start if typed is None else None)
        self.opened_with = json.dumps(now, ensure_ascii=False) if is_stored else ""
        if typed is not None and is_stored:
            self._merge(_opened(typed.get(OPENED, "")), now)

    def _merge(self, opened: dict[str, list[str]], now: dict[str, list[str]]) -> None:
        for name in opened.keys() & now.keys():
            mine = [_plain(value) for value in self.values(name)]
            if now[name] in (opened[name], values(mine)):
                continue
            if values(mine) == opened[name]:
                self._typed.setlist(name, now[name])
            else:
                self.refuse(name, self._changed(name, ", ".join(now[name])))

    def _changed(self, name: str, value: str) -> str:
        if name in self.chosen or not value:
            return _("Somebody else changed this meanwhile. Press again to keep what stands here.")
        return _("Somebody else wrote “%(value)s” here meanwhile. Press again to keep yours.", value=value)


def change(row: Any, fields: Mapping[str, object]) -> None:
    """Set the fields of a row that differ: what is not dirty is not stored, whatever became of it meanwhile."""
    for name, value in fields.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def values(value: Any) -> list[str]:
    """Return the values of a field without the empty ones: a browser sends none for a box that is not ticked."""
    several = value if isinstance(value, list) else [value]
    return [_plain(one) for one in several if _plain(one)]


def _plain(value: object) -> str:
    """Return a value as it was before a browser changed the ends of its lines."""
    return str(value).replace("\r\n", "\n").strip()


def _opened(text: str) -> dict[str, list[str]]:
    """Return what stood in the form when it was opened; nothing where it does not say, or says nonsense."""
    found = read_typed(text)
    if not isinstance(found, dict):
        return {}
    return {name: values(value) for name, value in found.items() if isinstance(value, list)}
