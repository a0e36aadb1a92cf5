"""What is the same of every kind of spreadsheet: its columns, those it cannot do without, what is said of a row."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from models.imports.import_kind import Fault, Says
from models.spreadsheet.heading import Columns
from models.vocabulary.code_list import N_
from routes.office.import_reading import in_languages

REPEATED = N_("The same stands in row %(row)s already.")
MEANWHILE_SAID = N_("Somebody else changed this meanwhile.")


class Sheet:
    """A kind of spreadsheet. ``named_by``: the field by which its things are known, which it must have."""

    code: str
    named_by: str
    fields: Sequence[Columns]

    def columns(self) -> Sequence[Columns]:
        """Return the fields that it may have columns for."""
        return self.fields

    def missing(self, fields: Iterable[str]) -> list[str]:
        """Return which fields it cannot do without and these lack."""
        return [] if self.named_by in set(fields) else [self.named_by]

    def repeated(self, number: int) -> Fault:
        """Return what is said of a row whose thing stands in an earlier row already."""
        return Fault(self.named_by, "", in_languages(lambda: _(REPEATED, row=number)))

    def other_meanwhile(self) -> Says:
        """Return what is said of a row whose thing somebody else changed since it was looked at."""
        return in_languages(lambda: _(MEANWHILE_SAID))
