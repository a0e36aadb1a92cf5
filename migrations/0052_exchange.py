"""The exchange of vacancies between regions: a county's key, its partners, packages that went out and came in."""

from peewee import *


def up(migrator, db):
    key = '"id" %s' % (
        'INTEGER NOT NULL PRIMARY KEY' if isinstance(db, SqliteDatabase) else 'SERIAL NOT NULL PRIMARY KEY'
    )
    county = '"county_id" INTEGER NOT NULL REFERENCES "county" ("id") ON DELETE CASCADE'
    partner = '"partner_id" INTEGER NOT NULL REFERENCES "partner" ("id") ON DELETE CASCADE'
    tables = {
        'region_key': (
            key, county, '"private_pem" TEXT NOT NULL', '"public" VARCHAR(64) NOT NULL', '"created_at" BIGINT NOT NULL',
        ),
        'partner': (
            key, county, '"name" VARCHAR(255) NOT NULL', '"phone" VARCHAR(32) NOT NULL', '"public" VARCHAR(64) NOT NULL',
            '"origin" VARCHAR(16) NOT NULL', '"confirmed_by" VARCHAR(255) NOT NULL', '"confirmed_at" BIGINT NOT NULL',
            '"ended_at" BIGINT',
        ),
        'sent_package': (
            key, county, '"partner_id" INTEGER REFERENCES "partner" ("id") ON DELETE SET NULL',
            '"made_at" BIGINT NOT NULL', '"made_by" VARCHAR(255) NOT NULL', '"expires_on" DATE NOT NULL',
            '"vacancies" INTEGER NOT NULL', '"body" TEXT NOT NULL',
        ),
        'received_package': (
            key, county, partner, '"package" VARCHAR(36) NOT NULL', '"issued_at" BIGINT NOT NULL',
            '"expires_on" DATE NOT NULL', '"received_at" BIGINT NOT NULL', '"received_by" VARCHAR(255) NOT NULL',
            '"vacancies" INTEGER NOT NULL',
        ),
        'received_vacancy': (
            key, county, partner, '"number" VARCHAR(20) NOT NULL',
            '"package_id" INTEGER NOT NULL REFERENCES "received_package" ("id") ON DELETE CASCADE',
            '"said" TEXT NOT NULL', '"state" VARCHAR(16) NOT NULL', '"decided_by" VARCHAR(255) NOT NULL',
            '"decided_at" BIGINT', '"vacancy_id" INTEGER REFERENCES "vacancy" ("id") ON DELETE SET NULL',
        ),
    }
    for table, columns in tables.items():
        db.execute_sql('CREATE TABLE "%s" (%s)' % (table, ', '.join(columns)))
    for kind, name, table, columns in (
        ('', 'region_key_county_id', 'region_key', '"county_id"'),
        ('UNIQUE', 'partner_county_id_public', 'partner', '"county_id", "public"'),
        ('', 'sent_package_county_id', 'sent_package', '"county_id"'),
        ('', 'sent_package_partner_id', 'sent_package', '"partner_id"'),
        ('UNIQUE', 'received_package_county_id_package', 'received_package', '"county_id", "package"'),
        ('', 'received_package_partner_id', 'received_package', '"partner_id"'),
        ('UNIQUE', 'received_vacancy_partner_id_number', 'received_vacancy', '"partner_id", "number"'),
        ('', 'received_vacancy_county_id_state', 'received_vacancy', '"county_id", "state"'),
        ('', 'received_vacancy_package_id', 'received_vacancy', '"package_id"'),
        ('', 'received_vacancy_vacancy_id', 'received_vacancy', '"vacancy_id"'),
    ):
        db.execute_sql('CREATE %s INDEX "%s" ON "%s" (%s)' % (kind, name, table, columns))


def down(migrator, db):
    """The release before exchanges nothing. What was accepted stays, as vacancies of the county."""
    for table in ('received_vacancy', 'received_package', 'sent_package', 'partner', 'region_key'):
        db.execute_sql('DROP TABLE "%s"' % table)
