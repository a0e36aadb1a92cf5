"""Scopes: the operations that are replayed together, what they touched, and the booths that were told of them."""

from collections import defaultdict
from dataclasses import dataclass, field

from models.log.change import Told
from models.log.operation import Key


@dataclass
class Scope:
    """What is taken back, and by market day what it touched while it stood. ``tokens`` are own pages' secret names."""

    keys: set[Key] = field(default_factory=set)
    nodes: set[str] = field(default_factory=set)
    vacancies: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    told: defaultdict[int, set[Told]] = field(default_factory=lambda: defaultdict(set))
    tokens: list[tuple[str, str]] = field(default_factory=list)
