"""The figures of docs/protocol.md, section 8, worked out from operations alone, slowly and in another way.

It shares no code with models/: sets and loops over the operations, of which it says itself which count.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

RANK = ["interested", "introduced", "interviewed", "agreed", "hired", "started"]
PLACES = ["town", "county", "city", "outside"]
SHANGHAI = timezone(timedelta(hours=8))
OPEN = datetime(2026, 2, 24, 7, 30, tzinfo=SHANGHAI), datetime(2026, 2, 24, 12, 30, tzinfo=SHANGHAI)
TOPICS = {"visitor", "leaflet", "policy", "wages_owed", "contract", "injury", "insurance", "rights_other", "training",
          "business_start", "welfare_post", "transport"}  # fmt: skip
CLEARABLE = {"phone", "phone_owner", "sex", "home_division", "education", "trades", "wanted_place", "groups"}
REFERRALS = ("referral.made", "referral.progressed", "referral.withdrawn")
SIGN_UPS = ("sign_up.made", "sign_up.progressed", "sign_up.withdrawn")
OUR_PROGRAMMES = {1}  # tests/properties/conftest.py
REFERRAL_TOPICS = ("training", "business_start", "welfare_post", "legal_aid", "other")
ARRIVES = ("candidate.registered", "visit.recorded", "check_in.recorded")

Counted = tuple[tuple, str, int | None, dict, str | None]  # (when, tablet, its booth, operation, how it was settled)


class Day(NamedTuple):
    """A market day: the booth of each vacancy that it offers, the booths that serve all, its passes (None: any)."""

    offered: dict[str, int]
    desks: set[int]
    passes: set[str] | None


class Oracle:
    """Counts market days of 2026, of one county. Add every log whole and in its order, then what people settled.

    ``desks`` are booths that serve all; ``passes`` the paper passes of the day, every pass where none are given. Those
    are of the one day that most tests have; ``add_day`` adds others, by whatever names their logs are added with.
    Of two facts at the same moment that one is first whose tablet's name is.
    """

    def __init__(
        self, booth_of_vacancy: dict[str, int] | None = None, contacts: dict[str, str | None] | None = None,
        desks: Iterable[int] = (), passes: Iterable[str] | None = None,
    ) -> None:  # fmt: skip
        self.days: dict[object, Day] = {}
        self.day_of: dict[str, object] = {}  # of each tablet
        self.add_day(None, booth_of_vacancy or {}, desks, passes)
        self.within: list[Counted] | None = None  # what has an effect, once it is worked out
        self.contacts = contacts or {}  # the phone in each sealed contact, None where the county cannot read it
        self.log: list[tuple[str, int | None, dict]] = []  # (tablet, its booth, operation)
        self.settled: dict[str, tuple[str, dict | None]] = {}  # what an operation says -> (act, corrected data)

    @classmethod
    def of(cls, fair: object) -> "Oracle":
        """Return an oracle for the market day of the cast."""
        vacancies = {fair.sewing.number: 1, fair.ironing.number: 1, fair.cook.number: 2}
        return cls(vacancies, fair.contacts, desks=(3,), passes=fair.passes)

    def add_day(
        self, day: object, booth_of_vacancy: dict[str, int], desks: Iterable[int], passes: Iterable[str] | None
    ) -> None:
        """Note a market day."""
        self.days[day] = Day(booth_of_vacancy, set(desks), None if passes is None else set(passes))

    def add(self, tablet: str, booth: int | None, operations: Iterable[dict], day: object = None) -> None:
        """Note operations of a tablet at a booth; None is the log of phones, or of the office."""
        self.day_of[tablet] = day
        self.log += [(tablet, booth, operation) for operation in operations]
        self.within = None

    def settle(self, operation: dict, act: str, data: dict | None = None) -> None:
        """Note how a person settled an operation, and every other that says the same."""
        self.settled[_said(operation)] = (act, data)
        self.within = None

    @property
    def facts(self) -> list[tuple[str, int | None, dict]]:
        """What counts: what was not refused and is within reach, corrected where a person corrected it."""
        return [(tablet, booth, op) for _, tablet, booth, op in self._counting()]

    def _facts_of(self, day: object) -> list[tuple[str, int | None, dict]]:
        return [fact for fact in self.facts if self.day_of[fact[0]] == day]

    def _counting(self) -> list[tuple[tuple, str, int | None, dict]]:
        """Return what has an effect, each with the key that orders it."""
        if self.within is None:
            self.within = self._reaching(list(self._standing_facts()))
        return [fact[:4] for fact in self.within]

    def _reaching(self, facts: list[Counted]) -> list[Counted]:
        """Let in what needs nothing, then what needs only what is in already, until nothing more comes in."""
        facts = [fact for fact in facts if not _is_for_nothing(fact[3])]  # nobody can accept what is not ours to offer
        inside = {number for number, fact in enumerate(facts) if fact[4] or fact[2] is None}
        while True:
            there = [facts[number] for number in sorted(inside)]
            come = {n for n, fact in enumerate(facts) if n not in inside and self._reaches(fact, there)}
            if not come:
                return there
            inside |= come

    def _reaches(self, fact: Counted, there: list[Counted]) -> bool:
        """Say whether a fact stays within its booth and day, by the facts that do."""
        _, tablet, booth, op, _ = fact
        kind, data, day = op["kind"], op["data"], self.days[self.day_of[tablet]]
        if "vacancy" in data:
            offered = day.offered.get(data["vacancy"])
            if offered is None or booth not in day.desks and offered != booth:
                return False
        if kind == "tally.counted":
            return data["topic"] in TOPICS and -100 <= data["count"] <= 1000
        if kind in ("check_in.progressed", "check_in.withdrawn", "calling.made", "calling.ended"):
            return any(
                tie["kind"] == "check_in.recorded" and tie["id"] == data["check_in"]
                and self.day_of[maker] == self.day_of[tablet]
                and booth in (made_at, day.offered.get(tie["data"]["vacancy"]))
                for _, maker, made_at, tie, _ in there
            )  # fmt: skip
        if kind == "visit.withdrawn":
            return self._is_made_here("visit.recorded", data["visit"], tablet, booth, there)
        if kind in ("candidate.withdrawn", "candidate.restored"):
            return self._is_made_here("candidate.registered", data["candidate"], tablet, booth, there)
        if kind == "pass.bound" and not self._is_ours(data["pass"], tablet):
            return False
        if kind in ("pass.bound", "pass.voided", "candidate.amended", "consent.given", "consent.withdrawn"):
            who = op["id"] if kind == "candidate.amended" else data["candidate"]
            return self._is_here(who, tablet, None if booth in day.desks else booth, there)
        if kind in ("visit.recorded", "check_in.recorded", *REFERRALS, *SIGN_UPS) and "candidate" in data:
            return self._is_here(data["candidate"], tablet, None, there)
        return True

    def _is_made_here(self, kind: str, id: str, tablet: str, booth: int | None, there: list[Counted]) -> bool:
        """Say whether a visit or a registration was recorded at a tablet's booth on its market day."""
        return any(
            op["kind"] == kind and op["id"] == id and self.day_of[maker] == self.day_of[tablet] and at == booth
            for _, maker, at, op, _ in there
        )

    def _taken_back(self) -> set[str]:
        """Return the visits and candidates of which the last word is that they never were."""
        last = {
            op["data"].get("visit") or op["data"]["candidate"]: op["kind"]
            for *_, op, _ in sorted(self.within or (), key=lambda fact: fact[0])
            if op["kind"] in ("visit.withdrawn", "candidate.withdrawn", "candidate.restored")
        }
        return {what for what, kind in last.items() if kind != "candidate.restored"}

    def _is_here(self, who: str, tablet: str, booth: int | None, there: list[Counted]) -> bool:
        """Say whether a registered candidate came on a tablet's market day, in person or by a pass.

        To a booth, or to any where none is given.
        """
        names = {who} | {
            _number(op["data"]["pass"]) for _, maker, _, op, _ in there
            if "pass" in op["data"] and self._is_ours(op["data"]["pass"], maker)
            and who == {"candidate.registered": op["id"], "pass.bound": op["data"].get("candidate")}.get(op["kind"])
        }  # fmt: skip
        registered = any(op["kind"] == "candidate.registered" and op["id"] == who for _, _, _, op, _ in there)
        offered = self.days[self.day_of[tablet]].offered
        return registered and any(
            op["kind"] in ARRIVES and self._who(op, maker) in names and self.day_of[maker] == self.day_of[tablet]
            and booth in (None, at, offered.get(op["data"].get("vacancy")))
            for _, maker, at, op, _ in there
        )  # fmt: skip

    def _is_ours(self, scanned: str, tablet: str) -> bool:
        """Say whether a pass is one of the market day of a tablet."""
        passes = self.days[self.day_of[tablet]].passes
        return passes is None or _number(scanned) in passes

    def _who(self, op: dict, tablet: str) -> str:
        """Return the node that a fact of somebody's arrival names.

        A typed number that is no pass of the day is only that, on that day; a signed pass proves itself on all.
        """
        if op["kind"] == "candidate.registered":
            return op["id"]
        if op["data"].get("candidate"):
            return op["data"]["candidate"]
        scanned = op["data"]["pass"]
        is_pass = scanned.startswith("https:") or self._is_ours(scanned, tablet)
        return _number(scanned) if is_pass else f"number {scanned} of day {self.day_of[tablet]}"

    def _standing_facts(self) -> Iterator[Counted]:
        """Yield what is not refused with the key that orders it; a log's own order holds whatever its clock did."""
        read = [self._read(op) for *_, op in self.log]
        children = {op["id"] for op, refused in read if refused == "child" and op["kind"] == "candidate.registered"}
        clock: dict[str, datetime] = {}
        for (tablet, booth, raw), (op, refused) in zip(self.log, read, strict=True):
            act, _ = self.settled.get(_said(raw), (None, None))
            at = datetime.fromisoformat(op["at"])
            clock[tablet] = max(at, clock.get(tablet, at))
            if not refused and _subject(op) not in children:
                yield (clock[tablet], tablet, op["seq"]), tablet, booth, op, act

    def _read(self, op: dict) -> tuple[dict, str]:
        """Return an operation as it was settled, and why it is refused, if it is."""
        act, data = self.settled.get(_said(op), (None, None))
        op = op | {"data": data} if act == "corrected" else op
        if op["kind"] != "umbrella.lent" and any(isinstance(value, dict) for value in op["data"].values()):
            return op, "malformed"
        if op["kind"] in ("candidate.registered", "candidate.amended") and op["data"].get("birth_year", 0) > 2010:
            return op, "child"
        if phone := self.contacts.get(op["data"].get("contact")):
            op = op | {"data": op["data"] | {"phone": phone}}
        return op, "set aside" if act == "set_aside" else ""

    def figures(self, day: object = None) -> dict:
        """Return the figures that follow for a market day."""
        self._counting()
        person = self._persons()
        visits, hours, registered = self._visits(day, person), {}, self._registered(day, person)
        standing = self._standing(day, person)
        named = {person[id] for id in self._candidates()}
        doubted = {
            op["data"]["candidate"] for *_, op in self._counting()
            if op["kind"] in ("candidate.withdrawn", "candidate.restored")
        }  # fmt: skip
        by_phone = {
            person[self._who(op, tablet)] for tablet, booth, op in self._facts_of(day)
            if op["kind"] == "check_in.recorded" and not booth
        }  # fmt: skip
        for at in visits.values():
            hours.setdefault(at.astimezone(SHANGHAI).hour, [0, 0])[0] += 1
        for at, *_ in standing.values():
            hours.setdefault(at.astimezone(SHANGHAI).hour, [0, 0])[1] += 1
        return {
            "persons": len({who for who, _ in visits}),
            "visits": len(visits),
            "nameless": sum(len(who) != 36 or (who in doubted and who not in named) for who, _ in visits),
            "signed_up": len((by_phone & {who for who, _ in standing}) - {who for who, _ in visits}),
            "registered": len(registered),
            "check_ins": len(standing),
            "persons_checked_in": len({who for who, _ in standing}),
            "reached": {
                stage: sum(rank >= RANK.index(stage) for _, rank, _ in standing.values())
                for stage in RANK[1:]
            },
            "booths": {
                booth: sum(where == booth for _, where in visits) for booth in {w for _, w in visits}
            },
            "vacancies": {
                vacancy: sum(of == vacancy for _, of in standing) for vacancy in self.days[day].offered
            },
            "hours": {hour: tuple(counts) for hour, counts in hours.items()},
            "tallies": self._tallies(day),
            **self._referrals(day, person),
            **self._breakdowns(day, person, registered, standing),
        }

    def after(self, day: object = None) -> dict:
        """Return what was found out after a market day: what each person said last, and who was confirmed."""
        self._counting()
        facts = sorted(self._counting(), key=lambda fact: (datetime.fromisoformat(fact[3]["at"]), fact[3]["id"]))
        person = self._persons()
        mine = [op for _, tablet, _, op in facts if self.day_of[tablet] == day]
        gone = {(op["data"]["candidate"], op["data"]["attempt"]) for op in mine if op["kind"] == "contact.withdrawn"}
        said = [
            (person.get(op["data"]["candidate"], op["data"]["candidate"]), op["data"]) for op in mine
            if op["kind"] == "contact.attempted" and (op["data"]["candidate"], op["id"]) not in gone
        ]  # fmt: skip
        last = {who: data["outcome"] for who, data in said if "outcome" in data}
        place = {who: data["place"] for who, data in said if "place" in data}
        at_work = [place[who] for who, outcome in last.items()
                   if who in place and outcome in ("started", "still_there", "elsewhere")]  # fmt: skip
        return {
            "asked": len({who for who, _ in said}),
            "reached": len({who for who, data in said if data["result"] == "reached"}),
            "confirmed": len({who for who, data in said if data.get("outcome") in ("started", "still_there")}),
            "now": {outcome: list(last.values()).count(outcome) for outcome in set(last.values())},
            "places": {where: at_work.count(where) for where in PLACES},
        }

    def hired(self) -> dict[str, int]:
        """Return how many people each vacancy has hired, over all its market days; each of them once."""
        person, hired = self._persons(), {}
        for day in self.days:
            for (who, vacancy), (_, rank, _) in self._standing(day, person).items():
                if rank >= RANK.index("hired"):
                    hired.setdefault(vacancy, set()).add(who)
        return {vacancy: len(people) for vacancy, people in hired.items()}

    def once(self, days: Iterable[object]) -> dict[str, int]:
        """Return how many people there were on these market days together, each of them once."""
        self._counting()
        person, furthest = self._persons(), {}
        came, registered = set(), set()
        for day in days:
            came |= {who for who, _ in self._visits(day, person)}
            registered |= self._registered(day, person)
            for (who, _), (_, rank, _) in self._standing(day, person).items():
                furthest[who] = max(rank, furthest.get(who, 0))
        stages = {stage: sum(rank >= n for rank in furthest.values()) for n, stage in enumerate(RANK) if n}
        return {"persons": len(came), "registered": len(registered), "persons_checked_in": len(furthest)} | stages

    def closed(self) -> set[str]:
        """Return the vacancies that take nobody more: those of which the last word on any market day says so."""
        last = {
            op["data"]["vacancy"]: op["kind"]
            for _, _, _, op in sorted(self._counting(), key=lambda fact: fact[0])
            if op["kind"] in ("vacancy.filled", "vacancy.reopened")
        }
        return {vacancy for vacancy, kind in last.items() if kind == "vacancy.filled"}

    def _visits(self, day: object, person: dict[str, str]) -> dict[tuple[str, int], datetime]:
        """Return when each (person, booth) began; a phone shows it only from half past seven to half past twelve."""
        visits: dict[tuple[str, int], datetime] = {}
        gone = self._taken_back()
        for tablet, booth, op in self._facts_of(day):
            at, data, kind = datetime.fromisoformat(op["at"]), op["data"], op["kind"]
            if kind not in ("candidate.registered", "visit.recorded", "check_in.recorded") or op["id"] in gone:
                continue
            who = person[self._who(op, tablet)]
            where = booth or self.days[day].offered.get(data.get("vacancy"))
            clock = at.astimezone(SHANGHAI)
            if where and (booth or OPEN[0] <= clock <= OPEN[1]):
                visits[who, where] = min(at, visits.get((who, where), at))
        return visits

    def _breakdowns(self, day: object, person: dict[str, str], registered: set[str], standing: dict) -> dict:
        """Return what depends on who the people were."""
        candidates = self._candidates()
        here = {op["id"] for _, _, op in self._facts_of(day) if op["kind"] == "candidate.registered"}
        papers = self._papers(person, {id: data for id, data in candidates.items() if id in here})
        # Of who was registered on another day, the first registration speaks.
        papers = {person[id]: [data] for id, data in candidates.items() if person[id] == id} | papers
        group_of = {who: {g for data in some for g in data.get("groups", ())} for who, some in papers.items()}
        came = {"registered": registered} | {
            stage: {who for (who, _), (_, rank, _) in standing.items() if rank >= RANK.index(stage)}
            for stage in RANK[1:]
        }
        went = {
            who: next((place for _, _, rank, place in sorted(
                (at, vacancy, rank, place) for (one, vacancy), (at, rank, place) in standing.items() if one == who
            ) if rank >= RANK.index("hired") and place), None)
            for who in came["hired"]
        }  # fmt: skip
        moved = [place for who, place in went.items() if group_of.get(who, set()) & {"MIG", "OLD"}]
        trades = [t for who in registered for t in {t for data in papers[who] for t in data["trades"]}]
        return {
            "persons_reached": {stage: len(came[stage]) for stage in RANK[1:]},
            "places": {place: list(went.values()).count(place) for place in PLACES},
            # No work of the cast is outside Chongqing, so its place says nothing.
            "provinces": {"sichuan": 0, "shandong": 0, "other": list(went.values()).count("outside")},
            "migrant_places": {place: moved.count(place) for place in PLACES},
            "seekers": {trade: trades.count(trade) for trade in trades},
            "groups": _cells(papers, group_of, came),
        }

    @staticmethod
    def _papers(person: dict[str, str], candidates: dict[str, dict]) -> dict[str, list[dict]]:
        """Return the registrations of each person, the first one first."""
        papers: dict[str, list[dict]] = {}
        for id, data in sorted(candidates.items()):
            papers.setdefault(person[id], []).append(data)
        return papers

    def _registered(self, day: object, person: dict[str, str]) -> set[str]:
        here = {op["id"] for _, _, op in self._facts_of(day) if op["kind"] == "candidate.registered"}
        return {person[id] for id in here & self._candidates().keys()}

    def _standing(self, day: object, person: dict[str, str]) -> dict[tuple, tuple]:
        """Return each check-in that stands: (person, vacancy) to (first time, rank reached, place)."""
        tied, moves, standing = {}, self._moves(), {}
        for tablet, _, op in self._facts_of(day):
            if op["kind"] == "check_in.recorded":
                at, data = datetime.fromisoformat(op["at"]), op["data"]
                tied.setdefault((person[self._who(op, tablet)], data["vacancy"]), []).append((at, op["id"]))
        for pair, scans in tied.items():
            left = [(at, id) for at, id in scans if "mistake" not in [m["stage"] for m in moves.get(id, ())]]
            if left:
                stages = sorted((m for _, id in left for m in moves.get(id, ())), key=lambda m: m["key"])
                standing[pair] = (min(at for at, _ in left), *_end(stages))
        return standing

    def _persons(self, facts: list[Counted] | None = None) -> dict[str, str]:
        """Merge nodes until nothing changes: the plainest way there is."""
        facts = self.within if facts is None else facts
        nodes = {self._who(op, tablet) for _, tablet, _, op, _ in facts if op["kind"] in ARRIVES}
        gone = self._taken_back()
        same: dict[tuple, str] = {}
        identity: dict[str, tuple] = {}
        links = []
        for id, data in self._candidates(facts).items():
            if data.get("phone"):
                letters = "".join(filter(str.isalnum, data["name"]))
                digits = "".join(filter(str.isdigit, data["phone"]))
                identity[id] = (letters, data["birth_year"], digits[-11:])
                links.append((id, same.setdefault(identity[id], id)))
        owners: dict[str, set] = {}  # of each pass: candidates, and who they are known to be
        lost: set[str] = set()
        given: dict[str, list] = {}  # the links of each pass
        for _, tablet, _, op, act in sorted(facts, key=lambda fact: fact[0]):
            who, scanned = op["id"], op["data"].get("pass")
            if op["kind"] in ("pass.bound", "pass.voided"):
                who = op["data"]["candidate"]
            elif op["kind"] != "candidate.registered":
                continue
            if not scanned or not (op["kind"] == "pass.voided" or self._is_ours(scanned, tablet)):
                continue
            marks, number = {who, identity.get(who, who)}, _number(scanned)
            owned, some = owners.setdefault(number, set()), given.setdefault(number, [])
            if op["kind"] == "pass.voided":
                if not owned & marks and not act:
                    continue
                if op["data"].get("by") != "mistake":
                    lost.add(number)
                    continue
                theirs = {mark for mark in owned if mark in marks or identity.get(mark) in marks}
                some[:] = [link for link in some if link[0] not in theirs]
                owned -= theirs if owned & marks else set()
                lost -= set() if owned else {number}
            elif not owned or owned & marks or act or (op["kind"] == "candidate.registered" and number not in lost):
                some.append((who, number))
                if who not in gone:
                    owned |= marks
                    lost.discard(number)
        links += [link for some in given.values() for link in some]
        group = {node: node for node in nodes | {n for link in links for n in link}}
        changed = True
        while changed:
            changed = False
            for one, other in links:
                if group[one] != group[other]:
                    group[one] = group[other] = min(group[one], group[other])
                    changed = True
        return group

    def _candidates(self, facts: list[Counted] | None = None) -> dict[str, dict]:
        """Return each registered candidate's fields, with what amendments made of them."""
        registered: dict[str, dict] = {}
        edits: dict[str, list[tuple]] = {}
        known = set()  # an amendment that came twice is one
        for key, _, _, op, _ in sorted(self.within if facts is None else facts, key=lambda fact: fact[0]):
            if op["kind"] == "candidate.registered":
                registered.setdefault(op["id"], op["data"])
            elif op["kind"] == "candidate.amended" and _said(op) not in known:
                known.add(_said(op))
                edits.setdefault(op["id"], []).append((op["data"]["based_on"], key, op["data"]))
        for id, data in registered.items():
            for *_, edit in sorted(edits.get(id, []), key=lambda edit: edit[:2]):
                cleared = {field: None for field in edit.get("cleared", ()) if field in CLEARABLE}
                data = {**data, **cleared, **edit}
            registered[id] = data
        gone = self._taken_back()
        return {id: data for id, data in registered.items() if id not in gone}

    def _moves(self) -> dict[str, list[dict]]:
        moves: dict[str, list[dict]] = {}
        for key, *_, op in self._counting():
            if op["kind"] in ("check_in.progressed", "check_in.withdrawn"):
                data = op["data"]
                undone = "withdrawn" if data.get("by") == "candidate" else "mistake"
                move = {"stage": data.get("stage", undone), "place": data.get("place"), "key": key}
                moves.setdefault(data["check_in"], []).append(
                    move | {"correction": data.get("correction", False)}
                )
        return moves

    def _referrals(self, day: object, person: dict[str, str]) -> dict[str, dict[str, int]]:
        """Return how many people were sent on to what, and of how many the last word is that they took it up."""
        facts = sorted(
            (key, tablet, op) for key, tablet, _, op in self._counting()
            if op["kind"] in REFERRALS and self.day_of[tablet] == day
        )  # fmt: skip
        undone = {op["data"]["referral"] for *_, op in facts if op["kind"] == "referral.withdrawn"}
        sent: dict[str, dict[str, str]] = {topic: {} for topic in REFERRAL_TOPICS}  # who → the last outcome
        for kinds in (("referral.made",), ("referral.progressed",)):
            for _, tablet, op in facts:
                who, topic = self._who(op, tablet), op["data"].get("topic")
                who, place = person.get(who, who), topic if topic in sent else "other"
                is_new = op["kind"] in kinds and op["id"] not in undone
                if is_new and (kinds[0] == "referral.made" or who in sent[place]):
                    sent[place][who] = op["data"].get("outcome", "")
        return {
            "referred": {topic: len(people) for topic, people in sent.items()},
            "taken_up": {topic: list(people.values()).count("taken_up") for topic, people in sent.items()},
        }

    def _tallies(self, day: object) -> dict[str, int]:
        totals: dict[str, int] = {}
        counted = set()  # a tablet enrolled anew sends again what it is not sure of
        for _, _, op in self._facts_of(day):
            if op["kind"] == "tally.counted" and op["id"] not in counted:
                counted.add(op["id"])
                topic = op["data"]["topic"]
                totals[topic] = totals.get(topic, 0) + op["data"]["count"]
        return totals


def _cells(papers: dict[str, list[dict]], group_of: dict[str, set], came: dict[str, set]) -> dict[tuple, tuple]:
    """Return of each (group, sex, age) how many were registered, agreed and were hired."""
    cells: dict[tuple, list[int]] = {}
    for who, groups in group_of.items():
        sex = next((data["sex"] for data in papers[who] if data.get("sex")), "")
        age = 2026 - papers[who][0]["birth_year"]
        band = ["16-24", "25-39", "40-49", "50-59", "60+"][sum(age >= low for low in (25, 40, 50, 60))]
        for group in [*groups, "ALL"] if groups else ():
            counts = [int(who in came[fact]) for fact in ("registered", "agreed", "hired")]
            if any(counts):
                cell = cells.setdefault((group, sex, band), [0, 0, 0])
                cell[:] = [one + more for one, more in zip(cell, counts, strict=True)]
    return {cell: tuple(counts) for cell, counts in cells.items()}


def _said(op: dict) -> str:
    return json.dumps({name: value for name, value in op.items() if name != "seq"}, sort_keys=True)


def _subject(op: dict) -> str | None:
    """Return whom an operation is about; one about a child does not count."""
    if op["kind"] in ("candidate.registered", "candidate.amended"):
        return op["id"]
    return op["data"].get("candidate")


def _number(scanned: str) -> str:
    """Return a pass's number, which its QR's digits hold as bytes 7 to 11 of 80 (docs/protocol.md, 7)."""
    digits = scanned.rsplit("/", 1)[-1]
    return digits if len(digits) == 10 else str(int(digits) >> 8 * 68 & (1 << 40) - 1).zfill(10)


def _end(moves: list[dict]) -> tuple[int, str | None]:
    """Return the rank a check-in came to, and the place that was noted when it stood there."""
    rank, place = 0, None
    for move in moves:
        if move["stage"] in RANK:
            new = RANK.index(move["stage"])
            rank = new if move["correction"] else max(rank, new)
            place = move["place"] if move["place"] and new == rank else place
    return rank, place


def _is_for_nothing(op: dict) -> bool:
    """Say whether a fact is about a sign-up for what the county does not offer."""
    return op["kind"] in SIGN_UPS and op["data"].get("programme") not in OUR_PROGRAMMES
