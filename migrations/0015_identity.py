"""Identity hashes are made again: another dot, dash, quote or prefix no longer makes somebody else of a person.

The hashes of before told fewer people apart as one, never more: whoever was one person stays one. Those who become one are
joined by `flask migrate` after this (models/derived/replay.py), because what is derived from their facts changes too.
"""

import hashlib
import hmac
import re
import unicodedata

from peewee import *

DOTS = ".·•‧∙⋅●・。\u119e\u16eb\u2e31\u2e33"
QUOTES = "'\"`′ʹʻʼ"
SELECTORS = re.compile('[\u034f\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]')
LOOSE = ('Zs', 'Zl', 'Zp', 'Cc', 'Cf', 'Pd', 'Pi', 'Pf')
BRACKETS = str.maketrans('[{〈《「『【〔〖]}〉》」』】〕〗', '(((((((((' + ')))))))))')


def up(migrator, db):
    _hash_again(db, lambda name: _same_name(name) or name, _same_phone)


def down(migrator, db):
    _hash_again(db, _former_name, _former_phone)


def _hash_again(db, name_of, phone_of):
    mark = '?' if isinstance(db, SqliteDatabase) else '%s'
    rows = db.execute_sql(
        'SELECT c.id, c.name, c.birth_year, c.phone, k.identity_key FROM candidate AS c'
        ' JOIN county AS k ON k.id = c.county_id WHERE c.phone IS NOT NULL'
    ).fetchall()
    hashes = []
    for candidate, name, year, phone, key in rows:
        digits = phone_of(phone)
        message = '%s|%s|%s' % (name_of(name), year, digits)
        sign = hmac.new(bytes.fromhex(key), message.encode(), hashlib.sha256).hexdigest() if digits else None
        hashes.append((sign, candidate))
    if hashes:
        db.cursor().executemany('UPDATE candidate SET identity = {0} WHERE id = {0}'.format(mark), hashes)


def _same_name(name):
    folded = SELECTORS.sub('', unicodedata.normalize('NFKC', name).casefold()).translate(BRACKETS)
    return ''.join(c for c in folded if c not in DOTS + QUOTES and unicodedata.category(c) not in LOOSE)


def _same_phone(phone):
    digits = _digits(phone).lstrip('0')
    return digits[2:].lstrip('0') if digits.startswith('86') and len(digits) in (12, 13) else digits


def _former_name(name):
    return ''.join(unicodedata.normalize('NFKC', name).split()).casefold()


def _former_phone(phone):
    digits = _digits(phone)
    return digits[2:] if len(digits) == 13 and digits.startswith('86') else digits


def _digits(phone):
    return ''.join(c for c in unicodedata.normalize('NFKC', phone) if c.isdigit())
