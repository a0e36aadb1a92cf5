"""Entries: facts as an organiser reads them: what, who, where, when, with which tablet and by whom."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from peewee import JOIN

from models.base.clock import from_milliseconds
from models.base.database import fetch_in
from models.base.legible import read_legible
from models.derived.person import is_pass, persons_of, shown_number
from models.log.kind import is_uuid, is_vacancy_number, pass_in
from models.log.operation import REFUSED, Key, fetch_keys
from models.log.settlement import SET_ASIDE, Settlement
from models.market.booth import Booth
from models.market.duty import ever_on_duty
from models.market.log import OF_THE_OFFICE, Log
from models.market.market_day import MarketDay

LONGEST_CLAIM = 40  # letters


@dataclass
class Entry:
    """One fact, as far as it can be read. ``data`` is what counts: what a person corrected, else what came."""

    log: Log
    seq: int
    kind: str
    at: datetime | None
    received_at: datetime
    outcome: str
    reason: str
    body: str
    data: dict
    settlement: Settlement | None
    recorded_at: datetime | None = None  # by the tablet's clock, where a person corrected the time
    device: str = ""  # the name of the tablet that wrote it, if it has one
    operator: str = ""  # who was signed in, as far as the server knows such a person there
    claimed: str = ""  # who it says was, if the server does not
    names: list[str] = field(default_factory=list)
    pass_number: str = ""
    vacancy: str = ""
    title: str = ""

    @property
    def state(self) -> str:
        """``attention``, ``refused``, ``settled``, or ``applied``: nothing has to be decided about it.

        What was accepted or corrected and is refused all the same, a child's fact, waits again.
        """
        stands = self.settlement and (self.outcome != REFUSED or self.settlement.act == SET_ASIDE)
        return "settled" if stands else self.outcome

    @property
    def why(self) -> str:
        """What it is kept for; of a settled one, what it was kept for until then."""
        settled = self.settlement if self.state == "settled" else None
        return (settled.reason if settled else self.reason) or ""

    @property
    def booth(self) -> Booth | None:
        """The booth of its log; None for what a phone or an organiser recorded."""
        return self.log.booth if self.log.booth_id else None

    @property
    def stage(self) -> str:
        """The stage it names, if it can be read."""
        stage = self.data.get("stage")
        return stage if isinstance(stage, str) else ""

    @property
    def raw(self) -> str:
        """The operation as it came, to be read by a person."""
        return json.dumps(read_legible(self.body), ensure_ascii=False, indent=2)


def entries(market_day: MarketDay, keys: Iterable[Key]) -> list[Entry]:
    """Return these facts of a market day in their order, in a handful of queries however many there are."""
    keys = [(log, seq) for log, seq in keys]
    settled = _settlements(keys)
    logs = _logs({log for log, _ in keys})
    rows = fetch_keys(
        "SELECT tablet_id, seq, kind, at_ms, recorded_ms, received_ms, outcome, reason, body,"
        " (SELECT v.name FROM tablet AS t JOIN device AS v ON v.id = t.device_id WHERE t.id = operation.tablet_id)"
        " FROM operation WHERE tablet_id = ? AND seq IN (??)",
        keys,
    )
    found = {(row[0], row[1]): _entry(logs[row[0]], row, settled.get((row[0], row[1]))) for row in rows}
    _name_operators(market_day, found.values())
    name_people(market_day.county_id, found.values())
    return [found[key] for key in keys]


def _settlements(keys: list[Key]) -> dict[Key, Settlement]:
    rows = fetch_keys(
        "SELECT tablet_id, seq, act, data, who, note, reason, exclusion_id, happened_ms, at FROM settlement"
        " WHERE tablet_id = ? AND seq IN (??)",
        keys,
    )
    names = ("log", "seq", "act", "data", "who", "note", "reason", "exclusion_id", "happened_ms")
    return {
        (row[0], row[1]): Settlement(**dict(zip(names, row, strict=False)), at=moment(row[-1])) for row in rows
    }


def _logs(ids: set[int]) -> dict[int, Log]:
    rows = Log.select(Log, Booth).join(Booth, JOIN.LEFT_OUTER).where(Log.id.in_(ids))
    return {log.id: log for log in rows}


def _entry(log: Log, row: tuple, settlement: Settlement | None) -> Entry:
    _, seq, kind, at_ms, recorded_ms, received_ms, outcome, reason, body, device = row
    data = read_legible(settlement.data) if settlement and settlement.data else read_legible(body).get("data")
    return Entry(
        log=log, seq=seq, kind=kind, at=moment(at_ms) if at_ms else None, received_at=moment(received_ms),
        recorded_at=moment(recorded_ms) if recorded_ms else None,
        outcome=outcome, reason=reason or "", body=body, device=device or "",
        data=data if isinstance(data, dict) else {}, settlement=settlement,
    )  # fmt: skip


def moment(at_ms: int) -> datetime:
    """Return milliseconds since 1970 as aware UTC."""
    return from_milliseconds(at_ms)


def _name_operators(market_day: MarketDay, found: Iterable[Entry]) -> None:
    """Let each entry know who was signed in. A tablet writes what it likes: it is believed of its own booth's people,
    and that an organiser recorded a fact only where the office's own log says so.
    """
    names = {(duty.booth_id, str(duty.known_as)): duty.operator.name for duty in ever_on_duty(market_day)}
    for entry in found:
        who = read_legible(entry.body).get("operator")
        if not isinstance(who, int | str) or isinstance(who, bool):
            continue
        if entry.log.kind in OF_THE_OFFICE:
            entry.operator = str(who).removeprefix("organiser:")
        else:
            entry.operator = names.get((entry.log.booth_id or 0, str(who)), "")
            entry.claimed = "" if entry.operator else str(who)[:LONGEST_CLAIM]


def name_people(county: int, found: Iterable[Entry]) -> None:
    """Let each entry know whom it is about and which vacancy, if it names them in a way that can be read."""
    check_ins = {entry.data["check_in"].lower() for entry in found if is_uuid(entry.data.get("check_in"))}
    scans = fetch_in("SELECT id, node, vacancy FROM scan WHERE id IN (??)", check_ins)
    ties = {scan: (node, vacancy) for scan, node, vacancy in scans}
    nodes: dict[Key, str] = {}
    for entry in found:
        node, entry.vacancy = ties.get(str(entry.data.get("check_in")).lower()) or _about(entry)
        entry.pass_number = shown_number(node) if node and is_pass(node) else _pass_of(entry.data)
        nodes[entry.log.id, entry.seq] = node or entry.pass_number
    names = names_of(county, set(nodes.values()))
    titles = dict(fetch_in("SELECT number, title FROM vacancy WHERE number IN (??)", {e.vacancy for e in found}))
    for entry in found:
        typed = entry.data.get("name")
        own = [typed] if isinstance(typed, str) else names.get(nodes[entry.log.id, entry.seq], [])
        entry.names, entry.title = own, titles.get(entry.vacancy, "")


def _about(entry: Entry) -> tuple[str, str]:
    """Return the node and the vacancy that an entry names, empty where it names none."""
    id, candidate, vacancy = read_legible(entry.body).get("id"), entry.data.get("candidate"), entry.data.get("vacancy")
    if entry.kind in ("candidate.registered", "candidate.amended"):
        candidate = id
    node = str(candidate).lower() if is_uuid(candidate) else _pass_of(entry.data)
    return node, str(vacancy) if is_vacancy_number(vacancy) else ""


def _pass_of(data: dict) -> str:
    """Return the number of the pass that an entry names, or what stands there if it is no pass."""
    text = data.get("pass")
    if not isinstance(text, str):
        return ""
    known = pass_in(text)
    return known[0] if known else text[:40]


def names_of(county: int, nodes: set[str]) -> dict[str, list[str]]:
    """Return the names under which each node is registered in a county; a pass given to two people has two.

    A fact may name somebody of another county: whose name that is, is not for this one to read.
    """
    persons = persons_of(nodes)
    rows = fetch_in(
        "SELECT id, person, name FROM candidate WHERE +county_id = ? AND person IN (??)", set(persons.values()), county
    )
    own = {id: [name] for id, _, name in rows}
    of_person: dict[str, list[str]] = {}
    for _, person, name in sorted(rows):
        if name not in of_person.setdefault(person, []):
            of_person[person].append(name)
    names = {node: own.get(node) or of_person.get(person, []) for node, person in persons.items()}
    return names | _names_of_refused(county, (node for node, known in names.items() if not known))


def _names_of_refused(county: int, nodes: Iterable[str]) -> dict[str, list[str]]:
    """Return the names in a county's registrations that do not count, such as a child's."""
    sql = (
        "SELECT o.subject, o.body FROM operation AS o JOIN market_day AS d ON d.id = o.market_day_id"
        " WHERE o.kind = 'candidate.registered' AND d.county_id = ? AND o.subject IN (??)"
    )
    rows = fetch_in(sql, nodes, county)
    told = ((subject, read_legible(body)["data"].get("name")) for subject, body in rows)
    return {subject: [name] for subject, name in told if isinstance(name, str)}
