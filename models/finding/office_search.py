"""Office search: what a county has that fits some words, by kind, the best first and few of each.

People are not among it: who looks for a person does it on the people's own page, where the search is noted
(docs/decisions/0040-people-in-the-office.md).
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from models.base.database import fetch, is_sqlite
from models.base.typed import same_of
from models.desk.complaint import Complaint
from models.finding.sought import Sought, lunar_of, rank_of, read_as
from models.market.county import County
from models.market.planning import towns_of

MOST = 5  # of a kind
KINDS = (
    DAYS, EMPLOYERS, VACANCIES, BOOTHS, OPERATORS, DEVICES, CAMPAIGNS, TOWNS, SURVEYS, COMPLAINTS, INCIDENTS,
) = (
    "days", "employers", "vacancies", "booths", "operators", "devices", "campaigns", "towns", "surveys", "complaints",
    "incidents",
)  # fmt: skip
# Of market days: today and the nearest first, then the past ones backwards. It takes today's date twice.
COMING_FIRST = "CASE WHEN d.date >= ? THEN 0 ELSE 1 END, CASE WHEN d.date >= ? THEN d.date END, d.date DESC"
Towns = frozenset[str] | None


class Reader(NamedTuple):
    """For whom it is looked: ``towns`` are a clerk's (None: all), ``trades`` what trades are called for them.

    ``kinds`` are those that the reader may see; ``today`` is the county's date.
    """

    county: County
    today: date
    kinds: frozenset[str]
    towns: Towns = None
    trades: Mapping[str, str] = {}


class Hit(NamedTuple):
    """One thing that fits. ``keys`` is what its page's address needs, ``beside`` what tells it from others."""

    rank: int
    keys: tuple[Any, ...]
    name: str
    beside: tuple[Any, ...] = ()
    is_over: bool = False


class Group(NamedTuple):
    """The best things of a kind, and how many fit in all."""

    kind: str
    hits: list[Hit]
    found: int


def search_office(reader: Reader, sought: Sought) -> list[Group]:
    """Return what fits, grouped by kind: kinds with a perfect fit first. One or two statements a kind."""
    if not sought.all_words:
        return []
    known = _Known(reader, sought)
    groups = [Group(kind, *_SEARCHES[kind](known)) for kind in KINDS if kind in reader.kinds]
    return sorted((group for group in groups if group.hits), key=lambda group: min(hit.rank for hit in group.hits) > 0)


class _Known:
    """What several kinds ask for: the reader, the words, the towns and campaigns that each word fits."""

    def __init__(self, reader: Reader, sought: Sought) -> None:
        self.reader, self.sought = reader, sought
        own = towns_of(reader.county, reader.today)
        self.towns = [town for town in own if reader.towns is None or town.code in reader.towns]
        self.campaigns: list[tuple[int, str, Any, Any, int | None]] = fetch(
            "SELECT id, name, starts_on, ends_on, county_id FROM campaign WHERE county_id = ? OR county_id IS NULL",
            (reader.county.id,),
        )

    def pairs(self) -> list[tuple[str, str]]:
        """Return each word as names are compared, and as it was typed; nothing when nothing can be compared."""
        return [(same_of(word), word) for word in self.sought.all_words if same_of(word)]

    def towns_like(self, word: str) -> list[str]:
        """Return the codes of the towns that a word fits."""
        return [town.code for town in self.towns if rank_of(town.name, (word,)) is not None]

    def campaigns_like(self, word: str) -> list[int]:
        """Return the ids of the campaigns that a word fits."""
        return [one[0] for one in self.campaigns if rank_of(one[1], (word,)) is not None]

    def within_towns(self, column: str = "d.town_id") -> tuple[str, list[Any]]:
        """Return the condition that leaves a clerk the days of the clerk's towns."""
        return ("", []) if self.reader.towns is None else (f" AND {_in(column, len(self.reader.towns))}",
                                                           sorted(self.reader.towns))  # fmt: skip

    def on_dates(self) -> tuple[str, list[Any]]:
        """Return the condition of the dates that were typed."""
        spans = self.sought.spans
        return (f" AND ({' OR '.join(['d.date BETWEEN ? AND ?'] * len(spans))})" if spans else "",
                [day for span in spans for day in span])  # fmt: skip


Found = tuple[list[Hit], int]


def _days(known: _Known) -> Found:
    """Find market days by date, town, place and campaign; those to come first, the nearest before the others."""
    sought, today = known.sought, known.reader.today
    words = tuple(word for word in sought.words if word != sought.lunar)
    if not (words or sought.spans or sought.lunar):
        return [], 0
    within, given = known.within_towns()
    on, dates = known.on_dates()
    if sought.lunar:
        fitting = _lunar_dates(known)
        on, dates = f" AND {_in('d.date', len(fitting))}", [*fitting]
    given = [known.reader.county.id, *given, *dates]
    clauses = ""
    for word in words:
        towns, campaigns = known.towns_like(word), known.campaigns_like(word)
        ways = (_in("d.town_id", len(towns)), _in("d.campaign_id", len(campaigns)), _like("d.place", word))
        clauses += f" AND ({' OR '.join(ways)})"
        given += [*towns, *campaigns, _within(word)]
    rows = fetch(
        "SELECT d.id, d.date, t.name, d.place, c.name, d.cancelled_at, COUNT(*) OVER () FROM market_day AS d"
        " JOIN division AS t ON t.code = d.town_id LEFT JOIN campaign AS c ON c.id = d.campaign_id"
        f" WHERE d.county_id = ?{within}{on}{clauses}"
        f" ORDER BY {COMING_FIRST}, d.id LIMIT {MOST}",
        (*given, today, today),
    )
    is_one = bool(sought.spans or sought.lunar)
    hits = [
        Hit(0 if is_one else 1, (id,), town, (_date(on), place, campaign or ""), bool(cancelled))
        for id, on, town, place, campaign, cancelled, _count in rows
    ]
    return hits, rows[0][6] if rows else 0


def _lunar_dates(known: _Known) -> list[date]:
    rows = fetch("SELECT DISTINCT date FROM market_day WHERE county_id = ?", (known.reader.county.id,))
    return [on for (found,) in rows if known.sought.lunar in lunar_of(on := _date(found))][:400]


def _employers(known: _Known) -> Found:
    """Find employers by name, pinyin, credit code, licence, and whom an agency hires for."""
    rows = fetch(
        "SELECT id, name, credit_code, archived_at, LOWER(credit_code || ' ' || licence || ' ' || hires_for)"
        " FROM employer WHERE county_id = ?",
        _own(known),
    )
    words, pairs = known.sought.all_words, known.pairs()
    fitting = [row for row in rows if _is_among(pairs, row[1], row[4])]
    fitting.sort(key=lambda row: row[1])
    return _ranked(
        Hit(_rank_among(words, name, code), (id, name), name, (code,), bool(archived))
        for id, name, code, archived, _others in fitting
    )


def _vacancies(known: _Known) -> Found:
    """Find vacancies by number, title, trade, place and employer; of a clerk those that the clerk's towns offer."""
    sought, county = known.sought, known.reader.county
    clauses = ""
    given: list[Any] = [county.id]
    words = (sought.digits,) if len(sought.digits) == 7 else sought.all_words
    for word in words:
        trades = [code for code, name in known.reader.trades.items() if rank_of(name, (word,)) is not None]
        columns = ("v.title", "v.place", "v.cluster", "v.true_employer", *(("v.number",) if word.isdigit() else ()))
        ways = [_like(column, word) for column in columns]
        clauses += f" AND ({' OR '.join(ways)} OR {_in('v.trade', len(trades))} OR {_of_employer('v', word)})"
        given += [*[_within(word)] * len(ways), *trades, county.id, _within(word)]
    title, day = "".join(words), "NULL"
    codes: list[Any] = []
    if known.reader.towns is not None:
        within, codes = known.within_towns()
        offered = "FROM offer AS o JOIN market_day AS d ON d.id = o.market_day_id WHERE o.vacancy_id = v.id"
        clauses += f" AND EXISTS (SELECT 1 {offered}{within})"
        given += codes
        day = f"(SELECT d.id {offered}{within} ORDER BY d.date DESC LIMIT 1)"
    # The few that are shown are chosen by their keys: to sort whole rows takes twice as long.
    rows = fetch(
        f"SELECT v.number, v.title, e.id, e.name, v.place, v.closed, {day}, f.found, f.fit FROM ("
        " SELECT v.id, COUNT(*) OVER () AS found, CASE WHEN v.number = ? OR LOWER(v.title) = ? THEN 0"
        f" WHEN {_like('v.title', title)} THEN 1 ELSE 2 END AS fit FROM vacancy AS v WHERE v.county_id = ?{clauses}"
        f" ORDER BY fit, v.closed, v.id DESC LIMIT {MOST}"
        ") AS f JOIN vacancy AS v ON v.id = f.id LEFT JOIN employer AS e ON e.id = v.employer_id"
        " ORDER BY f.fit, v.closed, v.id DESC",
        (*codes, title, title, _escaped(title) + "%", *given),
    )
    hits = [
        Hit(fit, (number, employer, day), title, (number, name or "", place), bool(closed))
        for number, title, employer, name, place, closed, day, _count, fit in rows
    ]
    return hits, rows[0][7] if rows else 0


def _booths(known: _Known) -> Found:
    """Find booths by their name or employer, perhaps with a town and a date; of days to come first."""
    sought, today = known.sought, known.reader.today
    within, given = known.within_towns()
    on, dates = known.on_dates()
    given = [known.reader.county.id, *given, *dates]
    clauses, names = "", 0
    for word in sought.words:
        towns = known.towns_like(word)
        names += not towns
        clauses += f" AND ({_like('b.name', word)} OR {_of_employer('b', word)} OR {_in('d.town_id', len(towns))})"
        given += [_within(word), known.reader.county.id, _within(word), *towns]
    if not names:
        return [], 0
    order = f"{COMING_FIRST}, d.id, b.number"
    rows = fetch(
        "SELECT d.id, b.number, b.name, d.date, t.name, f.found FROM ("
        " SELECT b.id, COUNT(*) OVER () AS found FROM market_day AS d JOIN booth AS b ON b.market_day_id = d.id"
        f" WHERE d.county_id = ?{within}{on} AND b.kind <> 'round'{clauses} ORDER BY {order} LIMIT {MOST}"
        ") AS f JOIN booth AS b ON b.id = f.id JOIN market_day AS d ON d.id = b.market_day_id"
        f" JOIN division AS t ON t.code = d.town_id ORDER BY {order}",
        (*given, today, today, today, today),
    )
    hits = [
        Hit(2, (day, number), name, (number, town, _date(on)), _date(on) < today)
        for day, number, name, on, town, _count in rows
    ]
    return hits, rows[0][5] if rows else 0


def _operators(known: _Known) -> Found:
    rows = fetch("SELECT id, name, unit, archived_at FROM operator WHERE county_id = ? ORDER BY name, id", _own(known))
    words, pairs = known.sought.all_words, known.pairs()
    return _ranked(
        Hit(_rank_among(words, name, ""), (id,), name, (unit,), bool(archived))
        for id, name, unit, archived in rows if _is_among(pairs, name, unit.casefold())
    )  # fmt: skip


def _devices(known: _Known) -> Found:
    rows = fetch("SELECT id, name, state, revoked_at FROM device WHERE county_id = ? ORDER BY name, id", _own(known))
    words = known.sought.all_words
    return _ranked(
        Hit(rank, (id,), name, (id, state), bool(revoked)) for id, name, state, revoked in rows
        if (rank := 0 if id == known.sought.number else rank_of(name, words) if name else None) is not None
    )  # fmt: skip


def _campaigns(known: _Known) -> Found:
    own = (one for one in known.campaigns if one[4] is not None)
    words = known.sought.all_words
    return _ranked(
        Hit(rank, (id,), name, (_date(starts_on), _date(ends_on)), _date(ends_on) < known.reader.today)
        for id, name, starts_on, ends_on, _county in own if (rank := rank_of(name, words)) is not None
    )  # fmt: skip


def _towns(known: _Known) -> Found:
    words = known.sought.all_words
    return _ranked(
        Hit(rank, (town.code,), town.name) for town in known.towns
        if (rank := 0 if known.sought.digits == town.code else rank_of(town.name, words)) is not None
    )  # fmt: skip


def _surveys(known: _Known) -> Found:
    rows = fetch("SELECT id, name, begins_on, ends_on FROM survey WHERE county_id = ? ORDER BY id DESC", _own(known))
    words = known.sought.all_words
    return _ranked(
        Hit(rank, (id,), name, (_date(begins), _date(ends)), _date(ends) < known.reader.today)
        for id, name, begins, ends in rows if (rank := rank_of(name, words)) is not None
    )  # fmt: skip


def _complaints(known: _Known) -> Found:
    """Find a complaint by its number; its words are not searched, for they tell of people."""
    number = known.sought.number
    rows = Complaint.select().where(Complaint.county == known.reader.county, Complaint.number == number)
    return _ranked(
        Hit(0, (one.id,), str(one.number), (one.received_on, one.topic), one.closed_on is not None) for one in rows
    ) if number is not None else ([], 0)  # fmt: skip


def _incidents(known: _Known) -> Found:
    number = known.sought.number
    rows = [] if number is None else fetch(
        "SELECT i.id, i.number, d.name, i.closed_at FROM incident AS i JOIN device AS d ON d.id = i.device_id"
        " WHERE i.county_id = ? AND i.number = ?", (known.reader.county.id, number),
    )  # fmt: skip
    return _ranked(Hit(0, (id,), str(number), (name,), bool(closed)) for id, number, name, closed in rows)


_SEARCHES: Mapping[str, Callable[[_Known], Found]] = {
    DAYS: _days, EMPLOYERS: _employers, VACANCIES: _vacancies, BOOTHS: _booths, OPERATORS: _operators,
    DEVICES: _devices, CAMPAIGNS: _campaigns, TOWNS: _towns, SURVEYS: _surveys, COMPLAINTS: _complaints,
    INCIDENTS: _incidents,
}  # fmt: skip


def _ranked(hits: Iterable[Hit]) -> Found:
    """Return the best hits, what is over behind the others, and how many there are."""
    found = sorted(hits, key=lambda hit: (hit.is_over, hit.rank))
    return found[:MOST], len(found)


def _is_among(pairs: list[tuple[str, str]], name: str, others: str) -> bool:
    """Say whether each word stands in a name, in one of its readings, or in other texts. Asked of each row."""
    text = read_as(name)
    return bool(pairs) and all(same in text or plain in others for same, plain in pairs)


def _rank_among(words: tuple[str, ...], name: str, code: str) -> int:
    """Return how well a name or its code fits words that stand in it or beside it."""
    rank = rank_of(name, words)
    return rank if rank is not None else 0 if "".join(words) == code.casefold() else 2


def _own(known: _Known) -> tuple[int]:
    return (known.reader.county.id,)


def _in(column: str, count: int) -> str:
    return f"{column} IN ({', '.join('?' * count)})" if count else "0 = 1"


def _like(column: str, word: str) -> str:
    """Return the condition that a column contains a word in any case: SQLite's LIKE does, PostgreSQL's is told to."""
    return f"{column} {'LIKE' if is_sqlite() or word.lower() == word.upper() else 'ILIKE'} ? ESCAPE '!'"


def _of_employer(table: str, word: str) -> str:
    """Return the condition that a row's employer of the county has a word in its name; looked up once, not by row."""
    return f"{table}.employer_id IN (SELECT id FROM employer WHERE county_id = ? AND {_like('name', word)})"


def _within(word: str) -> str:
    return f"%{_escaped(word)}%"


def _escaped(word: str) -> str:
    """Return a word for LIKE: what stands for other letters there stands for itself."""
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _date(value: date | str) -> date:
    """Return a date as a statement of ours gave it: SQLite gives text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
