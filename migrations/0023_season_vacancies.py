"""Vacancies of an employer for a season, offered on market days. Each of before is offered where it stood; its number stays."""

from peewee import *

OLD = (
    'id', 'number', 'title', 'trade', 'openings', 'duties', 'place', 'pay_min_fen', 'pay_max_fen', 'pay_unit', 'work_kind',
    'hours', 'benefits', 'requirements', 'bring', 'adults_only', 'valid_until', 'closed',
)
HIRED = 'CREATE INDEX "check_in_vacancy_person" ON "check_in" ("vacancy", "person") WHERE ("reached" >= 4)'


def up(migrator, db):
    old = ', '.join('v.' + column for column in OLD)
    rows = db.execute_sql(
        'SELECT ' + old + ', d.county_id, b.employer_id, b.id, d.id FROM vacancy AS v JOIN booth AS b ON b.id = v.booth_id'
        ' JOIN market_day AS d ON d.id = b.market_day_id ORDER BY v.id'
    ).fetchall()
    db.execute_sql('DROP TABLE vacancy')
    Vacancy, Offer = _tables(db)
    db.create_tables([Vacancy, Offer])
    for row in rows:
        *values, county, employer, booth, day = row
        Vacancy.insert(**dict(zip(OLD, values)), county=county, employer=employer).execute()
        Offer.insert(vacancy=row[0], booth=booth, market_day=day).execute()
    _go_on_counting(db)
    db.execute_sql(HIRED)


def down(migrator, db):
    """A vacancy that several market days offer goes back to the first of them; one that none offers is lost."""
    old = ', '.join('v.' + column for column in OLD)
    rows = db.execute_sql(
        'SELECT ' + old + ', o.booth_id FROM vacancy AS v JOIN offer AS o ON o.id ='
        ' (SELECT MIN(f.id) FROM offer AS f WHERE f.vacancy_id = v.id) ORDER BY v.id'
    ).fetchall()
    db.execute_sql('DROP INDEX "check_in_vacancy_person"')
    db.execute_sql('DROP TABLE offer')
    db.execute_sql('DROP TABLE vacancy')
    Vacancy = _earlier(db)
    db.create_tables([Vacancy])
    for *values, booth in rows:
        Vacancy.insert(**dict(zip(OLD, values)), booth=booth).execute()
    _go_on_counting(db)


def _go_on_counting(db):
    """PostgreSQL does not notice ids that were given: the next one comes after them."""
    if not isinstance(db, SqliteDatabase):
        db.execute_sql("SELECT setval(pg_get_serial_sequence('vacancy', 'id'), (SELECT COALESCE(MAX(id), 0) + 1 FROM vacancy), false)")


def _known(db):
    def known(name, key):
        meta = type('Meta', (), {'database': db, 'table_name': name})
        return type(name, (Model,), {'Meta': meta, **key})

    return (
        known('county', {}), known('employer', {}), known('booth', {}), known('market_day', {}),
        known('division', {'code': CharField(max_length=12, primary_key=True)}),
    )


def _fields():
    return {
        'number': CharField(max_length=7, unique=True),
        'title': CharField(),
        'trade': CharField(max_length=32),
        'openings': IntegerField(),
        'duties': TextField(default=''),
        'place': CharField(default=''),
        'pay_min_fen': IntegerField(null=True),
        'pay_max_fen': IntegerField(null=True),
        'pay_unit': CharField(default='month', max_length=8),
        'work_kind': CharField(default='full_time', max_length=16),
        'hours': CharField(default=''),
        'benefits': CharField(default=''),
        'requirements': TextField(default=''),
        'bring': CharField(default=''),
        'adults_only': BooleanField(default=False),
        'valid_until': DateField(null=True),
        'closed': BooleanField(default=False),
    }


def _tables(db):
    County, Employer, Booth, MarketDay, Division = _known(db)
    more = {
        'county': ForeignKeyField(County, on_delete='CASCADE'),
        'employer': ForeignKeyField(Employer, null=True, on_delete='SET NULL'),
        'industry': CharField(default='', max_length=2),
        'work_date': DateField(null=True),
        'pay_includes': CharField(default=''),
        'pay_day': CharField(default=''),
        'shift': CharField(default='', max_length=16),
        'insurance': CharField(default=''),
        'contract': CharField(default=''),
        'probation': CharField(default=''),
        'hazard': CharField(default=''),
        'starts': CharField(default=''),
        'work_division': ForeignKeyField(Division, null=True, on_delete='SET NULL'),
        'urgent': BooleanField(default=False),
        'cluster': CharField(default=''),
        'suits': CharField(default=''),
        'eligibility': CharField(default=''),
        'origin': CharField(default='local', max_length=16),
        'partner': CharField(default=''),
        'source': CharField(default='direct', max_length=16),
        'verified_at': BigIntegerField(null=True),
        'verified_by': CharField(default=''),
    }
    meta = type('Meta', (), {'database': db, 'table_name': 'vacancy'})
    Vacancy = type('Vacancy', (Model,), {'Meta': meta, **_fields(), **more})

    class Offer(Model):
        vacancy = ForeignKeyField(Vacancy, on_delete='CASCADE')
        booth = ForeignKeyField(Booth, on_delete='CASCADE')
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE', index=False)
        class Meta:
            database = db
            table_name = 'offer'
            indexes = ((('market_day', 'vacancy'), True),)

    return Vacancy, Offer


def _earlier(db):
    _, _, Booth, _, _ = _known(db)
    meta = type('Meta', (), {'database': db, 'table_name': 'vacancy'})
    return type('Vacancy', (Model,), {'Meta': meta, **_fields(), 'booth': ForeignKeyField(Booth, on_delete='CASCADE')})
