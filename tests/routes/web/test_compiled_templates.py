"""Compiled templates are kept between starts, never used when they are old, and never read where others may write."""

import shutil

import pytest
from flask import Flask
from jinja2.environment import Environment

from routes.web.compiled_templates import compile_all, keep_compiled


@pytest.fixture
def templates(tmp_path):
    folder = tmp_path / "templates"
    folder.mkdir()
    return folder


@pytest.fixture
def start(tmp_path, templates, monkeypatch):
    """Return a function that starts an application with one template and returns how many it had to compile."""
    compiled = []
    own = Environment._generate
    monkeypatch.setattr(Environment, "_generate", lambda *given, **more: compiled.append(1) or own(*given, **more))

    def start(text="{{ 1 + 1 }}\n", folder=tmp_path / "compiled", **options):
        (templates / "page.html").write_text(text, encoding="utf-8")
        app = Flask(__name__, template_folder=str(templates))
        for name, value in options.items():
            setattr(app.jinja_env, name, value)
        keep_compiled(app, folder)
        compiled.clear()
        assert compile_all(app) == 1
        return len(compiled)

    return start


def test_the_second_start_compiles_nothing(start):
    assert [start(), start()] == [1, 0]


def test_a_changed_template_is_compiled_anew(start):
    start()
    assert start("{{ 2 + 2 }}\n") == 1


def test_another_option_of_the_compiler_asks_for_other_bytecode(start):
    start()
    assert start(trim_blocks=True) == 1


@pytest.mark.parametrize("mode", [0o777, 0o775])
def test_a_folder_that_others_may_write_into_is_not_used(start, tmp_path, mode):
    start()
    (tmp_path / "compiled").chmod(mode)
    assert start() == 1


def test_without_a_folder_the_templates_are_compiled_at_each_start(start, tmp_path):
    (tmp_path / "file").touch()
    assert [start(folder=tmp_path / "file" / "compiled") for _ in range(2)] == [1, 1]


def test_a_folder_that_went_away_fails_no_page(tmp_path, templates):
    app = Flask(__name__, template_folder=str(templates))
    (templates / "page.html").write_text("well", encoding="utf-8")
    keep_compiled(app, tmp_path / "compiled")
    shutil.rmtree(tmp_path / "compiled")

    assert app.jinja_env.get_template("page.html").render() == "well"
