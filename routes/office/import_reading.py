"""Reading a row: what its cells mean for the fields of a form, and what is wrong with them in every language."""

from collections.abc import Callable, Mapping
from functools import cache

from flask_babel import force_locale
from flask_babel import gettext as _

from models.base.typed import same_of
from models.imports.import_kind import Fault, Says
from models.spreadsheet.meant import SENTENCES, Unclear, look_at
from routes.web.language import LANGUAGES


def in_languages(say: Callable[[], str]) -> Says:
    """Return a sentence in each language of the office."""
    found = {}
    for code in LANGUAGES:
        with force_locale(code):
            found[code] = str(say())
    return found


class Reading:
    """A row by the text in each field. What cannot be read is noted, and the field is left empty."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self.faults: dict[str, Fault] = {}

    def text(self, field: str) -> str:
        """Return what stands in a field, nothing for a formula without a value."""
        return self.take(field, str)

    def take(self, field: str, how: Callable[[str], str]) -> str:
        """Return what a field means, nothing when it is empty or cannot be read."""
        text = self._texts.get(field, "")
        if not text or field in self.faults:
            return ""
        try:
            look_at(text)
            return how(text)
        except Unclear as unclear:
            sentence = SENTENCES[unclear.code]
            self.refuse(field, lambda: _(sentence))
            return ""

    def refuse(self, field: str, say: Callable[[], str]) -> None:
        """Note what is wrong with a field; the first note stays."""
        if field not in self.faults:
            self.faults[field] = Fault(field, self._texts.get(field, ""), in_languages(say))

    def code(self, field: str, options: Mapping[str, str], more: Mapping[str, str] | None = None) -> str:
        """Return the code that a field names by its words in any language, by a word of ``more``, or by itself."""
        text = self.text(field)
        if not text:
            return ""
        said = same_of(text)
        found = words_of(tuple(options.items())).get(said) or (more or {}).get(said)
        if found is None:
            self.refuse(field, lambda: _("None of these: %(words)s", words=joined(options)))
        return found or ""


def joined(options: Mapping[str, str]) -> str:
    """Return what the codes of a list are called, one after the other."""
    return str(_(", ")).join(str(_(words)) for words in options.values())


@cache
def words_of(options: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return codes by their words in every language, as people write them."""
    found = {same_of(code): code for code, _words in options}
    for language in LANGUAGES:
        with force_locale(language):
            found |= {same_of(str(_(words))): code for code, words in options}
    return found
