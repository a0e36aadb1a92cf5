"""The history's words: what was changed, in the words of the forms, and its values as the forms show them."""

from datetime import datetime
from typing import Any

from flask_babel import format_datetime
from flask_babel import gettext as _

from models.base.typed import text_of
from models.market.audit import AuditEntry
from models.market.audited import Audited
from models.vocabulary.code_list import N_
from routes.office.history_acts import ACTIONS, KINDS_OF_ENTRY, said
from routes.office.history_names import FIELDS, THINGS, VALUES
from routes.web.forms import yuan

__all__ = [
    "KINDS_OF_ENTRY", "action", "label", "lines", "thing", "things", "value", "what", "who",
]  # what the templates of the history reach
READINGS = {"waiting": N_("What waits on the market day"), "contact": N_("Contact of the employer")}


def things() -> dict[str, str]:
    """Return the kinds of things that have a history, each table with its words."""
    tables = {model._meta.table_name for model in Audited.__subclasses__()}
    return {table: words for table, words in THINGS.items() if table in tables}


def action(entry: AuditEntry) -> str:
    """Return what was done, in words."""
    words = ACTIONS.get(entry.action)
    return _(words) if words else entry.action.replace("_", " ")


def thing(entry: AuditEntry) -> str:
    """Return what kind of thing it was done to, in words; empty for an entry that names none."""
    words = THINGS.get(entry.thing)
    return _(words) if words else entry.thing


def who(entry: AuditEntry) -> str:
    """Return who did it, in words."""
    kind, _colon, name = entry.who.partition(":")
    if kind == "tablet":
        return _("Tablet %(letter)s", letter=name)
    if kind == "token":
        return _("Access token %(name)s", name=name)
    if kind == "command line":
        return _("Command line (%(user)s)", user=name) if name else _("Command line")
    return _("Nobody who was signed in") if entry.who == "nobody" else entry.who


def what(entry: AuditEntry) -> str:
    """Return what an entry says besides; of a reading, in which place it was."""
    if entry.action != AuditEntry.READ:
        return said(str(entry.what))
    kind, *rest = entry.what.split(" ")
    if kind == "entry" and len(rest) == 2:
        letter, seq = rest
        return _("Entry %(letter)s %(seq)s of what waits", letter=letter, seq=seq)
    return _(READINGS[kind]) if kind in READINGS else str(entry.what)


def lines(entry: AuditEntry) -> list[tuple[str, str, str]]:
    """Return the changed fields of an entry: what each is called, its old and its new value; a secret is not shown."""
    found: dict[str, tuple[str, str, str]] = {}
    for field, pair in entry.changes.items():
        name = label(entry.thing, field)
        old, new = (value(entry.thing, field, one) for one in pair) if pair else ("", _("not shown"))
        found.setdefault(name if not pair else field, (name, old, new))
    return list(found.values())


def label(table: str, field: str) -> str:
    """Return what a field is called in its form."""
    words = FIELDS.get(table, {}).get(field)
    return _(words) if words else field.replace("_", " ")


def value(table: str, field: str, said: Any) -> str:
    """Return a value as a form shows it, empty for none."""
    if said in (None, "", []):
        return ""
    if isinstance(said, bool):
        return _("yes") if said else _("no")
    if isinstance(said, list):
        return "、".join(value(table, field, one) for one in said)
    if field.endswith("_fen"):
        return yuan(said)
    if field.endswith("_at"):
        return _moment(str(said))
    codes = VALUES.get((table, field), {})
    return _(codes[said]) if said in codes else text_of(str(said))


def _moment(said: str) -> str:
    """Return a moment in the county's time; a time of day stands as it was typed."""
    try:
        return str(format_datetime(datetime.fromisoformat(said), "y-MM-dd HH:mm"))
    except ValueError:
        return said
