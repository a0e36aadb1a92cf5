"""The inputs of tests/data/cases/ as parameters: what people typed, pasted and scanned, and what is wanted of it."""

from collections.abc import Callable

import pytest

from tests.vectors import vectors


def cases(name: str, wanted: Callable[[dict], bool] = lambda case: True) -> list:
    """Return the cases of ``tests/data/cases/<name>.json`` that are ``wanted``, each with an id that can be read."""
    found = [case for case in vectors(f"cases/{name}")["cases"] if wanted(case)]
    assert found, f"no such case in {name}.json"
    return [pytest.param(case, id=f"{name} {number}") for number, case in enumerate(found, start=1)]
