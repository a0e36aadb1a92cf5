"""The command that makes the papers that somebody asked for as one PDF (docs/papers.md)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_babel import force_locale

from models.base.database import db
from models.printing.batch_run import run_all
from models.printing.paper_words import PaperWords
from routes.office.paper_words import WORDS


@contextmanager
def in_language(code: str) -> Iterator[PaperWords]:
    """Give the words of a language while its papers are drawn."""
    with force_locale(code):
        yield WORDS


@click.command("make-papers")
@with_appcontext
def make_papers_command() -> None:
    """Make the batches of papers that wait, each as one PDF. The office's pages begin it."""
    os.nice(10)  # tablets and phones come first
    with db.connection_context():
        count = run_all(current_app.config["ORIGIN"], in_language)
    click.echo(f"{count} files")


def init_app(app: Flask) -> None:
    """Give ``app`` its command."""
    app.cli.add_command(make_papers_command)
