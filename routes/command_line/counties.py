"""Counties on the command line: which one a command is about, where a database holds several."""

from collections.abc import Callable
from typing import Any

import click

from models.market.county import County


def county_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command take ``--county``."""
    words = "The county: its name, its office's name or the six digits of its division. Needed where there are several."
    return click.option("--county", "named", help=words)(command)


def chosen_county(named: str | None) -> County:
    """Return the county that was named, or the only one. Raises ClickException when that is none, or not one."""
    counties = County.by_age()
    if not counties:
        raise click.ClickException("there is no county yet: run `flask --app app demo` or set one up")
    found = [c for c in counties if named is None or named in (c.name, c.service_name, c.division_id)]
    if len(found) == 1:
        return found[0]
    there = ", ".join(f"{c.name} ({c.division_id})" if c.division_id else c.name for c in counties)
    if found:
        raise click.ClickException(f"there are several counties, so name one with --county: {there}")
    raise click.ClickException(f"there is no county {named}; there are: {there}")
