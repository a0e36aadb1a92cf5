"""The first schema: set-up, people, operations and what is derived from them."""

from peewee import *


def up(migrator, db):
    SQLITE = isinstance(db, SqliteDatabase)  # there, tables with a key of their own need no second tree
    class Division(Model):
        code = CharField(primary_key=True, max_length=12)
        name = CharField()
        parent = CharField(index=True, null=True, max_length=12)
        level = CharField(max_length=16)
        valid_from = DateField(null=True)
        valid_to = DateField(null=True)
        successor = CharField(null=True, max_length=12)
        class Meta:
            database = db
            table_name = 'division'
    db.create_tables([Division])

    class County(Model):
        division = ForeignKeyField(Division, null=True)
        name = CharField()
        service_name = CharField()
        phone = CharField(default='12333')
        timezone = CharField(default='Asia/Shanghai')
        identity_key = CharField(max_length=64)
        class Meta:
            database = db
            table_name = 'county'
    db.create_tables([County])

    class AccessToken(Model):
        county = ForeignKeyField(County, on_delete='CASCADE')
        name = CharField()
        token_hash = CharField(unique=True, max_length=64)
        created_at = BigIntegerField()
        revoked_at = BigIntegerField(null=True)
        class Meta:
            database = db
            table_name = 'access_token'
    db.create_tables([AccessToken])

    class Alias(Model):
        node = CharField(primary_key=True, max_length=36)
        person = CharField(index=True, max_length=36)
        class Meta:
            database = db
            table_name = 'alias'
    db.create_tables([Alias])

    class AuditEntry(Model):
        county = ForeignKeyField(County, null=True, on_delete='SET NULL')
        at = BigIntegerField(index=True)
        who = CharField()
        action = CharField(max_length=32)
        what = TextField(default='')
        rows = IntegerField(null=True)
        class Meta:
            database = db
            table_name = 'audit_entry'
    db.create_tables([AuditEntry])

    class Campaign(Model):
        county = ForeignKeyField(County, on_delete='CASCADE')
        name = CharField()
        theme = CharField(default='')
        starts_on = DateField()
        ends_on = DateField()
        class Meta:
            database = db
            table_name = 'campaign'
    db.create_tables([Campaign])

    class MarketDay(Model):
        county = ForeignKeyField(County, on_delete='CASCADE')
        campaign = ForeignKeyField(Campaign, null=True, on_delete='SET NULL')
        town = ForeignKeyField(Division)
        date = DateField(index=True)
        opens_at = CharField(max_length=5, default='08:00')
        closes_at = CharField(max_length=5, default='12:00')
        venue = CharField(max_length=16, default='MARKET_TOWN')
        place = CharField(default='')
        position = BigIntegerField(default=0)
        class Meta:
            database = db
            table_name = 'market_day'
    db.create_tables([MarketDay])

    class Employer(Model):
        county = ForeignKeyField(County, on_delete='CASCADE')
        name = CharField()
        kind = CharField(max_length=16, default='enterprise')
        credit_code = CharField(max_length=18, default='')
        licence = CharField(default='')
        contact = CharField(default='')
        phone = CharField(max_length=32, default='')
        class Meta:
            database = db
            table_name = 'employer'
    db.create_tables([Employer])

    class Booth(Model):
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE')
        number = IntegerField()
        name = CharField()
        kind = CharField(max_length=16, default='employer')
        employer = ForeignKeyField(Employer, null=True, on_delete='SET NULL')
        topics = CharField(default='leaflet,policy')
        class Meta:
            database = db
            table_name = 'booth'
            indexes = ((('market_day', 'number'), True),)
    db.create_tables([Booth])

    class Tablet(Model):
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE')
        booth = ForeignKeyField(Booth, null=True, on_delete='CASCADE')
        letter = CharField(max_length=8)
        name = CharField(default='')
        token_hash = CharField(unique=True, null=True, max_length=64)
        enrolled_at = BigIntegerField()
        revoked_at = BigIntegerField(null=True)
        last_contact_at = BigIntegerField(null=True)
        acknowledged = IntegerField(default=0)
        unsent = IntegerField(null=True)
        clock_offset_ms = BigIntegerField(default=0)
        latest_at = BigIntegerField(default=0)
        class Meta:
            database = db
            table_name = 'tablet'
            indexes = ((('market_day', 'letter'), True),)
    db.create_tables([Tablet])

    class Candidate(Model):
        id = CharField(primary_key=True, max_length=36)
        person = CharField(max_length=36)
        county = ForeignKeyField(County, on_delete='CASCADE', index=False)
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE', index=False)
        tablet = ForeignKeyField(Tablet, on_delete='CASCADE', index=False)
        name = CharField(max_length=100)
        birth_year = IntegerField()
        phone = CharField(null=True, max_length=32)
        phone_owner = CharField(null=True, max_length=32)
        sex = CharField(null=True, max_length=8)
        home_division = CharField(null=True, max_length=64)
        education = CharField(null=True, max_length=32)
        trades = CharField(max_length=600, default='')
        wanted_place = CharField(null=True, max_length=16)
        wanted_pay_min_fen = IntegerField(null=True)
        work_kinds = CharField(max_length=64, default='')
        groups = CharField(max_length=200, default='')
        registered_by = CharField(max_length=16, default='operator')
        notice_at = CharField(null=True, max_length=40)
        registered_at = BigIntegerField()
        identity = CharField(null=True, max_length=64)
        version = IntegerField(default=1)
        token_hash = CharField(unique=True, null=True, max_length=64)
        class Meta:
            database = db
            table_name = 'candidate'
            indexes = ((('market_day', 'person'), False), (('county', 'identity'), False))
    db.create_tables([Candidate])

    class Change(Model):
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE', index=False)
        booth = IntegerField()
        kind = CharField(max_length=16)
        key = CharField(max_length=36)
        position = BigIntegerField()
        source = IntegerField(null=True)
        class Meta:
            database = db
            table_name = 'change'
            without_rowid = SQLITE
            primary_key = CompositeKey('market_day', 'booth', 'kind', 'key')
            indexes = ((('market_day', 'booth', 'position'), False),)
    db.create_tables([Change])

    class CheckIn(Model):
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE', index=False)
        vacancy = CharField(max_length=7)
        person = CharField(max_length=36)
        booth = IntegerField(null=True)
        at_ms = BigIntegerField()
        stage = CharField(max_length=16, default='interested')
        reached = IntegerField(default=0)
        place = CharField(null=True, max_length=16)
        class Meta:
            database = db
            table_name = 'check_in'
            without_rowid = SQLITE
            primary_key = CompositeKey('market_day', 'vacancy', 'person')
            indexes = ((('person',), False), (('market_day', 'person'), False))
    db.create_tables([CheckIn])

    class Consent(Model):
        id = CharField(primary_key=True, max_length=36)
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE')
        candidate = CharField(index=True, max_length=36)
        vacancy = CharField(max_length=7)
        spoken = BooleanField(default=False)
        given_at = BigIntegerField(null=True)
        withdrawn_at = BigIntegerField(null=True)
        class Meta:
            database = db
            table_name = 'consent'
    db.create_tables([Consent])

    class Enrolment(Model):
        booth = ForeignKeyField(Booth, on_delete='CASCADE')
        code_hash = CharField(unique=True, max_length=64)
        expires_at = BigIntegerField()
        used_at = BigIntegerField(null=True)
        class Meta:
            database = db
            table_name = 'enrolment'
    db.create_tables([Enrolment])

    class MarketRule(Model):
        town = ForeignKeyField(Division, unique=True)
        calendar = CharField(max_length=16, default='gregorian')
        digits = CharField(max_length=32, default='')
        skips_31st = BooleanField(default=True)
        class Meta:
            database = db
            table_name = 'market_rule'
    db.create_tables([MarketRule])

    class PassBinding(Model):
        tablet = ForeignKeyField(Tablet, on_delete='CASCADE', index=False)
        seq = IntegerField()
        pass_number = CharField(index=True, max_length=10)
        candidate = CharField(index=True, max_length=36)
        effective_ms = BigIntegerField()
        class Meta:
            database = db
            table_name = 'pass_binding'
            without_rowid = SQLITE
            primary_key = CompositeKey('tablet', 'seq')
    db.create_tables([PassBinding])

    class Operation(Model):
        tablet = ForeignKeyField(Tablet, on_delete='CASCADE', index=False)
        seq = IntegerField()
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE', index=False)
        uuid = CharField(null=True, max_length=36)
        kind = CharField(max_length=64)
        subject = CharField(index=True, null=True, max_length=36)
        booth = IntegerField(null=True)
        at_ms = BigIntegerField()
        effective_ms = BigIntegerField()
        received_ms = BigIntegerField()
        body = TextField()
        outcome = CharField(max_length=16)
        reason = CharField(null=True, max_length=64)
        class Meta:
            database = db
            table_name = 'operation'
            without_rowid = SQLITE
            primary_key = CompositeKey('tablet', 'seq')
    # Few operations need a person's eye: the index that counts them holds only those.
    Operation.add_index(
        Operation.index(Operation.market_day, Operation.outcome).where(Operation.outcome != 'applied')
    )
    Operation.add_index(Operation.index(Operation.uuid).where(Operation.kind == 'tally.counted'))
    db.create_tables([Operation])

    class Operator(Model):
        booth = ForeignKeyField(Booth, on_delete='CASCADE')
        name = CharField()
        pin_salt = CharField(max_length=32)
        pin_hash = CharField(max_length=64)
        pin_iterations = IntegerField(default=60000)
        class Meta:
            database = db
            table_name = 'operator'
    db.create_tables([Operator])

    class Organiser(Model):
        county = ForeignKeyField(County, on_delete='CASCADE')
        login = CharField(unique=True)
        name = CharField()
        role = CharField(max_length=16, default='organiser')
        password_hash = CharField()
        class Meta:
            database = db
            table_name = 'organiser'
    db.create_tables([Organiser])

    class PassKey(Model):
        county = ForeignKeyField(County, on_delete='CASCADE')
        private_pem = TextField()
        public = CharField(max_length=90)
        created_at = BigIntegerField()
        revoked_at = BigIntegerField(null=True)
        class Meta:
            database = db
            table_name = 'pass_key'
    db.create_tables([PassKey])

    class PassRange(Model):
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE')
        first_payload = BigIntegerField(unique=True)
        last_payload = BigIntegerField()
        class Meta:
            database = db
            table_name = 'pass_range'
    db.create_tables([PassRange])

    class PhonePass(Model):
        number = CharField(primary_key=True, max_length=10)
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE')
        candidate = CharField(index=True, max_length=36)
        digits = TextField()
        expires_at = BigIntegerField()
        class Meta:
            database = db
            table_name = 'phone_pass'
    db.create_tables([PhonePass])

    class Progress(Model):
        tablet = ForeignKeyField(Tablet, on_delete='CASCADE', index=False)
        seq = IntegerField()
        scan = CharField(index=True, max_length=36)
        stage = CharField(max_length=16)
        place = CharField(null=True, max_length=16)
        correction = BooleanField(default=False)
        effective_ms = BigIntegerField()
        class Meta:
            database = db
            table_name = 'progress'
            without_rowid = SQLITE
            primary_key = CompositeKey('tablet', 'seq')
    db.create_tables([Progress])

    class Scan(Model):
        tablet = ForeignKeyField(Tablet, on_delete='CASCADE', index=False)
        seq = IntegerField()
        id = CharField(index=True, max_length=36)
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE', index=False)
        vacancy = CharField(max_length=7)
        person = CharField(max_length=36)
        node = CharField(max_length=36)
        booth = IntegerField(null=True)
        at_ms = BigIntegerField()
        effective_ms = BigIntegerField()
        class Meta:
            database = db
            table_name = 'scan'
            without_rowid = SQLITE
            primary_key = CompositeKey('tablet', 'seq')
            indexes = ((('person', 'market_day', 'vacancy'), False),)
    db.create_tables([Scan])

    class Tally(Model):
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE', index=False)
        topic = CharField(max_length=32)
        booth = IntegerField()
        hour = IntegerField()
        count = IntegerField()
        class Meta:
            database = db
            table_name = 'tally'
            without_rowid = SQLITE
            primary_key = CompositeKey('market_day', 'topic', 'booth', 'hour')
    db.create_tables([Tally])

    class Vacancy(Model):
        number = CharField(unique=True, max_length=7)
        booth = ForeignKeyField(Booth, on_delete='CASCADE')
        title = CharField()
        trade = CharField(max_length=32)
        openings = IntegerField()
        duties = TextField(default='')
        place = CharField(default='')
        pay_min_fen = IntegerField(null=True)
        pay_max_fen = IntegerField(null=True)
        pay_unit = CharField(max_length=8, default='month')
        work_kind = CharField(max_length=16, default='full_time')
        hours = CharField(default='')
        benefits = CharField(default='')
        requirements = TextField(default='')
        bring = CharField(default='')
        adults_only = BooleanField(default=False)
        valid_until = DateField(null=True)
        closed = BooleanField(default=False)
        class Meta:
            database = db
            table_name = 'vacancy'
    db.create_tables([Vacancy])

    class Visit(Model):
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE', index=False)
        booth = IntegerField()
        person = CharField(max_length=36)
        at_ms = BigIntegerField()
        class Meta:
            database = db
            table_name = 'visit'
            without_rowid = SQLITE
            primary_key = CompositeKey('market_day', 'person', 'booth')
            indexes = ((('person',), False),)
    db.create_tables([Visit])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('visit'))
    migrator.migrate(migrator.drop_table('vacancy'))
    migrator.migrate(migrator.drop_table('tally'))
    migrator.migrate(migrator.drop_table('scan'))
    migrator.migrate(migrator.drop_table('progress'))
    migrator.migrate(migrator.drop_table('phone_pass'))
    migrator.migrate(migrator.drop_table('pass_range'))
    migrator.migrate(migrator.drop_table('pass_key'))
    migrator.migrate(migrator.drop_table('pass_binding'))
    migrator.migrate(migrator.drop_table('organiser'))
    migrator.migrate(migrator.drop_table('operator'))
    migrator.migrate(migrator.drop_table('operation'))
    migrator.migrate(migrator.drop_table('market_rule'))
    migrator.migrate(migrator.drop_table('enrolment'))
    migrator.migrate(migrator.drop_table('consent'))
    migrator.migrate(migrator.drop_table('check_in'))
    migrator.migrate(migrator.drop_table('change'))
    migrator.migrate(migrator.drop_table('candidate'))
    migrator.migrate(migrator.drop_table('tablet'))
    migrator.migrate(migrator.drop_table('booth'))
    migrator.migrate(migrator.drop_table('employer'))
    migrator.migrate(migrator.drop_table('market_day'))
    migrator.migrate(migrator.drop_table('campaign'))
    migrator.migrate(migrator.drop_table('audit_entry'))
    migrator.migrate(migrator.drop_table('alias'))
    migrator.migrate(migrator.drop_table('access_token'))
    migrator.migrate(migrator.drop_table('county'))
    migrator.migrate(migrator.drop_table('division'))
