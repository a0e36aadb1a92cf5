"""Closings and amendments; what a tablet lost is written off; who signed up by phone was not at a booth for it.

What follows from facts by other rules than before is made again: an undone sending is called a mistake, for a candidate
may withdraw as well; a phone's check-in shows a visit only while the market was open, half an hour either side; and a
second hire of a person needs attention.
"""

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from peewee import *

ADD = (
    ('booth', '"expects_tablet" %(truth)s NOT NULL DEFAULT %(yes)s'),
    ('tablet', '"written_off_at" BIGINT'),
    ('tablet', '"written_off_lost" INTEGER NOT NULL DEFAULT 0'),
    ('tablet', '"written_off_by" VARCHAR(255) NOT NULL DEFAULT \'\''),
    ('tablet', '"written_off_why" VARCHAR(255) NOT NULL DEFAULT \'\''),
)
AROUND = timedelta(minutes=30)
BY_PHONE = (
    "SELECT o.market_day_id, o.booth, COALESCE(a.person, o.subject), o.at_ms FROM log AS t"
    " JOIN operation AS o ON o.tablet_id = t.id LEFT JOIN alias AS a ON a.node = o.subject"
    " WHERE t.kind IN ('phones', 'office') AND o.kind = 'check_in.recorded' AND o.booth IS NOT NULL"
    " AND o.outcome NOT IN ('refused', 'waiting')"
)
SHOWN = (  # by all of a person's facts at a booth
    "SELECT o.at_ms, t.booth_id FROM operation AS o JOIN log AS t ON t.id = o.tablet_id"
    " LEFT JOIN alias AS a ON a.node = o.subject WHERE o.market_day_id = {0} AND o.booth = {0}"
    " AND COALESCE(a.person, o.subject) = {0} AND o.outcome NOT IN ('refused', 'waiting')"
    " AND o.kind IN ('visit.recorded', 'check_in.recorded', 'candidate.registered')"
)
HIRED_TWICE = (
    "SELECT market_day_id, person FROM check_in WHERE reached >= 4 GROUP BY market_day_id, person HAVING COUNT(*) > 1"
)
MOVES = (
    "SELECT s.vacancy, p.effective_ms, p.tablet_id, p.seq, p.stage, p.correction FROM scan AS s"
    " JOIN progress AS p ON p.scan = s.id WHERE s.market_day_id = {0} AND s.person = {0} AND NOT EXISTS"
    " (SELECT 1 FROM progress AS m WHERE m.scan = s.id AND m.stage = 'mistake')"
    " ORDER BY p.effective_ms, p.tablet_id, p.seq"
)
RANKS = {'interested': 0, 'introduced': 1, 'interviewed': 2, 'agreed': 3, 'hired': 4, 'started': 5}


def up(migrator, db):
    SQLITE = isinstance(db, SqliteDatabase)
    mark = '?' if SQLITE else '%s'
    words = {'truth': 'INTEGER' if SQLITE else 'BOOLEAN', 'yes': '1' if SQLITE else 'TRUE'}
    for table, column in ADD:
        db.execute_sql('ALTER TABLE "%s" ADD COLUMN %s' % (table, column % words))
    db.create_tables(_tables(db, SQLITE))
    db.execute_sql("UPDATE progress SET stage = 'mistake' WHERE stage = 'withdrawn'")
    _judge_visits(db, mark)
    _judge_hires(db, mark)


def down(migrator, db):
    db.execute_sql("UPDATE progress SET stage = 'withdrawn' WHERE stage = 'mistake'")
    db.execute_sql("DELETE FROM remark WHERE reason IN ('hired_twice', 'withdrawn_after_hire')")
    db.execute_sql(  # only two reasons come after these, and no fact has both
        'UPDATE operation SET reason = (SELECT MIN(r.reason) FROM remark AS r WHERE r.tablet_id = operation.tablet_id'
        " AND r.seq = operation.seq) WHERE reason IN ('hired_twice', 'withdrawn_after_hire')"
    )
    db.execute_sql("UPDATE operation SET outcome = 'applied' WHERE reason IS NULL AND outcome = 'attention'")
    for table in ('amendment', 'closing'):
        db.execute_sql('DROP TABLE "%s"' % table)
    for table, column in reversed(ADD):
        db.execute_sql('ALTER TABLE "%s" DROP COLUMN %s' % (table, column.split()[0]))


def _tables(db, sqlite):
    class MarketDay(Model):
        class Meta:
            database = db
            table_name = 'market_day'

    class Closing(Model):
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE', index=False)
        version = IntegerField()
        at = BigIntegerField()
        who = CharField()
        reason = TextField(default='')
        figures = TextField()
        hash = CharField(max_length=64)
        facts = IntegerField()
        settlements = IntegerField()
        class Meta:
            database = db
            table_name = 'closing'
            primary_key = CompositeKey('market_day', 'version')

    class Amendment(Model):
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE')
        at = BigIntegerField()
        who = CharField()
        reason = TextField()
        thing = CharField(max_length=16)
        number = CharField(max_length=8)
        field = CharField(max_length=32)
        old = TextField()
        new = TextField()
        class Meta:
            database = db
            table_name = 'amendment'

    return [Closing, Amendment]


def _judge_visits(db, mark):
    """Take away the visits that only a check-in outside the market's hours shows; others begin when they did."""
    hours = {}
    suspect = set()
    for day, booth, person, at_ms in db.execute_sql(BY_PHONE).fetchall():
        if day not in hours:
            hours[day] = _hours(db, mark, day)
        if not hours[day][0] <= at_ms <= hours[day][1]:
            suspect.add((day, booth, person))
    of_visit = ' WHERE market_day_id = {0} AND booth = {0} AND person = {0}'.format(mark)
    for day, booth, person in sorted(suspect):
        facts = db.execute_sql(SHOWN.format(mark), (day, booth, person)).fetchall()
        shown = [at for at, place in facts if place is not None or hours[day][0] <= at <= hours[day][1]]
        if shown:
            db.execute_sql('UPDATE visit SET at_ms = %s%s' % (mark, of_visit), (min(shown), day, booth, person))
        else:
            db.execute_sql('DELETE FROM visit' + of_visit, (day, booth, person))


def _hours(db, mark, day):
    """Return when a market day opens and closes, with half an hour around, in ms since 1970."""
    sql = 'SELECT d.date, d.opens_at, d.closes_at, c.timezone FROM market_day AS d JOIN county AS c ON c.id = d.county_id'
    on, opens_at, closes_at, zone = db.execute_sql('%s WHERE d.id = %s' % (sql, mark), (day,)).fetchone()
    on = datetime.fromisoformat(str(on)).date()
    offset = datetime.combine(on, time(12), ZoneInfo(zone)).utcoffset()
    opens, closes = (datetime.combine(on, time.fromisoformat(at), UTC) - offset for at in (opens_at, closes_at))
    if closes <= opens:
        closes += timedelta(days=1)
    return tuple(int(moment.timestamp() * 1000) for moment in (opens - AROUND, closes + AROUND))


def _judge_hires(db, mark):
    """Mark each move that hired a person at one more vacancy."""
    for day, person in db.execute_sql(HIRED_TWICE).fetchall():
        moves = defaultdict(list)
        for vacancy, *move in db.execute_sql(MOVES.format(mark), (day, person)).fetchall():
            moves[vacancy].append(move)
        hires = sorted(hire for hire in map(_hire, moves.values()) if hire)
        for _, tablet, seq in hires[1:]:
            _remark(db, mark, tablet, seq)


def _hire(moves):
    """Return (effective time, tablet, seq) of the move that hired somebody at one vacancy, if one stands."""
    rank, hire = 0, None
    for effective_ms, tablet, seq, stage, correction in moves:
        new = RANKS.get(stage, -1)
        if new >= 0 and (correction or new > rank):
            rank = new
            hire = (hire or (effective_ms, tablet, seq)) if new >= 4 else None
    return hire


def _remark(db, mark, tablet, seq):
    db.execute_sql(
        "INSERT INTO remark (tablet_id, seq, reason) VALUES ({0}, {0}, 'hired_twice')".format(mark), (tablet, seq)
    )
    db.execute_sql(  # what else may be said of it, or that it was settled, is shown before
        "UPDATE operation SET outcome = 'attention', reason = 'hired_twice' WHERE tablet_id = {0} AND seq = {0}"
        " AND (reason IS NULL OR reason IN ('vacancy_closed', 'vacancy_full'))".format(mark),
        (tablet, seq),
    )
