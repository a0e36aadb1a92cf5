"""Words for what can be named in a superior's form: figures by section, and the figure that a cell's labels suggest."""

from itertools import accumulate

from flask_babel import force_locale
from flask_babel import gettext as _

from models.figures.breakdown import EVERYONE
from models.figures.form_figure import figure_paths, suggested, suggested_group
from models.spreadsheet.filled import Grid
from models.vocabulary.code_list import GROUPS, N_, TALLY_TOPICS
from routes.office.summary_words import HEAD, SECTIONS, TABLES

OWN = {
    "days": N_("Market days held"), "dates": N_("Date, or first and last"), "rights": N_("Consultations about rights"),
}  # fmt: skip
DAY, SERVICES, KEY_GROUPS = N_("Market day"), N_("Services"), N_("Key groups")


def figure_words(path: str) -> str:
    """Return what a figure is called."""
    if path in OWN:
        return _(OWN[path])
    outer, _dot, inner = path.partition(".")
    if outer == "tallies":
        return _(TALLY_TOPICS[inner])
    if outer == "groups":
        group, _dot, fact = inner.partition(".")
        words = _("All of them, each once") if group == EVERYONE else _(GROUPS[group])
        return f"{words}: {_(TABLES['groups'][1][fact])}"
    return _(next((words for section in SECTIONS.values() if (words := section.get(path))), HEAD.get(path, path)))


def figures_by_section() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return ``(section, [(figure, words)])`` of all figures."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path in figure_paths():
        section = next((name for name, paths in SECTIONS.items() if path in paths), "")
        if not section:
            outer = path.partition(".")[0]
            section = SERVICES if outer in ("tallies", "rights") else KEY_GROUPS if outer == "groups" else DAY
        found.setdefault(section, []).append((path, figure_words(path)))
    return [(_(section), figures) for section, figures in found.items()]


def suggestions(grids: list[Grid]) -> dict[tuple[str, str], str]:
    """Return the figure that the labels of each empty cell suggest, by sheet and cell."""
    with force_locale("zh"):
        groups = {_(words): code for code, words in GROUPS.items()}
    found = {}
    for grid in grids:
        heads: dict[int, str] = {}  # the label over each column, however far above
        above: dict[int, str] = {}  # the label right above
        for row in grid.rows:
            places = list(accumulate((cell.columns for cell in row), initial=0))
            labels = ["" if _is_number(cell.text) else cell.text for cell in row]
            first = next(filter(None, labels), "")
            for at, (cell, place) in enumerate(zip(row, places, strict=False)):
                if cell.text or not cell.may:
                    continue
                # Two labels side by side are heads of columns: they speak of what is below.
                beside = labels[at - 1] if at and not (at > 1 and labels[at - 2]) else ""
                figure = suggested_group(first, heads.get(place, ""), groups) or suggested(beside, above.get(place, ""))
                if figure:
                    found[grid.name, cell.at] = figure
            above = {
                over: label
                for cell, label, place in zip(row, labels, places, strict=False)
                for over in range(place, place + cell.columns)
                if label
            }
            heads |= above
    return found


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace(",", "").isdigit()
