"""Compiled templates: kept in a folder, because compiling them is two thirds of what a start costs.

Jinja finds a template's bytecode by its name and compares the text it was made from, so a changed template is compiled
anew. The folder's name holds what else decides what a template is compiled to: Jinja's version and its options.
Bytecode is code, so a folder that somebody else may write into is not used.
"""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import jinja2
from flask import Flask
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from routes.web.own_folder import BUILD, is_own

FOLDER = BUILD / "templates"


class CompiledTemplates(FileSystemBytecodeCache):
    """Bytecode in a folder that may be read-only or full: what cannot be kept is compiled again at the next start."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's bytecode; the file appears under its name once it is whole."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def keep_compiled(app: Flask, folder: Path = FOLDER) -> None:
    """Keep the compiled templates of ``app``, whose options must be complete, unless ``folder`` is not safe."""
    own = folder / _options(app.jinja_env)
    if is_own(folder) and is_own(own):
        app.jinja_env.bytecode_cache = CompiledTemplates(str(own))


def compile_all(app: Flask) -> int:
    """Compile every template that is not compiled yet. Returns how many templates there are."""
    names = app.jinja_env.list_templates()
    for name in names:
        app.jinja_env.get_template(name)
    return len(names)


def _options(environment: jinja2.Environment) -> str:
    options = (
        jinja2.__version__, environment.trim_blocks, environment.lstrip_blocks, sorted(environment.extensions),
        sorted(environment.filters), getattr(environment, "newstyle_gettext", False),
    )  # fmt: skip
    return sha256(repr(options).encode()).hexdigest()[:12]
