"""Words for the figures of a summary: one list for the sheet, the exports and the changes between versions."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from models.figures.line import Line
from models.vocabulary.code_list import GROUPS, N_, SEXES, TALLY_TOPICS, VENUES
from models.vocabulary.event import EVENT_CLASSES, EVENT_TYPES, LEVELS
from models.vocabulary.trade import TRADES

CODES = {
    "trade": TRADES, "group": GROUPS, "sex": SEXES, "event_type": EVENT_TYPES, "event_class": EVENT_CLASSES,
    "level": LEVELS, "venue": VENUES,
}  # fmt: skip
# Totals by section, each by its path in summary.json; people stand before check-ins.
SECTIONS: dict[str, dict[str, str]] = {
    N_("Offered"): {
        "employers_on_site": N_("Employers on site"),
        "vacancy_kinds": N_("Kinds of post"),
        "openings": N_("Places offered"),
    },
    N_("Came"): {
        "persons": N_("Persons (each once)"),
        "visits": N_("Visits (people may come twice)"),
        "nameless": N_("Visits without a name"),
        "registered": N_("Newly registered"),
        "persons_checked_in": N_("Persons checked in"),
        "check_ins": N_("Check-ins"),
        "signed_up": N_("Signed up by phone, did not come"),
    },
    N_("Result"): {
        "persons_reached.introduced": N_("Persons introduced"),
        "reached.introduced": N_("Introductions"),
        "persons_reached.interviewed": N_("Persons interviewed"),
        "reached.interviewed": N_("Interviews"),
        "persons_reached.agreed": N_("Persons who agreed"),
        "reached.agreed": N_("Agreements"),
        "persons_reached.hired": N_("Persons hired on site"),
        "reached.hired": N_("Hires on site"),
        "persons_reached.started": N_("Persons who started work"),
        "reached.started": N_("Starts of work"),
    },
    N_("Persons hired for"): {
        "places.town": N_("This town"),
        "places.county": N_("This county"),
        "places.city": N_("Elsewhere in Chongqing"),
        "places.outside": N_("Outside Chongqing"),
        "provinces.sichuan": N_("Of them in Sichuan"),
        "provinces.shandong": N_("Of them in Shandong"),
        "provinces.other": N_("Of them in another province, or not noted"),
    },
    N_("Migrant workers hired for"): {
        "migrant_places.town": N_("Migrant workers: this town"),
        "migrant_places.county": N_("Migrant workers: this county"),
        "migrant_places.city": N_("Migrant workers: elsewhere in Chongqing"),
        "migrant_places.outside": N_("Migrant workers: outside Chongqing"),
        "local_share": N_("Migrant workers placed in Chongqing, per cent"),
    },
    N_("Sent on to other desks"): {
        "referred.training": N_("Persons referred to skills training"),
        "referred.business_start": N_("Persons referred to starting a business"),
        "referred.welfare_post": N_("Persons referred to public-welfare posts"),
        "referred.legal_aid": N_("Persons referred to legal aid"),
        "referred.other": N_("Persons referred to another desk"),
        "taken_up.training": N_("Of them took up: skills training"),
        "taken_up.business_start": N_("Of them took up: starting a business"),
        "taken_up.welfare_post": N_("Of them took up: public-welfare posts"),
        "taken_up.legal_aid": N_("Of them took up: legal aid"),
        "taken_up.other": N_("Of them took up: another desk"),
    },
    N_("Records"): {
        "attention": N_("Records that need attention (counted)"),
        "refused": N_("Records that were refused (not counted)"),
        "settled": N_("Records that were settled by the organiser"),
    },
}
# Columns of the tables; the first names the row.
TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "stops": (N_("Stops of the caravan"), {
        "stop": N_("No."), "place": N_("Place"), "starts_at": N_("From"), "ends_at": N_("To"),
    }),
    "booths": (N_("Booths"), {
        "booth": N_("No."), "name": N_("Who stands there"), "persons": N_("Persons"), "visits": N_("Visits"),
        "check_ins": N_("Check-ins"),
    }),
    "vacancies": (N_("Vacancies"), {
        "number": N_("Number"), "title": N_("Vacancy"), "booth": N_("Booth"), "openings": N_("Wanted"),
        "check_ins": N_("Check-ins"), "agreed": N_("Agreed"), "hired": N_("Hired"),
    }),
    "hours": (N_("By the hour"), {"hour": N_("Hour"), "visits": N_("Visits"), "check_ins": N_("Check-ins")}),
    "tablets": (N_("Tablets"), {
        "tablet": N_("Tablet"), "booth": N_("Booth"), "acknowledged": N_("Received up to No."),
        "unsent": N_("Not sent yet"), "lost": N_("Lost"), "complete": N_("Complete"),
        "written_off": N_("Written off because"), "last_contact": N_("Last contact"),
    }),
    "trades": (N_("Trades"), {
        "trade": N_("Trade"), "places": N_("Places"), "seekers": N_("Seekers"), "ratio": N_("Places per seeker"),
    }),
    "groups": (N_("Key groups"), {
        "group": N_("Group"), "sex": N_("Sex"), "age": N_("Age"), "registered": N_("Newly registered"),
        "agreed": N_("Reached agreement"), "hired": N_("Hired on site"),
    }),
}  # fmt: skip
HEAD = {
    "market_day.town": N_("Town"), "market_day.date": N_("Date"), "market_day.place": N_("Place"),
    "market_day.venue": N_("Kind of venue"), "market_day.opens_at": N_("Opens at"),
    "market_day.closes_at": N_("Closes at"), "market_day.office": N_("Reported by"),
    "market_day.campaign": N_("Campaign"), "market_day.theme": N_("Theme"),
    "market_day.cancelled": N_("Cancelled because"),
    "market_day.postponed_from": N_("Postponed from"), "market_day.postponed": N_("Postponed because"),
    "market_day.afterwards": N_("Recorded afterwards"), "market_day.event_type": N_("Kind of event"),
    "market_day.event_class": N_("Class"), "market_day.level": N_("Level"), "market_day.hosts": N_("Hosts"),
    "market_day.co_organisers": N_("Co-organisers"), "market_day.employers_online": N_("Employers online"),
    "market_day.viewers": N_("Viewers of the stream"),
    "complete": N_("Complete"),
    "booths_without_tablet": N_("Booths without a tablet"), "as_of": N_("As of"), "version": N_("Version"),
    "closed_at": N_("Closed at"), "reason": N_("Reason"), "hash": N_("Check code"), "market_day.id": N_("No."),
    "outside": N_("For outside the county: * stands for fewer than five people, or for what would tell such a number"),
}  # fmt: skip
TOTALS = {path: words for section in SECTIONS.values() for path, words in section.items()} | HEAD


def code_of(line: Line) -> str:
    """Return what a line is called in summary.json: ``reached.hired``, ``vacancies/1000002/hired``."""
    table, row, figure, _value = line
    return f"{row}.{figure}".lstrip(".") if table == "totals" else f"{table}/{row}/{figure}"


def words_of(line: Line) -> tuple[str, str, str]:
    """Return a line's table, row and figure as people read them."""
    table, row, figure, _value = line
    if table != "totals":
        title, columns = TABLES[table]
        return _(title), row_words(table, row), _(columns[figure]) if figure in columns else figure
    if row == "tallies":
        return _("Totals"), _("Services"), _(TALLY_TOPICS[figure]) if figure in TALLY_TOPICS else figure
    words = TOTALS.get(code_of(line))
    return _("Totals"), "", _(words) if words else code_of(line)


def row_words(table: str, row: str) -> str:
    """Return the name of a table's row: trades and groups by their words, hours as times of day."""
    if table == "trades":
        return value_words("trade", row)
    if table == "groups":
        group, *others = row.split(" ")
        return " ".join([value_words("group", group), *(value_words("sex", other) for other in others)])
    return f"{row}:00" if table == "hours" else row


def value_words(column: str, value: Any) -> Any:
    """Return a value as people read it: codes by their words, what is true or false as yes or no."""
    words: Mapping[str, str] = CODES.get(column, {})
    if column == "group" and value == "ALL":
        return _("All of them, each once")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _(words[value]) if value in words else value


def changes_in_words(changes: list[tuple[str, str, str, object, object]]) -> list[tuple[str, Any, Any]]:
    """Return ``(what, old, new)`` of changed figures, as people read them."""
    said = []
    for table, row, figure, old, new in changes:
        words = words_of((table, row, figure, None))
        what = " · ".join(part for part in (words if table != "totals" else words[1:]) if part)
        before, after = ("—" if v is None or v == "" else value_words(figure, v) for v in (old, new))
        said.append((what, before, after))
    return said
