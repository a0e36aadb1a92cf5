"""The figures of ARCHITECTURE 8, worked out from operations alone, slowly and in another way.

It shares no code with models/: sets and loops over the operations that were not refused.
"""

from collections.abc import Container, Iterable, Iterator
from datetime import datetime, timedelta, timezone

RANK = ["interested", "introduced", "interviewed", "agreed", "hired", "started"]
SHANGHAI = timezone(timedelta(hours=8))


class Oracle:
    """Counts a market day. Add every log in its order, and which of its operations were refused."""

    def __init__(self, booth_of_vacancy: dict[str, int]) -> None:
        self.booth_of_vacancy = booth_of_vacancy
        self.facts: list[tuple[str, int | None, dict]] = []  # (tablet, its booth, operation)
        self.clocks: list[datetime] = []  # of each: a log's own order holds whatever its clock did

    def add(
        self, tablet: str, booth: int | None, operations: Iterable[dict], refused: Container[int] = ()
    ) -> None:
        """Note operations of a tablet at a booth, None being the log of phones; those ``refused`` are not counted."""
        clock = datetime.min.replace(tzinfo=SHANGHAI)
        for operation in operations:
            clock = max(clock, datetime.fromisoformat(operation["at"]))
            if operation["seq"] not in refused:
                self.facts.append((tablet, booth, operation))
                self.clocks.append(clock)

    def figures(self) -> dict:
        """Return the figures that follow."""
        person = self._persons()
        visits, hours, tied, registered = {}, {}, {}, set()
        for _, booth, op in self.facts:
            at, data = datetime.fromisoformat(op["at"]), op["data"]
            kind = op["kind"]
            if kind == "candidate.registered":
                registered.add(person[op["id"]])
            if kind in ("candidate.registered", "visit.recorded", "check_in.recorded"):
                who = person[op["id"] if kind == "candidate.registered" else _named(data)]
                where = booth or self.booth_of_vacancy.get(data.get("vacancy"))
                if where:
                    visits[who, where] = min(at, visits.get((who, where), at))
            if kind == "check_in.recorded":
                tied.setdefault((person[_named(data)], data["vacancy"]), []).append((at, op["id"]))
        moves = self._moves()
        standing = {}
        for pair, scans in tied.items():
            left = [(at, id) for at, id in scans if "withdrawn" not in [m["stage"] for m in moves.get(id, ())]]
            if left:
                stages = sorted((m for _, id in left for m in moves.get(id, ())), key=lambda m: m["key"])
                standing[pair] = (min(at for at, _ in left), _rank(stages))
        for at in visits.values():
            hours.setdefault(at.astimezone(SHANGHAI).hour, [0, 0])[0] += 1
        for at, _ in standing.values():
            hours.setdefault(at.astimezone(SHANGHAI).hour, [0, 0])[1] += 1
        return {
            "persons": len({who for who, _ in visits}),
            "visits": len(visits),
            "registered": len(registered),
            "check_ins": len(standing),
            "persons_checked_in": len({who for who, _ in standing}),
            "reached": {
                stage: sum(rank >= RANK.index(stage) for _, rank in standing.values())
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
        }

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
        for key, op in sorted(self._in_order(), key=lambda entry: entry[0]):
            if op["kind"] == "candidate.registered":
                registered.setdefault(op["id"], op["data"])
            elif op["kind"] == "candidate.amended":
                edits.setdefault(op["id"], []).append((op["data"]["based_on"], key, op["data"]))
        for id, data in registered.items():
            for *_, edit in sorted(edits.get(id, []), key=lambda edit: edit[:2]):
                data = {**data, **edit}
            registered[id] = data
        return registered

    def _in_order(self) -> Iterator[tuple[tuple, dict]]:
        """Yield each fact with the key that orders them all."""
        for (tablet, _, op), clock in zip(self.facts, self.clocks, strict=True):
            yield (clock, tablet, op["seq"]), op

    def _moves(self) -> dict[str, list[dict]]:
        moves: dict[str, list[dict]] = {}
        for key, op in self._in_order():
            if op["kind"] in ("check_in.progressed", "check_in.withdrawn"):
                data = op["data"]
                move = {"stage": data.get("stage", "withdrawn"), "key": key}
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


def _named(data: dict) -> str:
    return data.get("candidate") or _number(data["pass"])


def _number(scanned: str) -> str:
    """Return a pass's number, which its QR's digits hold as bytes 7 to 11 of 80 (ARCHITECTURE 7)."""
    digits = scanned.rsplit("/", 1)[-1]
    return digits if len(digits) == 10 else str(int(digits) >> 8 * 68 & (1 << 40) - 1).zfill(10)


def _rank(moves: list[dict]) -> int:
    rank = 0
    for move in moves:
        if move["stage"] in RANK:
            new = RANK.index(move["stage"])
            rank = new if move["correction"] else max(rank, new)
    return rank
