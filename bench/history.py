"""History: a database with years of market days, made by SQL, so that one day is found among many.

Each day has 10,000 visits, 10,000 check-ins and the operations behind the check-ins, by people
with a pass or with a registration; the day in the middle has booths, vacancies, tablets and tallies.
"""

from pathlib import Path

from bench.world import World, build, connected
from models.base.database import db, fetch

VISITS = CHECK_INS = 10_000  # a day
BOOTHS, VACANCIES = 12, 5  # vacancies at a booth
PERSON = (
    "CASE {0} % 2 WHEN 0 THEN printf('%010d', {0} * 10 + d.id)"
    " ELSE printf('%08x-0000-7000-8000-%012x', d.id, {0}) END"
)
FAST = ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -200000")


def build_history(folder: Path, days: int) -> World:
    """Make the database and connect to it."""
    world = build(folder, booths=BOOTHS, vacancies=VACANCIES, name="history.db")
    with connected():
        for pragma in FAST:
            db.execute_sql(f"PRAGMA {pragma}")
        dropped = _drop_indexes()
        db.execute_sql(_DAYS.format(days=days, day=world.day))
        db.execute_sql(_NUMBERS.format(count=CHECK_INS))
        _number_vacancies(world)
        for statement in (_VISITS, _CHECK_INS, _COUNTS, _OPERATIONS, _CANDIDATES, _TALLIES):
            db.execute_sql(statement.format(day=world.day))
        for (sql,) in dropped:
            db.execute_sql(sql)
        db.execute_sql("PRAGMA journal_mode = WAL")
    return world


def _drop_indexes() -> list[tuple[str]]:
    """Drop the indexes of the big tables: made once at the end, they are made by sorting."""
    indexes = fetch(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        " AND tbl_name IN ('visit', 'check_in', 'operation')"
    )
    for name, _ in indexes:
        db.execute_sql(f'DROP INDEX "{name}"')
    return [(sql,) for _, sql in indexes]


def _number_vacancies(world: World) -> None:
    """Let every day use the numbers of the one that is looked at; nothing joins the others."""
    db.execute_sql("CREATE TEMP TABLE place (i INTEGER PRIMARY KEY, booth, vacancy)")
    numbers = [number for stand in world.stands for number in stand.vacancies]
    rows = [(i, i // VACANCIES + 1, number) for i, number in enumerate(sorted(numbers))]
    db.cursor().executemany("INSERT INTO place VALUES (?, ?, ?)", rows)


_DAYS = """
INSERT INTO market_day (id, county_id, town_id, date, opens_at, closes_at, venue, place, position)
WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {days})
SELECT i, county_id, town_id, date(date, '-' || (i * 3) || ' days'), opens_at, closes_at, venue, place, 0
FROM n, market_day WHERE market_day.id = {day}
"""
_NUMBERS = """
CREATE TEMP TABLE n AS
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count} - 1) SELECT i FROM n
"""
_VISITS = f"""
INSERT OR IGNORE INTO visit (market_day_id, booth, person, at_ms)
SELECT d.id, n.i % 12 + 1, {PERSON.format("(n.i % 6007)")}, 1771893000000 + n.i * 1400
FROM market_day AS d, n ORDER BY 1, 2, 3
"""
_CHECK_INS = f"""
INSERT OR IGNORE INTO check_in (market_day_id, vacancy, person, booth, at_ms, stage, reached, place)
SELECT d.id, p.vacancy, {PERSON.format("(n.i % 6007)")}, p.booth, 1771893000000 + n.i * 1400,
  CASE n.i % 20 WHEN 0 THEN 'hired' WHEN 1 THEN 'agreed' ELSE 'interested' END,
  CASE n.i % 20 WHEN 0 THEN 4 WHEN 1 THEN 3 ELSE 0 END, CASE n.i % 20 WHEN 0 THEN 'county' END
FROM market_day AS d, n, place AS p WHERE p.i = n.i % 60 ORDER BY 1, 2, 3
"""
_COUNTS = """
INSERT INTO check_in_count (market_day_id, vacancy, booth, reached, place, count)
SELECT market_day_id, vacancy, booth, reached, COALESCE(place, ''), COUNT(*) FROM check_in GROUP BY 1, 2, 3, 4, 5
"""
_OPERATIONS = """
INSERT INTO operation (tablet_id, seq, market_day_id, uuid, kind, subject, booth, at_ms, effective_ms,
  received_ms, body, outcome, reason)
SELECT 1, d.id * 10000 + n.i, d.id, NULL, 'check_in.recorded', printf('%010d', n.i * 10 + d.id), 1,
  1771893000000, 1771893000000, 1771893000000, '{{}}',
  CASE n.i % 100 WHEN 0 THEN 'attention' ELSE 'applied' END,
  CASE n.i % 100 WHEN 0 THEN 'vacancy_full' END
FROM market_day AS d, n ORDER BY 1, 2
"""
_CANDIDATES = """
INSERT INTO candidate (id, person, county_id, market_day_id, tablet_id, name, birth_year, trades,
  work_kinds, groups, registered_by, registered_at, version)
SELECT printf('%08x-0000-7000-8000-%012x', d.id, n.i), printf('%08x-0000-7000-8000-%012x', d.id, n.i),
  d.county_id, d.id, 1, '王芳', 1980, 'sewing', 'full_time', '', 'operator', 1771893000000, 1
FROM market_day AS d, n WHERE n.i < CASE d.id WHEN {day} THEN 3000 ELSE 300 END
"""
_TALLIES = """
INSERT INTO tally (market_day_id, topic, booth, hour, count)
SELECT {day}, 'leaflet', b.number, h.i + 8, 7 FROM booth AS b, n AS h WHERE h.i < 4
"""
