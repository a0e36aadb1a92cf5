"""People of known names and phones, and a look into every byte of the database."""

import random
from pathlib import Path
from types import SimpleNamespace

import pytest

from models.base.database import db, fetch, is_sqlite
from models.intake.ingest import ingest
from models.schema import MODELS, Tablet
from models.vocabulary.code_list import GROUPS

SURNAMES, GIVEN = "赵钱孙李周吴郑冯陈褚", "鑫淼焱垚犇骉羴猋"


@pytest.fixture
def people(fair, operation) -> list[SimpleNamespace]:
    """Sixty people at a booth: registered with a phone, half of them tied, some registered twice."""
    chance, tablet = random.Random(7), Tablet.enlist(fair.clothing, "A")
    found, facts = [], []
    for number in range(60):
        name = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2))
        phone = f"139{chance.randrange(10**8):08d}"
        data = {
            "name": name, "birth_year": chance.randrange(1950, 2007), "phone": phone, "sex": "female",
            "groups": [chance.choice(list(GROUPS))], "trades": ["sewing"], "home_division": f"{name}家旁边",
        }  # fmt: skip
        facts.append(operation(len(facts) + 1, "candidate.registered", pass_=fair.passes[number], **data))
        one = SimpleNamespace(id=facts[-1]["id"], name=name, phone=phone, year=data["birth_year"])
        found.append(one)
        if number % 2:
            facts.append(operation(len(facts) + 1, "check_in.recorded", candidate=one.id, vacancy=fair.sewing.number))
        if number % 7 == 0:
            facts.append(operation(len(facts) + 1, "candidate.registered", **data))
    ingest(tablet.log, facts)
    for one in found:
        one.tablet, one.facts = tablet, facts
    return found


@pytest.fixture
def bytes_of_all(database):
    """Return a function that returns every byte of the database: the file and its log, or all rows of PostgreSQL."""

    def read() -> bytes:
        if not is_sqlite():
            rows = [fetch(f'SELECT * FROM "{model._meta.table_name}"') for model in MODELS]
            return repr(rows).encode() + repr(rows).encode("ascii", "backslashreplace")
        path = Path(db.database)
        return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))

    return read


@pytest.fixture
def found_in():
    """Return a function that says what of people stands in bytes, as text or as the log writes letters."""

    def find(people: list, content: bytes) -> list[str]:
        words = [word for one in people for word in (one.name, one.phone)]
        return [
            word
            for word in words
            if any(form in content for form in (word.encode(), word.encode("ascii", "backslashreplace")))
        ]

    return find
