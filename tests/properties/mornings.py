"""Random market mornings: the logs of three tablets whose people, passes and vacancies overlap a great deal."""

import uuid

from hypothesis import strategies as st

NAMES = ("王芳", "李强", "陈秀英")
STAGES = ("introduced", "interviewed", "agreed", "hired", "declined")
KINDS = (
    "candidate.registered", "pass.bound", "visit.recorded", "check_in.recorded", "check_in.recorded",
    "check_in.recorded", "check_in.progressed", "check_in.withdrawn", "tally.counted",
    "vacancy.filled", "vacancy.reopened", "candidate.amended", "consent.given", "consent.withdrawn",
    "umbrella.lent",
)  # fmt: skip
BIRTH_YEARS = (1980, 1980, 1980, 1990, 2015)  # the last is refused: nobody under 16 is introduced to work
GROUPS = ([], ["MIG"], ["RUR", "OLD"], ["MIG", "no such group"])
PLACES = (None, "town", "city", "outside")
PHONES = ("13800000000", "13900000000")


@st.composite
def market_mornings(draw: st.DrawFn, fair: object) -> list[list[dict]]:
    """Draw three logs, for the booths of the cast in order."""
    morning = Morning(draw, fair)
    return [morning.log() for _ in range(3)]


class Morning:
    """Draws operations that name the same few people, passes, earlier scans and consents."""

    def __init__(self, draw: st.DrawFn, fair: object) -> None:
        self.draw = draw
        self.passes = fair.passes[:4]
        self.vacancies = [fair.sewing.number, fair.ironing.number, fair.cook.number]
        self.candidates = [self._uuid() for _ in range(4)]
        self.registered: set[str] = set()
        self.scans: list[str] = []
        self.consents = [(self._uuid(), candidate) for candidate in self.candidates[:2]]

    def log(self) -> list[dict]:
        """Draw one tablet's log."""
        return [{"seq": seq} | self.fact() for seq in range(1, self.draw(st.integers(0, 9)) + 1)]

    def fact(self) -> dict:
        """Draw one operation without its seq."""
        kind = self._one_of(KINDS)
        free = [candidate for candidate in self.candidates if candidate not in self.registered]
        if kind == "candidate.registered" and not free:
            kind = "visit.recorded"
        minute = self.draw(st.integers(0, 239))
        at = f"2026-02-24T{8 + minute // 60:02d}:{minute % 60:02d}:00+08:00"
        op = {"id": self._uuid(), "kind": kind, "at": at, "operator": None}
        if kind == "candidate.registered":
            op["id"] = self._one_of(free)
            self.registered.add(op["id"])
        elif kind == "candidate.amended":
            op["id"] = self._one_of(self.candidates)
        elif kind == "check_in.recorded":
            self.scans.append(op["id"])
        elif kind.startswith("consent."):
            op["id"], candidate = self._one_of(self.consents)
            return op | {"data": {"candidate": candidate, "vacancy": self.vacancies[0], "spoken": True}}
        return op | {"data": getattr(self, "_" + kind.replace(".", "_"))()}

    def _candidate_registered(self) -> dict:
        data = {
            "name": self._one_of(NAMES), "birth_year": self._one_of(BIRTH_YEARS), "trades": ["cook"],
            "wanted_place": "town", "work_kinds": ["full_time"], "groups": self._one_of(GROUPS),
            "registered_by": "operator", "notice_at": "read",
        }  # fmt: skip
        if self.draw(st.booleans()):
            data["sex"] = self._one_of(("female", "male"))
        if self.draw(st.booleans()):
            data["phone"] = self._one_of(PHONES)
        if self.draw(st.booleans()):
            data["pass"] = self._one_of(self.passes)
        return data

    def _candidate_amended(self) -> dict:
        fields = {
            "name": self._one_of(NAMES), "phone": self._one_of(PHONES), "birth_year": self._one_of(BIRTH_YEARS),
            "trades": ["sewing"], "groups": self._one_of(GROUPS), "sex": self._one_of(("female", "male")),
        }  # fmt: skip
        chosen = self.draw(st.sets(st.sampled_from(sorted(fields)), min_size=1))
        return {"based_on": self.draw(st.integers(1, 2))} | {name: fields[name] for name in sorted(chosen)}

    def _pass_bound(self) -> dict:
        return {"pass": self._one_of(self.passes), "candidate": self._one_of(self.candidates)}

    def _visit_recorded(self) -> dict:
        return self._somebody() | {"channel": "card"}

    def _check_in_recorded(self) -> dict:
        return self._somebody() | {"vacancy": self._one_of(self.vacancies), "channel": "card"}

    def _check_in_progressed(self) -> dict:
        move = {"stage": self._one_of(STAGES), "correction": self.draw(st.booleans())}
        place = self._one_of(PLACES)
        return self._check_in_withdrawn() | move | ({"place": place} if place else {})

    def _check_in_withdrawn(self) -> dict:
        return {"check_in": self._one_of(self.scans) if self.scans else self._uuid()}

    def _tally_counted(self) -> dict:
        return {"topic": "leaflet", "count": self.draw(st.integers(-3, 9))}

    def _vacancy_filled(self) -> dict:
        return {"vacancy": self._one_of(self.vacancies)}

    _vacancy_reopened = _vacancy_filled

    def _umbrella_lent(self) -> dict:
        """Draw a fact of a newer tablet, of a kind that this server does not know."""
        return {"colour": "red"}

    def _somebody(self) -> dict:
        if self.draw(st.booleans()):
            return {"pass": self._one_of(self.passes)}
        return {"candidate": self._one_of(self.candidates)}

    def _one_of(self, choices: object) -> str:
        return self.draw(st.sampled_from(choices))

    def _uuid(self) -> str:
        return str(uuid.UUID(int=self.draw(st.integers(0, 2**128 - 1)), version=4))
