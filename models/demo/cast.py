"""The cast of the demo: a stand with its tablets, a guest with a pass, a check-in of theirs."""

from dataclasses import dataclass

from models.demo.log import Log
from models.market.vacancy import Vacancy


@dataclass
class Stand:
    """A booth that morning: its tablets' logs and its vacancies (a desk has none)."""

    number: int
    logs: list[Log]
    vacancies: list[Vacancy]


@dataclass
class DemoCheckIn:
    """A check-in as the story knows it, for what happens to it later."""

    log: Log
    minute: float
    id: str
    vacancy: Vacancy
    named: dict  # the person, as the tablet named them
    stage: str = "interested"


@dataclass
class Guest:
    """Somebody who was registered, with the number of their pass, at which booth first."""

    candidate: str
    data: dict
    number: str
    booth: int
    on_phone: bool
