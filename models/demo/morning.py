"""The morning of the demo: who came when, to which booths, for which vacancies, how far it went."""

import random
from dataclasses import dataclass, field

from models.demo.cast import DemoCheckIn, Guest, Stand
from models.demo.crowd import Person
from models.demo.log import Log
from models.market.vacancy import Vacancy

LENGTH = 240  # minutes from 08:00 to 12:00
UNSKILLED = {"general_worker", "porter", "cleaner", "harvest", "crop_farming", "food_processing"}
ONWARD = {"introduced": 0.72, "interviewed": 0.64, "agreed": 0.42, "hired": 0.2, "started": 0.3}
MINUTES = {"introduced": 2, "interviewed": 6, "agreed": 3, "hired": 4, "started": 5}  # on average
TRAINING_DESK = 12


@dataclass
class Morning:
    """What the story needs to go on: the stands, the phones' log, the cards still in the box."""

    stands: dict[int, Stand]
    phones: Log
    cards: list[str]
    phone_numbers: list[str]
    draw: random.Random
    check_ins: list[DemoCheckIn] = field(default_factory=list)
    hired: dict[str, int] = field(default_factory=dict)
    guests: list[Guest] = field(default_factory=list)

    def play(self, crowd: list[Person]) -> None:
        """Make everybody arrive in order; now and then somebody only takes a card."""
        arrivals = sorted(self._arrival() for _ in crowd)
        for person, minute in zip(crowd, arrivals, strict=True):
            self.come(person, minute)
            if self.draw.random() < 0.2:
                self.pass_by(minute + 1)

    def come(self, person: Person, minute: float) -> None:
        """Register somebody where they stop first, then take them round the booths."""
        route = self._route(person)
        guest, log = self._welcome(person, next(iter(route)), minute)
        for booth, vacancies in route.items():
            known = booth == guest.booth
            if not known:  # another booth's tablet knows nothing but the pass
                log = self.draw.choice(self.stands[booth].logs)
            named = {"candidate": guest.candidate} if known else {"pass": guest.number}
            for vacancy in vacancies:
                minute += self.draw.uniform(0.3, 1.2)
                self.check_in(log, minute, named, vacancy, guest)
            minute += self.draw.uniform(5, 16)
            if minute > LENGTH:
                break

    def pass_by(self, minute: float) -> None:
        """Somebody takes a card, asks at a booth or two and never gives a name."""
        number = self.cards.pop(0)
        for stand in self.draw.sample(list(self.stands.values()), self.draw.choice([1, 1, 2])):
            log = self.draw.choice(stand.logs)
            if stand.vacancies and self.draw.random() < 0.6:
                vacancy = self.draw.choice(stand.vacancies)
                self.check_in(log, minute, {"pass": number}, vacancy)
            else:
                log.add(minute, "visit.recorded", {"pass": number, "channel": "card"})
            minute += self.draw.uniform(4, 12)

    def booth_of(self, vacancy: Vacancy) -> int:
        """Return the number of the booth that offers a vacancy."""
        return next(stand.number for stand in self.stands.values() if vacancy in stand.vacancies)

    def check_in(
        self, log: Log, minute: float, named: dict, vacancy: Vacancy, guest: Guest | None = None
    ) -> None:
        """Record a check-in and how far it went; nobody without a name goes beyond a talk."""
        by_hand = "operator" if "candidate" in named else "card"
        channel = "phone" if log is self.phones else by_hand
        data = {**named, "vacancy": vacancy.number, "channel": channel}
        check_in = DemoCheckIn(log, minute, log.add(minute, "check_in.recorded", data), vacancy, named)
        self.check_ins.append(check_in)
        if guest and log is self.phones:  # the form asks before it sends; the booth goes on from there
            self._consent(check_in, guest, log, minute)
            log = self.draw.choice(self.stands[self.booth_of(vacancy)].logs)
        self._go_on(check_in, log, guest)

    def move(self, check_in: DemoCheckIn, log: Log, minute: float, stage: str) -> None:
        """Record that a check-in reached a stage."""
        check_in.stage, data = stage, {"check_in": check_in.id, "stage": stage}
        if stage in ("agreed", "hired", "started"):
            data["place"] = place_of(check_in.vacancy)
        log.add(minute, "check_in.progressed", data)

    def _go_on(self, check_in: DemoCheckIn, log: Log, guest: Guest | None) -> None:
        minute, number = check_in.minute, check_in.vacancy.number
        for stage, share in ONWARD.items():
            full = stage == "hired" and self.hired.get(number, 0) >= check_in.vacancy.openings
            if self.draw.random() > share or full or (stage == "agreed" and not guest):
                break
            minute += MINUTES[stage] * self.draw.uniform(0.5, 1.6)
            self.move(check_in, log, minute, stage)
            if guest and stage == "agreed" and log is check_in.log and "candidate" in check_in.named:
                self._consent(check_in, guest, log, minute, spoken=True)
            if stage == "hired":
                self.hired[number] = self.hired.get(number, 0) + 1
        if check_in.stage == "interviewed" and self.draw.random() < 0.2:
            self.move(check_in, log, minute + 1, "declined")

    def _consent(
        self, check_in: DemoCheckIn, guest: Guest, log: Log, minute: float, spoken: bool = False
    ) -> None:
        said = {"candidate": guest.candidate, "vacancy": check_in.vacancy.number, "spoken": spoken}
        log.add(minute, "consent.given", said)

    def _welcome(self, person: Person, booth: int, minute: float) -> tuple[Guest, Log]:
        """Register somebody on their phone, at the first booth or at the training desk."""
        on_phone = person.data.get("phone_owner") == "self" and self.draw.random() < 0.16
        number = self.phone_numbers.pop() if on_phone else self.cards.pop(0)
        if not on_phone and self.draw.random() < 0.25:
            booth = TRAINING_DESK
        log = self.phones if on_phone else self.draw.choice(self.stands[booth].logs)
        notice_at = log.at(minute - 0.5).isoformat(timespec="seconds")
        by = {"registered_by": "self"} if on_phone else {}
        data = {**person.data, **by, "notice_at": notice_at, "pass": number}
        candidate = log.add(minute, "candidate.registered", data)
        self.guests.append(Guest(candidate, person.data, number, booth, on_phone))
        return self.guests[-1], log

    def _arrival(self) -> float:
        """Return a minute: few at eight, most between nine and half past ten, the last at noon."""
        return self.draw.betavariate(2.3, 3.1) * (LENGTH - 4) + 1

    def _route(self, person: Person) -> dict[int, list[Vacancy]]:
        """Choose vacancies that fit the trades, or that anybody can do, booth by booth."""
        everything = [v for stand in self.stands.values() for v in stand.vacancies]
        fitting = [v for v in everything if v.trade in person.trades]
        simple = [v for v in everything if v.trade in UNSKILLED.difference(person.trades)]
        wanted = self.draw.sample(fitting, min(len(fitting), 4)) + self.draw.sample(simple, 2)
        route: dict[int, list[Vacancy]] = {}
        for vacancy in wanted:
            booth = self.booth_of(vacancy)
            if booth in route or len(route) < person.visits:
                route.setdefault(booth, []).append(vacancy)
        return route


def place_of(vacancy: Vacancy) -> str:
    """Return how far away a vacancy's work is."""
    if "主城" in vacancy.place:
        return "city"
    return "town" if "八塘" in vacancy.place else "county"
