"""Another process that holds the lock of a SQLite database: ``python -m tests.faults.lock_holder FILE SECONDS``."""

import sqlite3
import sys
import time


def main(path: str, seconds: str) -> None:
    """Begin to write, say so, and do nothing for so long."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    connection.execute("BEGIN IMMEDIATE")
    print("held", flush=True)
    time.sleep(float(seconds))
    connection.execute("ROLLBACK")


if __name__ == "__main__":
    main(*sys.argv[1:])
