"""The figures of docs/protocol.md, section 8, worked out from operations alone, slowly and in another way.

It shares no code with models/: sets and loops over the operations, of which it says itself which count.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone

RANK = ["interested", "introduced", "interviewed", "agreed", "hired", "started"]
PLACES = ["town", "county", "city", "outside"]
SHANGHAI = timezone(timedelta(hours=8))
OPEN = datetime(2026, 2, 24, 7, 30, tzinfo=SHANGHAI), datetime(2026, 2, 24, 12, 30, tzinfo=SHANGHAI)


class Oracle:
    """Counts a market day of 2026. Add every log whole and in its order, then what people settled."""

    def __init__(self, booth_of_vacancy: dict[str, int], contacts: dict[str, str | None] | None = None) -> None:
        self.booth_of_vacancy = booth_of_vacancy
        self.contacts = contacts or {}  # the phone in each sealed contact, None where the county cannot read it
        self.log: list[tuple[str, int | None, dict]] = []  # (tablet, its booth, operation)
        self.settled: dict[str, tuple[str, dict | None]] = {}  # what an operation says -> (act, corrected data)

    def add(self, tablet: str, booth: int | None, operations: Iterable[dict]) -> None:
        """Note operations of a tablet at a booth; None is the log of phones."""
        self.log += [(tablet, booth, operation) for operation in operations]

    def settle(self, operation: dict, act: str, data: dict | None = None) -> None:
        """Note how a person settled an operation, and every other that says the same."""
        self.settled[_said(operation)] = (act, data)

    @property
    def facts(self) -> list[tuple[str, int | None, dict]]:
        """What counts: what was not refused, corrected where a person corrected it."""
        return [(tablet, booth, op) for _, tablet, booth, op in self._counting()]

    def _counting(self) -> Iterator[tuple[tuple, str, int | None, dict]]:
        """Yield what counts with the key that orders it; a log's own order holds whatever its clock did."""
        read = [self._read(op) for *_, op in self.log]
        children = {op["id"] for op, refused in read if refused == "child" and op["kind"] == "candidate.registered"}
        clock: dict[str, datetime] = {}
        for (tablet, booth, _), (op, refused) in zip(self.log, read, strict=True):
            at = datetime.fromisoformat(op["at"])
            clock[tablet] = max(at, clock.get(tablet, at))
            if not refused and _subject(op) not in children:
                yield (clock[tablet], tablet, op["seq"]), tablet, booth, op

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

    def figures(self) -> dict:
        """Return the figures that follow."""
        person = self._persons()
        visits, hours, registered = self._visits(person), {}, self._registered(person)
        standing = self._standing(person)
        by_phone = {
            person[_named(op["data"])] for _, booth, op in self.facts if op["kind"] == "check_in.recorded" and not booth
        }
        for at in visits.values():
            hours.setdefault(at.astimezone(SHANGHAI).hour, [0, 0])[0] += 1
        for at, *_ in standing.values():
            hours.setdefault(at.astimezone(SHANGHAI).hour, [0, 0])[1] += 1
        return {
            "persons": len({who for who, _ in visits}),
            "visits": len(visits),
            "nameless": sum(len(who) == 10 for who, _ in visits),
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
                vacancy: sum(of == vacancy for _, of in standing) for vacancy in self.booth_of_vacancy
            },
            "hours": {hour: tuple(counts) for hour, counts in hours.items()},
            "tallies": self._tallies(),
            **self._breakdowns(),
        }

    def _visits(self, person: dict[str, str]) -> dict[tuple[str, int], datetime]:
        """Return when each (person, booth) began; a phone shows it only from half past seven to half past twelve."""
        visits: dict[tuple[str, int], datetime] = {}
        for _, booth, op in self.facts:
            at, data, kind = datetime.fromisoformat(op["at"]), op["data"], op["kind"]
            if kind not in ("candidate.registered", "visit.recorded", "check_in.recorded"):
                continue
            who = person[op["id"] if kind == "candidate.registered" else _named(data)]
            where = booth or self.booth_of_vacancy.get(data.get("vacancy"))
            clock = at.astimezone(SHANGHAI)
            if where and (booth or OPEN[0] <= clock <= OPEN[1]):
                visits[who, where] = min(at, visits.get((who, where), at))
        return visits

    def _breakdowns(self) -> dict:
        """Return what depends on who the people were, each put together from all their registrations."""
        person = self._persons()
        registered, standing = self._registered(person), self._standing(person)
        papers: dict[str, list[dict]] = {}
        for id, data in sorted(self._candidates().items()):
            papers.setdefault(person[id], []).append(data)
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
        trades = [t for who in registered for t in {t for data in papers[who] for t in data["trades"]}]
        return {
            "persons_reached": {stage: len(came[stage]) for stage in RANK[1:]},
            "places": {place: list(went.values()).count(place) for place in PLACES},
            "migrant_places": {place: moved.count(place) for place in PLACES},
            "seekers": {trade: trades.count(trade) for trade in trades},
            "groups": {cell: tuple(counts) for cell, counts in cells.items()},
        }

    def _registered(self, person: dict[str, str]) -> set[str]:
        return {person[op["id"]] for _, _, op in self.facts if op["kind"] == "candidate.registered"}

    def _standing(self, person: dict[str, str]) -> dict[tuple, tuple]:
        """Return each check-in that stands: (person, vacancy) to (first time, rank reached, place)."""
        tied, moves, standing = {}, self._moves(), {}
        for _, _, op in self.facts:
            if op["kind"] == "check_in.recorded":
                at, data = datetime.fromisoformat(op["at"]), op["data"]
                tied.setdefault((person[_named(data)], data["vacancy"]), []).append((at, op["id"]))
        for pair, scans in tied.items():
            left = [(at, id) for at, id in scans if "mistake" not in [m["stage"] for m in moves.get(id, ())]]
            if left:
                stages = sorted((m for _, id in left for m in moves.get(id, ())), key=lambda m: m["key"])
                standing[pair] = (min(at for at, _ in left), *_end(stages))
        return standing

    def _persons(self) -> dict[str, str]:
        """Merge nodes until nothing changes: the plainest way there is."""
        nodes, links = set(), []
        for _, _, op in self.facts:
            data = op["data"]
            if op["kind"] == "candidate.registered":
                nodes.add(op["id"])
                if data.get("pass"):
                    links.append((op["id"], _number(data["pass"])))
            elif op["kind"] == "pass.bound":
                links.append((data["candidate"], _number(data["pass"])))
            elif op["kind"] in ("visit.recorded", "check_in.recorded"):
                nodes.add(_named(data))
        same: dict[tuple, str] = {}
        for id, data in self._candidates().items():
            if data.get("phone"):
                key = (data["name"], data["birth_year"], data["phone"])
                links.append((id, same.setdefault(key, id)))
        group = {node: node for node in nodes | {n for link in links for n in link}}
        changed = True
        while changed:
            changed = False
            for one, other in links:
                if group[one] != group[other]:
                    group[one] = group[other] = min(group[one], group[other])
                    changed = True
        return group

    def _candidates(self) -> dict[str, dict]:
        """Return each registered candidate's fields, with what amendments made of them."""
        registered: dict[str, dict] = {}
        edits: dict[str, list[tuple]] = {}
        known = set()  # an amendment that came twice is one
        for key, *_, op in sorted(self._counting(), key=lambda entry: entry[0]):
            if op["kind"] == "candidate.registered":
                registered.setdefault(op["id"], op["data"])
            elif op["kind"] == "candidate.amended" and _said(op) not in known:
                known.add(_said(op))
                edits.setdefault(op["id"], []).append((op["data"]["based_on"], key, op["data"]))
        for id, data in registered.items():
            for *_, edit in sorted(edits.get(id, []), key=lambda edit: edit[:2]):
                data = {**data, **edit}
            registered[id] = data
        return registered

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

    def _tallies(self) -> dict[str, int]:
        totals: dict[str, int] = {}
        counted = set()  # a tablet enrolled anew sends again what it is not sure of
        for _, _, op in self.facts:
            if op["kind"] == "tally.counted" and op["id"] not in counted:
                counted.add(op["id"])
                topic = op["data"]["topic"]
                totals[topic] = totals.get(topic, 0) + op["data"]["count"]
        return totals


def _said(op: dict) -> str:
    return json.dumps({name: value for name, value in op.items() if name != "seq"}, sort_keys=True)


def _subject(op: dict) -> str | None:
    """Return whom an operation is about; one about a child does not count."""
    if op["kind"] in ("candidate.registered", "candidate.amended"):
        return op["id"]
    return op["data"].get("candidate")


def _named(data: dict) -> str:
    return data.get("candidate") or _number(data["pass"])


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
