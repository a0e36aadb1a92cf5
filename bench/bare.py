"""The bare server: a minimal Flask application, served as ours is, that others are measured against."""

import json
import os
import sqlite3
import threading

from flask import Flask, Response, redirect, request

from models.base.connection import PRAGMAS

COLUMNS = "tablet, seq, market_day, uuid, kind, subject, booth, at, received_ms, body, outcome"
TABLE = f"CREATE TABLE bare ({COLUMNS}, PRIMARY KEY (tablet, seq))"
INSERT = f"INSERT INTO bare VALUES ({', '.join('?' * len(COLUMNS.split(',')))})"


def open_file(path: str) -> sqlite3.Connection:
    """Open a SQLite file with the application's own pragmas."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
    return connection


def row(tablet: int, operation: dict) -> tuple:
    """Return an operation as the one table keeps it."""
    data = operation["data"]
    return (
        tablet, operation["seq"], 1, operation["id"], operation["kind"], data.get("pass"), 1,
        operation["at"], 0, json.dumps(operation, ensure_ascii=False), "applied",
    )  # fmt: skip


def insert(connection: sqlite3.Connection, rows: list[tuple]) -> None:
    """Insert rows in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(INSERT, rows)
    connection.execute("COMMIT")


def create_app() -> Flask:
    """Return the bare application: it stores a batch's rows and answers, and no more."""
    app = Flask(__name__)
    path = os.environ.get("GANCHANG_DATABASE", "").removeprefix("sqlite:///")
    local, one_writer = threading.local(), threading.Lock()

    @app.get("/healthz")
    def health() -> str:
        return "ok"

    @app.post("/sync")
    def sync() -> dict:
        if not hasattr(local, "connection"):
            local.connection = open_file(path)
        operations = json.loads(request.get_data())["operations"]
        tablet = request.cookies["ganchang_tablet"]
        with one_writer:
            insert(local.connection, [row(tablet, operation) for operation in operations])
        return {"acknowledged": operations[-1]["seq"]}

    @app.post("/form")
    def form() -> Response:
        return redirect(f"/{request.form['vacancy']}", 303)

    return app


def main() -> None:
    """Serve with the server and the settings of ``flask serve``."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "bench.bare:create_app",
        factory=True,
        address="127.0.0.1",
        port=int(os.environ["GANCHANG_PORT"]),
        interface=Interfaces.WSGI,
        workers=int(os.environ["GANCHANG_WORKERS"]),
        blocking_threads=4,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    main()
