"""A form whose texts are checked: what rules find in it, marked where it stands, and what a reviewer lets stand."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from models.base.typed import text_of
from models.checks.rules import BY_CODE, LEVEL_WORDS, LEVELS, STOP, Rule
from models.checks.text import Find
from models.market.employer import Employer
from models.market.exemption import Exemption, mark_of
from models.market.vacancy import Vacancy
from routes.web import rights
from routes.web.access import audit, who
from routes.web.editing import EditedForm

LONGEST_WHY = 200  # letters


class Shown(NamedTuple):
    """A find as a page shows it: what names it, its rule, and who lets it stand, if anybody does."""

    find: Find
    mark: str
    rule: Rule
    stands: Exemption | None


class Piece(NamedTuple):
    """A piece of a text; ``level`` is that of what was found in it, or empty."""

    text: str
    level: str


class CheckedForm(EditedForm):
    """What is typed about a vacancy or an employer. Every stop is refused beside its field until it stands."""

    row: Vacancy | Employer | None = None
    may_exempt = False

    def __init__(self, typed: MultiDict | None, start: Mapping[str, object], is_stored: bool) -> None:
        super().__init__(typed, start, is_stored)
        self.finds: list[Find] = []
        self.standing: dict[str, Exemption] = {}  # what a reviewer let stand before
        self.given: dict[str, tuple[Find, str]] = {}  # what one lets stand with this form, and why

    def judge(self, finds: Iterable[Find], passed: Iterable[str] = ()) -> None:
        """Refuse the fields in which rules stop what nobody let stand; fields in ``passed`` are let through."""
        self.finds = list(finds)
        self.may_exempt = may_exempt()
        self.standing = Exemption.of(self.row) if any(find.stops for find in self.finds) else {}
        passed = frozenset(passed)
        left: dict[str, list[Find]] = {}
        for find in self.finds:
            mark = self.mark(find)
            if not find.stops or mark in self.standing or find.field in passed or self._is_given(find, mark):
                continue
            left.setdefault(find.field, []).append(find)
        for name, stopped in left.items():
            self.refuse(name, " ".join(dict.fromkeys(sentence(find) for find in stopped)))

    def mark(self, find: Find) -> str:
        """Return what names a find in what was typed."""
        return mark_of(find, self.text_of_find(find))

    def text_of_find(self, find: Find) -> str:
        """Return the text as it is kept in which something was found; empty where it is about a field as a whole."""
        return text_of(self.value(find.field)) if find.end else ""

    def _is_given(self, find: Find, mark: str) -> bool:
        """Say whether a reviewer lets this find stand just now, with a reason."""
        if mark not in self.values("exempt"):
            return False
        if not self.may_exempt:
            return False
        why = self.text(f"why-{mark}", limit=LONGEST_WHY, required=False)
        if not why:
            word = find.word or _(BY_CODE[find.rule].why)
            self.refuse(f"why-{mark}", _("Please write why “%(word)s” may stand.", word=word))
            return False
        self.given[mark] = find, why
        return True

    def keep_exemptions(self, row: Vacancy | Employer) -> None:
        """Store what stands from now on, each with an entry in the history of its row."""
        for mark, (find, why) in self.given.items():
            Exemption.give(row, find, mark, why, who())
            audit("vacancy_overruled", f"{find.word} · {_(BY_CODE[find.rule].article)}"[:700], why=why, about=row)

    def shown_of(self, name: str) -> list[Shown]:
        """Return what was found in a field, the weightiest first."""
        found = [self._shown(find) for find in self.finds if find.field == name]
        return sorted(found, key=lambda shown: (LEVELS.index(shown.rule.level), shown.find.start))

    @property
    def shown_elsewhere(self) -> list[Shown]:
        """What was found about the vacancy as a whole, in none of the form's fields."""
        return [self._shown(find) for find in self.finds if find.field not in self.labels]

    def _shown(self, find: Find) -> Shown:
        mark = self.mark(find)
        return Shown(find, mark, BY_CODE[find.rule], self.standing.get(mark))

    def pieces_of(self, name: str) -> list[Piece]:
        """Return a field's text in pieces, so that what was found can be marked in it; nothing where nothing was."""
        finds = sorted((find for find in self.finds if find.field == name and find.end), key=lambda find: find.start)
        if not finds:
            return []
        text, at, pieces = self.text_of_find(finds[0]), 0, []
        for find in finds:
            start = max(find.start, at)
            if find.end <= start:
                continue
            pieces += [Piece(text[at:start], ""), Piece(text[start : find.end], find.level)]
            at = find.end
        pieces.append(Piece(text[at:], ""))
        return [piece for piece in pieces if piece.text]

    @property
    def level_words(self) -> dict[str, str]:
        """The levels in words."""
        return LEVEL_WORDS

    @property
    def warnings(self) -> list[Find]:
        """What was found that stops nothing."""
        return [find for find in self.finds if find.level != STOP]


def sentence(find: Find) -> str:
    """Return what a find says beside its field."""
    why = _(BY_CODE[find.rule].why)
    return _("“%(word)s”: %(why)s", word=find.word, why=why) if find.word else why


def may_exempt() -> bool:
    """Say whether who asks may let stand what a rule stops; nobody where no account is signed in."""
    return bool(current_user and current_user.is_authenticated) and rights.exempts(current_user.role)
