"""The domain: nouns, rules, sync and counting. Nothing in here knows the web.

Peewee loads PostgreSQL's driver wherever it is installed, and with it asyncio: 11 MB and 90 ms in each process of
a server that uses SQLite. While peewee is imported, ``None`` stands in the driver's place (Python then refuses its
import, as if it was not installed), unless ``GANCHANG_DATABASE`` names PostgreSQL. This stands here because this
file runs before anything in the package can import peewee. A program that uses both databases, as the tests do,
imports peewee first.
"""

import os
import sys

if "peewee" not in sys.modules and not os.environ.get("GANCHANG_DATABASE", "").startswith("postgres"):
    sys.modules["psycopg"] = None  # type: ignore[assignment]
    import peewee  # noqa: F401

    del sys.modules["psycopg"]
