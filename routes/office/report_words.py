"""Words for the figures of a report: one list for the page, CSV and XLSX."""

from datetime import date, timedelta
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from models.figures.line import Line
from models.vocabulary.code_list import GROUPS, N_, SEXES, TALLY_TOPICS, VENUES
from models.vocabulary.event import DAY_STATES, EVENT_TYPES, LEVELS
from models.vocabulary.trade import TRADES
from routes.office.market_dates import month_words
from routes.office.summary_words import SECTIONS as OF_A_DAY
from routes.office.summary_words import TABLES as TABLES_OF_A_DAY
from routes.office.summary_words import row_words, value_words

_CODES = {"trade": TRADES, "group": GROUPS, "sex": SEXES, "venue": VENUES, "event_type": EVENT_TYPES, "level": LEVELS,
          "state": DAY_STATES}  # fmt: skip
# Totals by section, each by its path in report.json. What is counted once stands before what is added up over days.
SECTIONS: dict[str, dict[str, str]] = {
    N_("Events"): {
        "days.counted": N_("Market days held"),
        "days.closed": N_("Of them closed"),
        "days.signed": N_("Of them signed"),
        "days.open": N_("Of them open, counted as they stand"),
        "days.complete": N_("Of them complete"),
        "days.cancelled": N_("Cancelled, not counted"),
        "days.draft": N_("Drafts, not counted"),
        "days.ahead": N_("Still to come, not counted"),
    },
    N_("Offered"): {
        "once.employers": N_("Employers on site (each once)"),
        "employers_on_site": N_("Employers on site, added over days"),
        "employers_online": N_("Employers online, added over days"),
        "viewers": N_("Viewers of streams, added over days"),
        "once.vacancy_kinds": N_("Kinds of post (each once)"),
        "vacancy_kinds": N_("Kinds of post, added over days"),
        "once.openings": N_("Places (each once)"),
        "openings": N_("Places, added over days"),
    },
    N_("Came"): {
        "once.persons": N_("Persons (each once over all days)"),
        "persons": N_("Persons, each once a day"),
        "visits": N_("Visits (people may come twice)"),
        "nameless": N_("Visits without a name"),
        "once.registered": N_("Registered (each once over all days)"),
        "registered": N_("Registered, each once a day"),
        "once.persons_checked_in": N_("Persons checked in (each once over all days)"),
        "persons_checked_in": N_("Persons checked in, each once a day"),
        "check_ins": N_("Check-ins"),
        "signed_up": N_("Signed up by phone, did not come"),
    },
    N_("Result"): {
        "once.introduced": N_("Introduced (each once over all days)"),
        "persons_reached.introduced": N_("Persons introduced"),
        "reached.introduced": N_("Introductions"),
        "once.interviewed": N_("Interviewed (each once over all days)"),
        "persons_reached.interviewed": N_("Persons interviewed"),
        "reached.interviewed": N_("Interviews"),
        "once.agreed": N_("Agreed (each once over all days)"),
        "persons_reached.agreed": N_("Persons who agreed"),
        "reached.agreed": N_("Agreements"),
        "once.hired": N_("Hired on site (each once over all days)"),
        "persons_reached.hired": N_("Persons hired on site"),
        "reached.hired": N_("Hires on site"),
        "once.started": N_("Started work (each once over all days)"),
        "persons_reached.started": N_("Persons who started work"),
        "reached.started": N_("Starts of work"),
        "confirmed": N_("Persons confirmed later"),
    },
    **{name: OF_A_DAY[name] for name in (
        "Persons hired for", "Migrant workers hired for", "Sent on to other desks",
    )},
    N_("Services"): {f"tallies.{topic}": words for topic, words in TALLY_TOPICS.items()},
    N_("Records"): {
        "tablets": N_("Tablets"),
        "tablets_complete": N_("Tablets that sent everything"),
        "booths_without_tablet": N_("Booths without a tablet"),
        "attention": N_("Records that need attention (counted)"),
        "waiting": N_("Records that wait (not counted)"),
        "refused": N_("Records that were refused (not counted)"),
        "settled": N_("Records that were settled by the organiser"),
    },
}  # fmt: skip
TOTALS = {path: words for section in SECTIONS.values() for path, words in section.items()}
_ROW = {
    "name": N_("Row"), "days": N_("Market days"), "persons": N_("Persons"), "visits": N_("Visits"),
    "registered": N_("Registered"), "persons_checked_in": N_("Persons checked in"), "check_ins": N_("Check-ins"),
    "persons_reached.agreed": N_("Persons who agreed"), "reached.agreed": N_("Agreements"),
    "persons_reached.hired": N_("Persons hired on site"),
}  # fmt: skip
# Columns of the tables; the first names the row.
TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "event_types": (N_("Events by kind"), {"event_type": N_("Kind of event"), "days": N_("Market days")}),
    "venues": (N_("Events by venue"), {"venue": N_("Kind of venue"), "days": N_("Market days")}),
    "levels": (N_("Events by level"), {"level": N_("Level"), "days": N_("Market days")}),
    "rows": (N_("Rows"), {"row": N_("Row")} | _ROW),
    "comparison": (N_("Compared with the year before"), {
        "figure": N_("Figure"), "now": N_("Now"), "before": N_("The year before"), "change": N_("Difference"),
    }),
    "progress": (N_("Targets of the campaign"), {
        "venue": N_("Kind of venue"), "target": N_("Target"), "held": N_("Held"), "ahead": N_("To come"),
        "share": N_("Reached, per cent"),
    }),
    **{name: TABLES_OF_A_DAY[name] for name in ("hours", "trades", "groups")},
    "sheets": (N_("Market days of this report"), {
        "id": N_("No."), "date": N_("Date"), "town": N_("Town"), "state": N_("State"), "version": N_("Version"),
    }),
}  # fmt: skip
HEAD = {
    "report.county": N_("County"), "report.office": N_("Reported by"), "report.from": N_("First date"),
    "report.until": N_("Last date"), "report.campaign": N_("Campaign"), "report.town": N_("Town"),
    "report.venue": N_("Kind of venue"), "report.event_type": N_("Kind of event"), "report.by": N_("Rows by"),
    "as_of": N_("As of"), "hash": N_("Check code"), "year_before.from": N_("The year before, first date"),
    "year_before.until": N_("The year before, last date"), "year_before.campaign": N_("The year before, campaign"),
    "year_before.days": N_("The year before, market days held"), "tallies.other": N_("Others"),
    "outside": N_("For outside the county: * stands for fewer than five people, or for what would tell such a number"),
}  # fmt: skip
COMPARED = {
    "employers": "once.employers", "vacancy_kinds": "once.vacancy_kinds", "openings": "once.openings",
}  # fmt: skip


def figure_at(found: dict[str, Any], path: str) -> Any:
    """Return the figure at a path such as ``once.persons``; None where there is none."""
    outer, _dot, inner = path.partition(".")
    return found[outer].get(inner) if inner else found[outer]


def figure_words(path: str) -> str:
    """Return what a compared figure is called."""
    return _(TOTALS[COMPARED.get(path, path)])


def code_of(line: Line) -> str:
    """Return what a line is called in report.json: ``once.persons``, ``rows/500120100/visits``."""
    table, row, figure, _value = line
    return f"{row}.{figure}".lstrip(".") if table == "totals" else f"{table}/{row}/{figure}"


def words_of(line: Line, by: str) -> tuple[str, str, str]:
    """Return a line's table, row and figure as people read them. ``by``: what the rows of the report are."""
    table, row, figure, _value = line
    if table == "totals":
        words = (TOTALS | HEAD).get(code_of(line))
        return _("Totals"), "", _(words) if words else code_of(line)
    title, columns = TABLES[table]
    return _(title), named_row(table, row, by), _(columns[figure]) if figure in columns else figure


def named_row(table: str, row: str, by: str) -> str:
    """Return the name of a table's row."""
    if table == "rows":
        return time_words(row, by)
    if table == "comparison":
        return figure_words(row)
    if table in ("progress", "venues", "event_types", "levels"):
        code = {"progress": "venue", "venues": "venue", "event_types": "event_type", "levels": "level"}[table]
        return cell_words(code, row) or _("All venues")
    return row_words(table, row)


def row_name(row: dict[str, Any], by: str) -> str:
    """Return the name of a row of a report: of a campaign or town its own, of a time its dates."""
    return row["name"] or time_words(row["row"], by)


def time_words(row: str, by: str) -> str:
    """Return a week, a month or a kind of venue in words; what has a name of its own stays as it is."""
    if by == "week":
        monday = date.fromisoformat(row)
        return f"{format_date(monday, 'short')} – {format_date(monday + timedelta(days=6), 'short')}"
    if by == "month":
        return month_words(date.fromisoformat(row))
    if by == "venue":
        return cell_words("venue", row)
    return _("Without a campaign") if by == "campaign" and row == "0" else row


def cell_words(column: str, value: Any) -> Any:
    """Return a value as people read it: codes by their words."""
    words = _CODES.get(column, {})
    return _(words[value]) if value in words else value_words(column, value)
