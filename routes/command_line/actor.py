"""The actor of a command: what it changes in the set-up is noted as done by the system's user who typed it."""

import getpass
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask import Flask

from models.market.actor import acting


def user() -> str:
    """Return how the audit log names who typed a command."""
    try:
        return f"command line:{getpass.getuser()}"
    except (OSError, KeyError):  # a container's user may have no name
        return "command line"


def init_app(app: Flask) -> None:
    """Give every command of ``app`` its actor. Call it when all commands are there."""
    for command in app.cli.commands.values():
        _give(command)


def _give(command: click.Command) -> None:
    if command.callback and not hasattr(command.callback, "has_actor"):
        command.callback = _acted(command.callback)
    for part in command.commands.values() if isinstance(command, click.Group) else ():
        _give(part)


def _acted(callback: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(callback)
    def acted(*args: Any, **kwargs: Any) -> Any:
        with acting(user):
            return callback(*args, **kwargs)

    acted.has_actor = True  # type: ignore[attr-defined]  # commands outlive an application, as in tests
    return acted
