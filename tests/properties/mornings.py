"""Random market mornings: the logs of three tablets whose people, passes and vacancies overlap a great deal.

Some facts are spoiled, so that they are refused, some come again in another log, as a device sends them that was
enrolled anew, and people settle this or that.
"""

import uuid

from hypothesis import strategies as st

NAMES = ("王芳", "李强", "陈秀英", "王 • 芳")  # the last is how somebody else writes the first
STAGES = ("introduced", "interviewed", "agreed", "hired", "declined")
KINDS = (
    "candidate.registered", "pass.bound", "visit.recorded", "check_in.recorded", "check_in.recorded",
    "check_in.recorded", "check_in.progressed", "check_in.withdrawn", "tally.counted",
    "vacancy.filled", "vacancy.reopened", "candidate.amended", "consent.given", "consent.withdrawn",
    "pass.voided", "visit.withdrawn", "candidate.withdrawn", "candidate.restored",
    "umbrella.lent", "referral.made", "referral.progressed", "referral.withdrawn",
    "calling.made", "calling.ended", "sign_up.made", "sign_up.made", "sign_up.progressed", "sign_up.withdrawn",
)  # fmt: skip
BIRTH_YEARS = (1980, 1980, 1980, 1990, 2015)  # the last is refused: nobody under 16 is introduced to work
GROUPS = ([], ["MIG"], ["RUR", "OLD"], ["MIG", "no such group"])
PLACES = (None, "town", "city", "outside")
PHONES = ("13800000000", "13900000000", "0086 138-0000-0000")
ILLEGIBLE = {"illegible": True}  # malformed in whatever field it stands
STRAY_PASS = "7000000002"  # never given out

Decision = tuple[int, int, str | None, dict | None]  # (log, seq, act or None: put back, corrected data)


@st.composite
def market_mornings(draw: st.DrawFn, fair: object) -> list[list[dict]]:
    """Draw three logs, for the booths of the cast in order."""
    return Morning(draw, fair).draw_logs()


@st.composite
def settled_mornings(draw: st.DrawFn, fair: object) -> tuple[list[list[dict]], list[Decision]]:
    """Draw three logs and what people decide about their facts, one after the other; some think again."""
    morning = Morning(draw, fair)
    return morning.draw_logs(), morning.decisions()


class Morning:
    """Draws operations that name the same few people, passes, earlier scans and consents."""

    def __init__(self, draw: st.DrawFn, fair: object) -> None:
        self.draw, self.minted, self.date = draw, 0, "2026-02-24"
        self.passes, self.signed, self.contacts = [*fair.passes[:4], STRAY_PASS], fair.signed, list(fair.contacts)
        self.vacancies = [fair.sewing.number, fair.ironing.number, fair.cook.number]
        self.candidates = [self._uuid() for _ in range(4)]
        self.registered: set[str] = set()
        self.scans: list[str] = []
        self.visits: list[str] = []
        self.referrals: list[str] = []
        self.sign_ups: list[str] = []
        self.consents = [(self._uuid(), candidate) for candidate in self.candidates[:2]]
        self.logs: list[list[dict]] = []

    def draw_logs(self) -> list[list[dict]]:
        """Draw three logs, for the booths of the cast in order."""
        for _ in range(3):
            self.logs.append(self.log())
        return self.logs

    def log(self) -> list[dict]:
        """Draw one tablet's log."""
        return [{"seq": seq} | self._fact_or_twin() for seq in range(1, self.draw(st.integers(0, 9)) + 1)]

    def decisions(self) -> list[Decision]:
        """Draw what people decide about facts of the logs drawn."""
        facts = [(log, op) for log, ops in enumerate(self.logs) for op in ops]
        most = self.draw(st.integers(0, 10))  # a list of its own accord would be short
        chosen = self.draw(st.lists(st.sampled_from(facts), min_size=most, max_size=most)) if facts else []
        return [(log, op["seq"], *self.decision(op)) for log, op in chosen]

    def decision(self, op: dict) -> tuple[str | None, dict | None]:
        """Draw what a person decides about one fact: an act and the data it should have had."""
        act = self._one_of(("accepted", "corrected", "corrected", "set_aside", "set_aside", None))
        if act != "corrected" or op["kind"] == "umbrella.lent":
            return ("accepted" if act == "corrected" else act), None
        if op["kind"].startswith("consent."):  # nobody can consent for another
            candidate = dict(self.consents)[op["id"]]
            return act, {"candidate": candidate, "vacancy": self._one_of(self.vacancies), "spoken": True}
        return act, self.data_of(op["kind"])

    def _fact_or_twin(self) -> dict:
        earlier = [op for log in self.logs for op in log]
        if earlier and self.draw(st.integers(0, 7)) == 0:
            twin = self._one_of(earlier)
            return {name: value for name, value in twin.items() if name != "seq"}
        return self.perhaps_spoiled(self.fact())

    def perhaps_spoiled(self, op: dict) -> dict:
        """Return a fact, or now and then one with something in it that nobody can read or knows."""
        spoil = self.draw(st.integers(0, 9))
        if spoil == 0:
            return op | {"data": op["data"] | {"mood": "merry"}}
        if spoil == 1 and op["kind"] != "umbrella.lent":
            return op | {"data": op["data"] | {self._one_of(sorted(op["data"])): ILLEGIBLE}}
        return op

    def fact(self, kind: str | None = None) -> dict:
        """Draw one operation without its seq; with everybody registered already, a registration is a visit."""
        kind = kind or self._one_of(KINDS)
        free = [candidate for candidate in self.candidates if candidate not in self.registered]
        if kind == "candidate.registered" and not free:
            kind = "visit.recorded"
        minute = self.draw(st.integers(0, 239) | st.sampled_from((60, 61)))  # now and then two at once
        second = self.draw(st.sampled_from((0, 15, 30)))
        at = f"{self.date}T{8 + minute // 60:02d}:{minute % 60:02d}:{second:02d}+08:00"
        op = {"id": self._uuid(), "kind": kind, "at": at, "operator": None}
        if kind == "candidate.registered":
            op["id"] = self._one_of(free)
            self.registered.add(op["id"])
        elif kind == "candidate.amended":
            op["id"] = self._one_of(self.candidates)
        elif kind == "check_in.recorded":
            self.scans.append(op["id"])
        elif kind == "visit.recorded":
            self.visits.append(op["id"])
        elif kind in ("sign_up.made", "sign_up.progressed"):
            self.sign_ups.append(op["id"])
        elif kind in ("referral.made", "referral.progressed"):
            self.referrals.append(op["id"])
        elif kind.startswith("consent."):
            op["id"], candidate = self._one_of(self.consents)
            return op | {"data": {"candidate": candidate, "vacancy": self.vacancies[0], "spoken": True}}
        return op | {"data": self.data_of(kind)}

    def data_of(self, kind: str) -> dict:
        """Draw the data of an operation, or what it should have been."""
        return getattr(self, "_" + kind.replace(".", "_"))()

    def _candidate_registered(self) -> dict:
        data = {
            "name": self._one_of(NAMES), "birth_year": self._one_of(BIRTH_YEARS), "trades": ["cook"],
            "wanted_place": "town", "work_kinds": ["full_time"], "groups": self._one_of(GROUPS),
            "registered_by": "operator", "notice_at": "read",
        }  # fmt: skip
        if self.draw(st.booleans()):
            data["sex"] = self._one_of(("female", "male"))
        if self.draw(st.booleans()):
            data |= self._phone()
        if self.draw(st.booleans()):
            data["pass"] = self._pass()
        return data

    def _phone(self) -> dict:
        """Draw a number in the clear, or sealed, perhaps to somebody else's key."""
        if self.draw(st.booleans()):
            return {"phone": self._one_of(PHONES)}
        return {"contact": self._one_of(self.contacts)}

    def _pass(self) -> str:
        """Draw a pass, typed or scanned."""
        number = self._one_of(self.passes)
        return self.signed.get(number, number) if self.draw(st.booleans()) else number

    def _candidate_amended(self) -> dict:
        fields = {
            "name": self._one_of(NAMES), **self._phone(), "birth_year": self._one_of(BIRTH_YEARS),
            "trades": ["sewing"], "groups": self._one_of(GROUPS), "sex": self._one_of(("female", "male")),
        }  # fmt: skip
        chosen = self.draw(st.sets(st.sampled_from(sorted(fields)), min_size=1))
        cleared = self._one_of(([], [], ["phone"], ["sex", "name"]))  # a name cannot be cleared
        about = {"based_on": self.draw(st.integers(1, 2))} | ({"cleared": cleared} if cleared else {})
        return about | {name: fields[name] for name in sorted(chosen)}

    def _pass_bound(self) -> dict:
        return {"pass": self._pass(), "candidate": self._one_of(self.candidates)}

    def _pass_voided(self) -> dict:
        by = self._one_of((None, "lost", "mistake"))
        return self._pass_bound() | ({"by": by} if by else {})

    def _visit_withdrawn(self) -> dict:
        return {"visit": self._one_of(self.visits) if self.visits else self._uuid()}

    def _candidate_withdrawn(self) -> dict:
        return {"candidate": self._one_of(self.candidates)}

    _candidate_restored = _candidate_withdrawn

    def _visit_recorded(self) -> dict:
        return self._somebody() | {"channel": "card"}

    def _check_in_recorded(self) -> dict:
        return self._somebody() | {"vacancy": self._one_of(self.vacancies), "channel": "card"}

    def _check_in_progressed(self) -> dict:
        move = {"stage": self._one_of(STAGES), "correction": self.draw(st.booleans())}
        place = self._one_of(PLACES)
        return self._of_a_check_in() | move | ({"place": place} if place else {})

    def _check_in_withdrawn(self) -> dict:
        by = self._one_of((None, "mistake", "candidate", "candidate"))
        return self._of_a_check_in() | ({"by": by} if by else {})

    def _of_a_check_in(self) -> dict:
        return {"check_in": self._one_of(self.scans) if self.scans else self._uuid()}

    def _tally_counted(self) -> dict:
        return {"topic": "leaflet", "count": self.draw(st.integers(-3, 9))}

    def _referral_made(self) -> dict:
        return self._somebody() | {"topic": self._one_of(("training", "training", "legal_aid", "no such topic"))}

    def _referral_progressed(self) -> dict:
        return self._referral_made() | {"outcome": self._one_of(("taken_up", "declined"))}

    def _referral_withdrawn(self) -> dict:
        return self._somebody() | {"referral": self._one_of(self.referrals) if self.referrals else self._uuid()}

    def _calling_made(self) -> dict:
        return self._of_a_check_in()

    def _calling_ended(self) -> dict:
        return self._of_a_check_in() | {"how": self._one_of(("no_show", "mistake"))}

    def _sign_up_made(self) -> dict:
        return self._somebody() | {"programme": self.draw(st.integers(1, 3))}

    def _sign_up_progressed(self) -> dict:
        return self._sign_up_made() | {"outcome": self._one_of(("came", "no_show"))}

    def _sign_up_withdrawn(self) -> dict:
        return self._sign_up_made() | {"sign_up": self._one_of(self.sign_ups) if self.sign_ups else self._uuid()}

    def _vacancy_filled(self) -> dict:
        return {"vacancy": self._one_of(self.vacancies)}

    _vacancy_reopened = _vacancy_filled

    def _umbrella_lent(self) -> dict:
        """Draw a fact of a newer tablet, of a kind that this server does not know."""
        return {"colour": "red"}

    def _somebody(self) -> dict:
        if self.draw(st.booleans()):
            return {"pass": self._pass()}
        return {"candidate": self._one_of(self.candidates)}

    def _one_of(self, choices: object) -> str:
        return self.draw(st.sampled_from(choices))

    def _uuid(self) -> str:
        """Mint an id that nothing else has; a person is named by the smallest, so their order is drawn."""
        self.minted += 1
        return str(uuid.UUID(int=(self.draw(st.integers(0, 255)) << 96) + self.minted, version=4))
