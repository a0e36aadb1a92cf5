"""Candidates' records: what a booth is told of the people who came to it (docs/protocol.md).

By a number alone that is the surname and the trades; all of it once the person is registered, tied or signed in by a
signed pass there.
"""

from collections.abc import Iterable

from models.base.database import fetch_in
from models.base.lists import listed
from models.base.typed import same_phone
from models.derived.visit import PRESENCE
from models.log.operation import HAS_EFFECT
from models.market.tablet import Tablet
from models.people.candidate import surname_of

Record = dict[str, object]


def draw_candidates(tablet: Tablet, ids: Iterable[str]) -> dict[str, Record]:
    """Candidates who came here, without groups, and of phones only the end: a booth needs no more to do its work."""
    ids = list(ids)
    passes, void = _passes(ids)
    rows = fetch_in(
        "SELECT id, person, name, birth_year, phone, sex, trades, wanted_place, work_kinds, education,"
        " version FROM candidate AS c WHERE (EXISTS (SELECT 1 FROM visit AS v WHERE v.person = c.person"
        " AND v.market_day_id = ? AND v.booth = ?) OR EXISTS (SELECT 1 FROM scan AS s WHERE s.person = c.person"
        " AND s.market_day_id = ? AND s.booth = ?)) AND id IN (??)",
        ids,
        *(tablet.market_day_id, tablet.booth.number) * 2,
    )
    rows = _without_finders(tablet, rows, void)
    known = _known_here(tablet, {row[1] for row in rows})
    consents = _consents(tablet, ids)
    return {
        key: {
            "person": person,
            "name": name if person in known else surname_of(name),
            "birth_year": birth_year if person in known else None,
            "phone_end": same_phone(phone or "")[-4:] if person in known else "",
            "sex": sex if person in known else None,
            "trades": listed(trades),
            "wanted_place": place if person in known else None,
            "work_kinds": listed(kinds) if person in known else [],
            "education": education if person in known else None,
            "passes": sorted(passes.get(key, [])) if person in known else _shown_here(tablet, passes.get(key, [])),
            "void_passes": sorted(void.get(key, [])) if person in known else [],
            "consents": consents.get(key, []) if person in known else [],
            "version": version,
        }
        for key, person, name, birth_year, phone, sex, trades, place, kinds, education, version in rows
    }


# Of an operation that is ``s``: it was not recorded with a pass that was lost.
_NOT_VOID = (
    "NOT EXISTS (SELECT 1 FROM remark AS r WHERE r.tablet_id = s.tablet_id AND r.seq = s.seq"
    " AND r.reason = 'pass_void')"
)


def _passes(ids: list[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the passes that each candidate carries, and those that they lost."""
    lost = set(fetch_in("SELECT pass_number, candidate FROM pass_void WHERE lasts AND candidate IN (??)", ids))
    gone = {number for number, _ in lost}
    carried: dict[str, list[str]] = {}
    void: dict[str, list[str]] = {}
    for number, candidate in fetch_in(
        "SELECT DISTINCT pass_number, candidate FROM pass_binding WHERE stands AND candidate IN (??)", ids
    ):
        (void if number in gone else carried).setdefault(candidate, []).append(number)
    return carried, void


def _without_finders(tablet: Tablet, rows: list[tuple], void: dict[str, list[str]]) -> list[tuple]:
    """Leave out who came to a booth by nothing but a pass that they had lost: a finder is told nothing of them."""
    doubtful = {row[1] for row in rows if void.get(row[0])}
    if not doubtful:
        return rows
    members = dict(fetch_in("SELECT node, person FROM alias WHERE person IN (??)", doubtful))
    members |= {person: person for person in doubtful}
    came = fetch_in(
        f"SELECT DISTINCT s.subject FROM operation AS s WHERE s.kind IN {PRESENCE} AND s.{HAS_EFFECT}"
        f" AND s.market_day_id = ? AND s.booth = ? AND {_NOT_VOID} AND s.subject IN (??)",
        members,
        tablet.market_day_id,
        tablet.booth.number,
    )
    tied = fetch_in(
        f"SELECT DISTINCT s.person FROM scan AS s WHERE s.market_day_id = ? AND s.booth = ? AND {_NOT_VOID}"
        " AND s.person IN (??)",
        doubtful,
        tablet.market_day_id,
        tablet.booth.number,
    )
    here = {members[node] for (node,) in came} | {person for (person,) in tied}
    return [row for row in rows if row[1] not in doubtful - here]


def _known_here(tablet: Tablet, persons: set[str]) -> set[str]:
    """Return who of these people a booth needs to know whole: registered, tied or signed in by a signed pass there."""
    here = (tablet.market_day_id, tablet.booth.number, tablet.booth_id)
    tied = fetch_in(
        "SELECT s.person FROM scan AS s JOIN log AS l ON l.id = s.tablet_id WHERE s.market_day_id = ?"
        f" AND (s.booth = ? OR l.booth_id = ?) AND {_NOT_VOID} AND s.person IN (??)",
        persons,
        *here,
    )
    registered = fetch_in(
        "SELECT c.person FROM candidate AS c JOIN log AS l ON l.id = c.tablet_id WHERE l.booth_id = ?"
        " AND c.person IN (??)",
        persons,
        tablet.booth_id,
    )
    shown = fetch_in(
        "SELECT COALESCE(a.person, s.pass_number) FROM showing AS s JOIN log AS l ON l.id = s.tablet_id"
        f" LEFT JOIN alias AS a ON a.node = s.pass_number WHERE l.booth_id = ? AND {_NOT_VOID} AND a.person IN (??)",
        persons,
        tablet.booth_id,
    )
    return {person for (person,) in tied + registered + shown}


def _consents(tablet: Tablet, ids: list[str]) -> dict[str, list[Record]]:
    """Return to what the candidates consented, and whether that stands; a booth hears of its own vacancies."""
    rows = fetch_in(
        "SELECT k.candidate, k.id, k.vacancy, k.withdrawn_at FROM consent AS k"
        " JOIN vacancy AS v ON v.number = k.vacancy"
        " JOIN offer AS o ON o.vacancy_id = v.id AND o.market_day_id = k.market_day_id"
        " WHERE k.given_at IS NOT NULL AND k.market_day_id = ? AND (o.booth_id = ? OR ?) AND k.candidate IN (??)"
        " ORDER BY k.given_at, k.id",
        ids,
        tablet.market_day_id,
        tablet.booth_id,
        tablet.booth.is_desk,
    )
    found: dict[str, list[Record]] = {}
    for candidate, id, vacancy, withdrawn_at in rows:
        found.setdefault(candidate, []).append({"id": id, "vacancy": vacancy, "withdrawn": withdrawn_at is not None})
    return found


def _shown_here(tablet: Tablet, passes: list[str]) -> list[str]:
    """Return which of somebody's passes were typed or shown at a booth."""
    rows = fetch_in(
        "SELECT DISTINCT subject FROM operation WHERE market_day_id = ? AND booth = ? AND subject IN (??)",
        passes,
        tablet.market_day_id,
        tablet.booth.number,
    )
    return sorted(number for (number,) in rows)
