"""The figures of each closed market day in one short row, from the version that holds."""

import json
from collections import Counter

from peewee import *

TOTALS = (
    'persons', 'visits', 'nameless', 'signed_up', 'registered', 'check_ins', 'persons_checked_in', 'attention',
    'waiting', 'refused', 'settled', 'employers_on_site', 'vacancy_kinds', 'openings', 'complete',
)  # fmt: skip
DICTS = ('reached', 'persons_reached', 'places', 'migrant_places', 'provinces', 'referred', 'taken_up', 'tallies')
LATEST = (
    'SELECT c.market_day_id, c.version, c.figures FROM closing AS c WHERE c.version ='
    ' (SELECT MAX(l.version) FROM closing AS l WHERE l.market_day_id = c.market_day_id) AND c.market_day_id > {0}'
    ' ORDER BY c.market_day_id LIMIT 50'
)
BITS = 48


def up(migrator, db):
    is_sqlite = isinstance(db, SqliteDatabase)
    db.execute_sql(
        'CREATE TABLE "rollup_figure" ("id" INTEGER NOT NULL PRIMARY KEY, "name" VARCHAR(255) NOT NULL)'
    )
    db.execute_sql('CREATE UNIQUE INDEX "rollup_figure_name" ON "rollup_figure" ("name")')
    db.execute_sql(
        'CREATE TABLE "rollup" ("market_day_id" INTEGER NOT NULL PRIMARY KEY REFERENCES "market_day" ("id")'
        ' ON DELETE CASCADE, "version" INTEGER NOT NULL, "counts" %s NOT NULL)' % ('BLOB' if is_sqlite else 'BYTEA')
    )
    _fill(db, '?' if is_sqlite else '%s')


def down(migrator, db):
    """The release before reads the versions themselves."""
    db.execute_sql('DROP TABLE "rollup"')
    db.execute_sql('DROP TABLE "rollup_figure"')


def _fill(db, mark):
    """Fill a row for each closed day; versions are read by fifty, a season of them is 100 MB."""
    lanes, last = {}, 0
    put = 'INSERT INTO rollup (market_day_id, version, counts) VALUES ({0}, {0}, {0})'.format(mark)
    name_it = 'INSERT INTO rollup_figure (id, name) VALUES ({0}, {0})'.format(mark)
    while rows := db.execute_sql(LATEST.format(mark), (last,)).fetchall():
        for day, version, figures in rows:
            counts = _counted(json.loads(figures))
            for name in counts:
                if name not in lanes:
                    lanes[name] = len(lanes)
                    db.execute_sql(name_it, (lanes[name], name))
            packed = sum(count << BITS * lanes[name] for name, count in counts.items())
            stored = packed.to_bytes(packed.bit_length() // 8 + 1, 'little', signed=True)
            db.execute_sql(put, (day, version, stored))
            last = day


def _counted(figures):
    found = Counter({name: int(figures.get(name) or 0) for name in TOTALS})
    for table in DICTS:
        found.update({'%s.%s' % (table, name): count for name, count in figures.get(table, {}).items()})
    for name in ('employers_online', 'viewers'):
        found[name] = figures['market_day'].get(name) or 0
    found['tablets'] = len(figures['tablets'])
    found['tablets_complete'] = sum(bool(tablet['complete']) for tablet in figures['tablets'])
    found['booths_without_tablet'] = len(figures.get('booths_without_tablet', ()))
    for row in figures['hours']:
        found.update({'hours/%s/%s' % (row['hour'], name): row[name] for name in ('visits', 'check_ins')})
    for row in figures['trades']:
        found.update({'trades/%s/%s' % (row['trade'], name): row[name] for name in ('places', 'seekers')})
    for row in figures['groups']:
        cell = '%s,%s,%s' % (row['group'], row['sex'], row['age'])
        found.update({'groups/%s/%s' % (cell, fact): row[fact] for fact in ('registered', 'agreed', 'hired')})
    return {name: count for name, count in found.items() if count}
